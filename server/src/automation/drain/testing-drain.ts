import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createTestClock, type TestClock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { type Fixture, makeContext, makeFixture } from '../../platform/fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing.ts';
import { type NewSignal, recordSignals } from '../../signals/record-signals.ts';
import { keptVerdicts, type PlainVerdict } from '../verdicts/testing-verdicts.ts';
import { type DrainParts, drainWorkspace } from './drain.ts';

/** For tests of the engine: a database a file, a workspace a test, and the questions they all ask. */
export function engineBench() {
  let database: TestDatabase;
  let context: Context;
  let fixture: Fixture;
  let count = 0;
  const clock: TestClock = createTestClock();
  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeContext(database, clock);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock.set('2026-01-05T09:00:00Z');
    fixture = await makeFixture(database);
  });

  const signal = (kind: string, items: readonly number[] | undefined, more: Partial<NewSignal> = {}): NewSignal => {
    count += 1;
    return { kind, sourceKey: `test ${count}`, occurredAt: clock.now(), payload: {}, items, ...more };
  };
  const rows = async <T>(query: RawBuilder<T>): Promise<T[]> => (await fixture.inside((tx) => query.execute(tx))).rows;
  return {
    clock,
    here: () => fixture,
    context: () => context,
    database: () => database,
    rows,
    signal,
    opened: (item: number, more: Partial<NewSignal> = {}) => signal('email.opened', [item], more),
    hook: (item: number, code: string, more: Partial<NewSignal> = {}) =>
      signal('webhook.called', [item], { payload: { code }, ...more }),
    record: (...signals: NewSignal[]) => fixture.inside((tx) => recordSignals(tx, signals)),
    drain: (parts: DrainParts = { bindSignals: async () => {} }) => drainWorkspace(context, fixture.workspaceId, parts),
    acting: (more: object = {}) => ({
      workspaceId: fixture.workspaceId,
      byId: fixture.employeeId,
      chain: null,
      now: clock.now(),
      ...more,
    }),
    ...questions(rows, (id) => fixture.inside((tx) => keptVerdicts(tx, id))),
  };
}

type Ask = <T>(query: RawBuilder<T>) => Promise<T[]>;

function questions(rows: Ask, detailsOf: (id: number) => Promise<PlainVerdict[][]>) {
  return {
    stageOf: async (id: number) =>
      (
        await rows(
          sql<{ code: string }>`select s.code from items i join stages s on s.id = i.stage_id where i.id = ${id}`,
        )
      )[0]?.code,
    /** Every move of the item as `FROM>TO`, oldest first. */
    movesOf: async (id: number) =>
      (
        await rows(sql<{
          text: string;
        }>`select coalesce(f.code, '') || '>' || t.code as text from visits v join stages t on t.id = v.stage_id
          left join stages f on f.id = v.from_stage_id where v.item_id = ${id} order by v.id`)
      ).map(({ text }) => text),
    /** By signal, each trigger with its verdict. */
    verdictsOf: async (id: number) =>
      (await detailsOf(id)).map((verdicts) =>
        Object.fromEntries(verdicts.map(([trigger, verdict]) => [trigger, verdict])),
      ),
    /** By signal, each trigger with its verdict and its detail. */
    detailsOf,
    notesOf: async (id: number) =>
      (await rows(sql<{ note: unknown }>`select note from decisions where item_id = ${id} order by signal_id`)).map(
        ({ note }) => note,
      ),
  };
}

export const onOpen = (stage: string, more: object = {}) => ({
  id: `open-${stage}`,
  on: 'email/opened',
  stage,
  ...more,
});
export const onHook = (stage: string, code: string, more: object = {}) => ({
  id: `${code}-${stage}`,
  on: 'apps/webhook',
  stage,
  settings: { code },
  ...more,
});
export const comment = (stage: string, id: string, more: object = {}) => ({
  id,
  do: 'alerts/comment',
  stage,
  settings: { text: id },
  ...more,
});
