import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { type Fixture, makeFixture } from '../platform/fixtures.ts';
import { silentLog } from '../platform/log.ts';
import { createRealtime, type RealtimeEvent } from '../platform/realtime.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts';
import { type NewSignal, recordSignals } from '../signals/record-signals.ts';
import { drainWorkspace } from './drain.ts';

let database: TestDatabase;
let context: Context;
let fixture: Fixture;
const clock = createTestClock();

beforeAll(async () => {
  database = await createTestDatabase();
  context = { databases: database, config: loadConfig({}), clock, log: silentLog, realtime: createRealtime(database.app, null) };
});
afterAll(() => database.close());
beforeEach(async () => {
  fixture = await makeFixture(database);
});

const opened = (item: number, more: Partial<NewSignal> = {}): NewSignal => ({
  kind: 'email.opened',
  sourceKey: `open ${Math.random()}`,
  occurredAt: clock.now(),
  payload: {},
  items: [item],
  ...more,
});
const webhook = (item: number, code: string): NewSignal => opened(item, { kind: 'webhook.called', payload: { code } });
const openedTo = (stage: string, more: object = {}) => ({ id: `to-${stage}`, on: 'email/opened', stage, ...more });
const calledTo = (stage: string, code: string, more: object = {}) => ({ id: `call-${stage}-${code}`, on: 'apps/webhook', stage, settings: { code }, ...more });
const record = (...signals: NewSignal[]) => fixture.inside((tx) => recordSignals(tx, signals));
const drain = (parts = { bindSignals: async () => {} }) => drainWorkspace(context, fixture.workspaceId, parts);
const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await fixture.inside((tx) => query.execute(tx))).rows;
const stageOf = async (id: number) => {
  const [row] = await rows(sql<{ code: string }>`select s.code from items i join stages s on s.id = i.stage_id where i.id = ${id}`);
  return row?.code;
};
const verdictsOf = async (itemId: number) =>
  (await rows(sql<{ verdicts: string[][]; note: unknown }>`select verdicts, note from decisions where item_id = ${itemId} order by signal_id`)).map((row) => row.verdicts);

describe('semantics 3 and 4, one signal', () => {
  test('4 a signal moves the item, with visit, history, timeline, decision and an empty queue', async () => {
    await fixture.saveBoard({ triggers: [openedTo('WARM', { name: 'Client read it' })] });
    const item = await fixture.addItem();
    const [signal] = await record(opened(item));
    const heard: RealtimeEvent[] = [];
    context.realtime.subscribe(fixture.workspaceId, fixture.employeeId, (event) => heard.push(event));

    expect(await drain()).toBe(1);

    expect(await stageOf(item)).toBe('WARM');
    expect(await rows(sql`select item_id, from_stage_id, stage_id, by_id, signal_id, trigger_id, board_version from visits`)).toEqual([
      { item_id: item, from_stage_id: fixture.stages.NEW, stage_id: fixture.stages.WARM, by_id: fixture.employeeId, signal_id: signal?.id, trigger_id: 'to-WARM', board_version: 1 },
    ]);
    expect(await rows(sql`select field, "from", "to", author_id, trigger_name, signal_id from history`)).toEqual([
      { field: 'stage', from: 'NEW', to: 'WARM', author_id: fixture.employeeId, trigger_name: 'Client read it', signal_id: signal?.id },
    ]);
    const [entry] = await rows(sql<{ kind: string; data: object }>`select kind, data from timeline`);
    expect(entry).toMatchObject({ kind: 'moved', data: { from: 'NEW', to: 'WARM', trigger: 'Client read it', signal: signal?.id, by: fixture.employeeId } });
    expect(await verdictsOf(item)).toEqual([[['to-WARM', 'moves']]]);
    expect(await rows(sql`select signal_id from signal_queue`)).toEqual([]);
    expect(heard).toContainEqual({ topic: 'items', kind: 'moved', id: item });
  });
});
