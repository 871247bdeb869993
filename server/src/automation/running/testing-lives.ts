import fc from 'fast-check';
import { sql } from 'kysely';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { runEntered } from './run-entered.ts';
import { runVisits } from './run-visits.ts';
import { type RunFixture, takeJobs } from './testing-runs.ts';
import { runDueVisits } from './watch-runs.ts';

/** For tests: an item of whom everything that happens is known beforehand. */
export interface Life {
  readonly rules: readonly object[];
  /** By minute: the webhook that is called then. */
  readonly calls: Readonly<Record<number, string>>;
}

/** When and how the server looks: between `down` and `up` it takes signals in, and looks at nothing. */
export interface Looking {
  readonly down: number;
  readonly up: number;
  /** Decides before it runs, or the other way round. */
  readonly drainFirst?: boolean;
  /** What is due at entry is carried out with the decision, or left to jobs. */
  readonly entersAtOnce?: boolean;
  /** The jobs are lost, and what is due is found by the rows alone. */
  readonly losesJobs?: boolean;
}

export const END = 130;
const start = Date.UTC(2026, 0, 5, 9);

const triggers = [
  ...['OFFER', 'WARM', 'NEW'].map((stage) => ({
    ...{ id: `to-${stage}`, on: 'apps/webhook', stage, allowBack: true },
    settings: { code: stage },
  })),
  { id: 'paid', on: 'crm/field-changed', stage: 'WON', settings: { fields: ['amount'], to: [7] } },
];

/** Lives through it, minute by minute; answers all that became of the item. */
export async function live(fixture: RunFixture, { rules, calls }: Life, looking: Looking) {
  fixture.clock.set(new Date(start));
  await fixture.saveBoard({ triggers, rules });
  const item = await fixture.create({ title: 'A life', amount: 1 });
  for (let minute = 0; minute < END; minute = await nextMinute(fixture, { minute, calls, ...looking })) {
    fixture.clock.set(new Date(start + minute * 60_000));
    const code = calls[minute];
    if (code !== undefined) await call(fixture, item, code);
    if (minute < looking.down || minute >= looking.up) await lookAround(fixture, looking);
  }
  return {
    visits: await visitsOf(fixture, item),
    runs: await told(fixture, item),
    comments: await commentsOf(fixture, item),
  };
}

const call = (fixture: RunFixture, item: number, code: string) =>
  fixture.inside((tx) => {
    const at = fixture.clock.now();
    const sourceKey = `${item} ${at.getTime()}`;
    return recordSignals(tx, [{ kind: 'webhook.called', sourceKey, occurredAt: at, payload: { code }, items: [item] }]);
  });

/** Decides and carries out, in either order, until nothing is left to do. */
async function lookAround(fixture: RunFixture, looking: Looking): Promise<void> {
  const { drainFirst = true, entersAtOnce = true, losesJobs = false } = looking;
  const drain = async () => {
    await pretendRecorded(fixture);
    await drainWorkspace(fixture.context, fixture.workspaceId, {
      bindSignals: async () => {},
      ...(entersAtOnce && { runEntered: (tx, entered) => runEntered(fixture.runner, tx, entered) }),
      runOverdue: (workspaceId, visitIds) => runVisits(fixture.runner, { workspaceId, visitIds }),
    });
  };
  const run = async () => {
    await pretendRecorded(fixture);
    await (losesJobs ? takeJobs(fixture.owner) : fixture.work());
    await runDueVisits(fixture.runner, 0);
  };
  for (let round = 0; await isMoreToDo(fixture); round += 1) {
    if (round > 40) throw new Error('there is no end to what is to be done');
    for (const work of drainFirst ? [drain, run] : [run, drain]) await work();
  }
}

/** The next at which something is called or due, if anybody looks then. */
async function nextMinute(
  fixture: RunFixture,
  { minute, calls, down, up }: Looking & { minute: number; calls: Life['calls'] },
) {
  const due = await nextDue(fixture);
  const called = Object.keys(calls).map(Number);
  const moments = [...called, up, due === null ? END : minuteOf(due)].filter((moment) => moment > minute);
  return Math.min(END, ...moments.filter((moment) => moment < down || moment >= up || called.includes(moment)));
}

