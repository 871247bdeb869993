import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { runEntered } from './run-entered.ts';
import { runVisits } from './run-visits.ts';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';
import { runDueVisits } from './watch-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

interface Life {
  readonly rules: readonly object[];
  /** By minute: the webhook that is called then. */
  readonly calls: Readonly<Record<number, string>>;
}

const END = 130;
const minutes = Array.from({ length: END / 5 }, (_, index) => index * 5);
const start = Date.UTC(2026, 0, 5, 9);
let lives = 0;

const triggers = [
  ...['OFFER', 'WARM', 'NEW'].map((stage) => ({
    ...{ id: `to-${stage}`, on: 'apps/webhook', stage, allowBack: true },
    settings: { code: stage },
  })),
  { id: 'paid', on: 'crm/field-changed', stage: 'WON', settings: { fields: ['amount'], to: [7] } },
];

/** Lives through it; between `down` and `up` the server takes signals in, and looks at nothing. */
async function live(
  { rules, calls }: Life,
  { down, up, drainFirst = true }: { down: number; up: number; drainFirst?: boolean },
) {
  lives += 1;
  const name = `life ${lives}`;
  fixture.clock.set(new Date(start));
  await fixture.saveBoard({ triggers, rules });
  const item = await fixture.create({ title: name, amount: 1 });
  for (const minute of minutes) {
    fixture.clock.set(new Date(start + minute * 60_000));
    const code = calls[minute];
    if (code !== undefined) await call(item, code, name);
    if (minute < down || minute >= up) await lookAround(drainFirst);
  }
  return { runs: await told(item), stage: await stageOf(item), comments: await commentsOf(item) };
}

const call = (item: number, code: string, name: string) =>
  fixture.inside((tx) => {
    const at = fixture.clock.now();
    const sourceKey = `${name} ${at.getTime()}`;
    return recordSignals(tx, [{ kind: 'webhook.called', sourceKey, occurredAt: at, payload: { code }, items: [item] }]);
  });

/** Decides and carries out, in either order, until nothing is left to do. */
async function lookAround(drainFirst: boolean): Promise<void> {
  const drain = async () => {
    await pretendRecorded();
    await drainWorkspace(fixture.context, fixture.workspaceId, {
      bindSignals: async () => {},
      runEntered: (tx, entered) => runEntered(fixture.runner, tx, entered),
      runOverdue: (workspaceId, visitIds) => runVisits(fixture.runner, { workspaceId, visitIds }),
    });
  };
  const run = async () => {
    await pretendRecorded();
    await fixture.work();
    await runDueVisits(fixture.runner, 0);
  };
  for (let round = 0; round < 20 && (await isMoreToDo()); round += 1)
    for (const work of drainFirst ? [drain, run] : [run, drain]) await work();
}

async function isMoreToDo(): Promise<boolean> {
  const { rows } = await fixture.inside((tx) =>
    sql<{ more: boolean }>`select exists (select from signal_queue)
      or exists (select from runs where state = 'waiting' and due_at <= ${fixture.clock.now()}) as more`.execute(tx),
  );
  return rows[0]?.more === true;
}

// The database stamps signals by its own clock, which no test can turn.
const pretendRecorded = () =>
  fixture.inside((tx) =>
    sql`update signals s set recorded_at = clock_timestamp() - greatest(${fixture.clock.now()}::timestamptz - s.occurred_at, interval '0')
      from signal_queue q where q.workspace_id = s.workspace_id and q.signal_id = s.id`.execute(tx),
  );

async function told(item: number) {
  const runs = await fixture.runs(item);
  const visits = [...new Set(runs.map(({ visitId }) => visitId))];
  return runs.map(({ visitId, ruleId, state, dueAt, error }) => [
    ...[visits.indexOf(visitId), ruleId, state, error],
    state === 'done' && dueAt !== null ? Math.round((dueAt.getTime() - start) / 60_000) : null,
  ]);
}
const stageOf = async (item: number) =>
  (
    await fixture.inside((tx) =>
      tx
        .selectFrom('items')
        .innerJoin('stages', 'stages.id', 'items.stage_id')
        .select('stages.code')
        .where('items.id', '=', item)
        .executeTakeFirstOrThrow(),
    )
  ).code;
const commentsOf = async (item: number) =>
  (
    await fixture.inside((tx) =>
      tx
        .selectFrom('timeline')
        .select('text')
        .where('item_id', '=', item)
        .where('kind', '=', 'comment')
        .orderBy('id')
        .execute(),
    )
  ).map(({ text }) => text);

const after = (count: number) => ({ time: { after: `${count} minutes` } });
const comment = (id: string, stage: string, more: object = {}) => ({
  id,
  do: 'alerts/comment',
  stage,
  settings: { text: id },
  ...more,
});
const go = (id: string, stage: string, to: string, more: object = {}) => ({
  id,
  do: 'items/change-stage',
  stage,
  settings: { stage: to },
  ...more,
});
const pay = (id: string, stage: string, more: object = {}) => ({
  ...{ id, do: 'items/modify', stage, settings: { changes: [{ field: 'amount', value: 7 }] } },
  ...more,
});

describe('5.1 lateness changes nothing', () => {
  test.each<[string, Life, Partial<Awaited<ReturnType<typeof live>>>]>([
    [
      'a comment that was due before a rule sent the item on, wherever it stands',
      {
        rules: [
          go('on', 'NEW', 'OFFER', after(40)),
          comment('before', 'NEW', after(20)),
          comment('behind', 'NEW', after(60)),
        ],
        calls: {},
      },
      { comments: ['before'], stage: 'OFFER' },
    ],
    [
      'a reminder that was due before a signal took the item away',
      { rules: [comment('reminder', 'NEW', after(20)), comment('late', 'NEW', after(80))], calls: { 65: 'OFFER' } },
      { comments: ['reminder'], stage: 'OFFER' },
    ],
    [
      'a reminder that a signal came before',
      { rules: [comment('reminder', 'NEW', after(40))], calls: { 25: 'OFFER' } },
      { comments: [], stage: 'OFFER' },
    ],
    [
      'a change of a field whose trigger takes the item away before the next rule is due',
      { rules: [pay('pay', 'NEW', after(20)), comment('behind', 'NEW', after(40))], calls: {} },
      { comments: [], stage: 'WON' },
    ],
    [
      'chains that go on from the moment when what is above was due',
      {
        rules: [
          comment('a', 'NEW', after(10)),
          comment('b', 'NEW', { order: 'after previous', ...after(30) }),
          go('on', 'NEW', 'WARM', after(50)),
          comment('c', 'WARM', after(20)),
        ],
        calls: { 55: 'OFFER' },
      },
      { comments: ['a', 'b'], stage: 'OFFER' },
    ],
    [
      'rules of a stage that was entered and left while nobody looked',
      {
        rules: [comment('offer', 'OFFER', after(20)), comment('kept', 'OFFER', { ...after(50), onLeave: 'keep' })],
        calls: { 15: 'OFFER', 65: 'WARM' },
      },
      { comments: ['offer', 'kept'], stage: 'WARM' },
    ],
  ])(
    '%s',
    async (_, life, wanted) => {
      const onTime = await live(life, { down: END, up: END });
      expect(onTime).toMatchObject(wanted);
      for (const [down, up] of [
        [10, 110],
        [20, 70],
        [35, 65],
      ] as const)
        for (const drainFirst of [true, false])
          expect([down, up, drainFirst, await live(life, { down, up, drainFirst })]).toEqual([
            down,
            up,
            drainFirst,
            onTime,
          ]);
    },
    120_000,
  );

  const stage = fc.constantFrom('NEW', 'OFFER', 'WARM');
  const rule = fc.record({
    ...{
      stage,
      to: stage,
      delay: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom('comment', 'comment', 'go', 'pay'),
    },
    ...{ chained: fc.boolean(), keep: fc.boolean() },
  });
  const anyLife = fc
    .record({
      rules: fc.array(rule, { minLength: 2, maxLength: 6 }),
      calls: fc.dictionary(
        fc.integer({ min: 1, max: 11 }).map((ten) => String(ten * 10 + 5)),
        stage,
        { maxKeys: 3 },
      ),
    })
    .map(
      ({ rules, calls }): Life => ({
        calls,
        rules: rules.map(({ stage: on, to, delay, kind, chained, keep }, index) => {
          const more = {
            ...after(delay === 0 ? 0 : delay * 10 - 3),
            ...(chained && { order: 'after previous' }),
            ...(keep && { onLeave: 'keep' }),
          };
          if (kind === 'go') return go(`go${index}`, on, to, more);
          return kind === 'pay' ? pay(`pay${index}`, on, more) : comment(`comment${index}`, on, more);
        }),
      }),
    );

  test.each(
    fc.sample(fc.tuple(anyLife, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 12 }), fc.boolean()), {
      numRuns: 12,
      seed: 20261201,
    }),
  )(
    'random lives: %#',
    async (life, from, length, drainFirst) => {
      const onTime = await live(life, { down: END, up: END });
      const late = await live(life, {
        down: from * 10 + 5,
        up: Math.min(from * 10 + 5 + length * 10, END - 5),
        drainFirst,
      });
      expect([life, late]).toEqual([life, onTime]);
    },
    60_000,
  );
});