const isMoreToDo = async (fixture: RunFixture) => {
  const due = await nextDue(fixture);
  return due !== null && due <= fixture.clock.now();
};

/** Null: nothing is due, ever. */
async function nextDue(fixture: RunFixture): Promise<Date | null> {
  const { rows } = await fixture.inside((tx) =>
    sql<{ at: Date | null }>`select case when exists (select from signal_queue) then ${fixture.clock.now()}::timestamptz
      else (select min(due_at) from runs where state = 'waiting') end as at`.execute(tx),
  );
  return rows[0]?.at ?? null;
}

// The database stamps signals by its own clock, which no test can turn.
const pretendRecorded = (fixture: RunFixture) =>
  fixture.inside((tx) =>
    sql`update signals s set recorded_at = clock_timestamp() - greatest(${fixture.clock.now()}::timestamptz - s.occurred_at, interval '0')
      from signal_queue q where q.workspace_id = s.workspace_id and q.signal_id = s.id`.execute(tx),
  );

const minuteOf = (at: Date) => Math.round((at.getTime() - start) / 60_000);

async function told(fixture: RunFixture, item: number) {
  const runs = await fixture.runs(item);
  const visits = [...new Set(runs.map(({ visitId }) => visitId))];
  return runs.map(({ visitId, ruleId, state, dueAt, endedAt, error }) => [
    ...[visits.indexOf(visitId), ruleId, state, error],
    state === 'cancelled' ? endedAt && minuteOf(endedAt) : dueAt && minuteOf(dueAt),
  ]);
}

const visitsOf = async (fixture: RunFixture, item: number) =>
  (
    await fixture.inside((tx) =>
      tx
        .selectFrom('visits')
        .innerJoin('stages', 'stages.id', 'visits.stage_id')
        .select(['stages.code', 'visits.entered_at'])
        .where('visits.item_id', '=', item)
        .orderBy('visits.id')
        .execute(),
    )
  ).map(({ code, entered_at: at }) => `${code} ${minuteOf(at)}`);

const commentsOf = async (fixture: RunFixture, item: number) =>
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

export const after = (count: number) => ({ time: { after: `${count} minutes` } });
export const link = { order: 'after previous' };
export const keep = { onLeave: 'keep' };
export const rule = (id: string, stage: string, key: string, settings: object, more: object = {}) => ({
  ...{ id, do: key, stage, settings },
  ...more,
});
export const comment = (id: string, stage: string, more: object = {}) =>
  rule(id, stage, 'alerts/comment', { text: id }, more);
export const go = (id: string, stage: string, to: string, more: object = {}) =>
  rule(id, stage, 'items/change-stage', { stage: to }, more);
export const pay = (id: string, stage: string, more: object = {}) => write(id, stage, { amount: 7 }, more);
export const write = (id: string, stage: string, values: Readonly<Record<string, unknown>>, more: object = {}) => {
  const changes = Object.entries(values).map(([field, value]) => ({ field, value }));
  return rule(id, stage, 'items/modify', { changes }, more);
};
export const task = (id: string, stage: string, more: object = {}) =>
  rule(id, stage, 'tasks/create', { title: id, deadline: 'none', wait: true }, more);
export const complete = (id: string, stage: string, more: object = {}) => rule(id, stage, 'tasks/complete', {}, more);

/** Waits until `condition` is true, at most so many minutes. */
export const wait = (id: string, stage: string, { condition, minutes }: Waiting, more: object = {}) =>
  rule(id, stage, 'flow/wait', { until: 'condition', condition, deadline: `${minutes} minutes` }, more);

interface Waiting {
  readonly condition: object;
  readonly minutes: number;
}

const stages = fc.constantFrom('NEW', 'OFFER', 'WARM');
const kinds = [
  'comment',
  'comment',
  'comment',
  'go',
  'pay',
  'write',
  'date',
  'task',
  'complete',
  'wait',
  'wait',
] as const;
const anyRule = fc.record({
  ...{ stage: stages, to: stages, kind: fc.constantFrom(...kinds), delay: fc.integer({ min: 0, max: 9 }) },
  ...{
    chained: fc.boolean(),
    kept: fc.boolean(),
    dated: fc.integer({ min: 0, max: 11 }),
    asked: fc.integer({ min: 0, max: 7 }),
  },
  ...{
    uses: fc.integer({ min: 0, max: 9 }),
    day: fc.constantFrom('2026-01-05', '2026-01-05', '2026-01-06', '2026-01-04', ''),
  },
});
type AnyRule = typeof anyRule extends fc.Arbitrary<infer R> ? R : never;

/** Rules of every kind that may hasten, hold, or send away; few enough for them to meet. */
export const anyLife: fc.Arbitrary<Life> = fc
  .record({
    rules: fc.array(anyRule, { minLength: 2, maxLength: 8 }),
    calls: fc.dictionary(
      fc.integer({ min: 1, max: 11 }).map((ten) => String(ten * 10 + 5)),
      stages,
      { maxKeys: 3 },
    ),
  })
  .map(({ rules, calls }) => ({ calls, rules: rules.map(toRule) }));

function toRule(given: AnyRule, index: number, all: readonly AnyRule[]): object {
  const { stage, to, kind, chained, kept, day } = given;
  const id = `${kind}${index}`;
  const more = { ...timeOf(given, index), ...(chained && link), ...(kept && keep), ...conditionOf(given) };
  if (kind === 'go') return go(id, stage, to, more);
  if (kind === 'pay') return pay(id, stage, more);
  if (kind === 'write') return write(id, stage, { amount: 3 }, more);
  if (kind === 'date') return write(id, stage, { deliveryDate: day === '' ? null : day }, more);
  if (kind === 'task') return task(id, stage, more);
  if (kind === 'complete') return complete(id, stage, more);
  if (kind === 'wait')
    return wait(id, stage, { condition: awaitedBy(given, to), minutes: 1 + given.day.length * 5 + index }, more);
  const used = all[given.uses];
  const isUsed = given.uses < index && used?.stage === stage;
  const result = isUsed && used?.kind === 'task' ? `task${given.uses}.closedBy` : `wait${given.uses}.outcome`;
  const text = isUsed && (used?.kind === 'task' || used?.kind === 'wait') ? `${id} {{ rules.${result} }}` : id;
  return rule(id, stage, 'alerts/comment', { text }, more);
}

function awaitedBy({ asked }: AnyRule, stage: string): object {
  if (asked < 3) return { field: 'stage', is: 'equals', value: stage };
  return asked < 5 ? { field: 'amount', is: 'at least', value: 3 } : { field: 'deliveryDate', is: 'is filled' };
}

function timeOf({ delay, dated }: AnyRule, index: number): object {
  const field = 'deliveryDate';
  const empty = dated % 3 === 0 ? 'skip' : dated % 3 === 1 ? 'now' : 'wait';
  const time = `${delay < 5 ? '09' : '10'}:${String((delay % 5) * 12 + index).padStart(2, '0')}`;
  if (dated < 3) return { time: { at: { field, time }, empty } };
  if (dated === 3) return { time: { after: `${9 * 60 + delay * 10 + index} minutes`, field, empty: 'wait' } };
  if (dated === 4) return { time: { before: `${14 * 60 + delay * 5 + index} minutes`, field, empty: 'skip' } };
  return delay === 0 ? {} : after(delay * 10 - 9 + index);
}

function conditionOf({ asked }: AnyRule): object {
  if (asked === 0) return { when: { field: 'amount', is: 'equals', value: 3 } };
  if (asked === 1) return { when: { field: 'deliveryDate', is: 'is filled' } };
  return asked === 2 ? { when: { field: 'stage', is: 'equals', value: 'OFFER' } } : {};
}
