import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/db.ts';
import { countBlocked, waitUntil } from '../../platform/testing-waits.ts';
import { makePorts } from '../../ports/make-ports.ts';
import { type NewSignal, recordSignals } from '../../signals/record-signals.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { runEntered } from '../running/run-entered.ts';
import { decideAtOnce } from './decide-at-once.ts';
import type { DrainParts } from './drain.ts';
import { startEngine } from './engine.ts';
import { listUndecidable, lockWorkspace, tryWorkspaceLock } from './signal-queue.store.ts';
import { comment, engineBench, onHook, onOpen } from './testing-drain.ts';

const { here, context, database, rows, opened, hook, signal, record, drain, stageOf, movesOf, verdictsOf } =
  engineBench();
const parts: DrainParts = {
  bindSignals: async () => {},
  runEntered: (tx, entered) => runEntered({ context: context(), makePorts }, tx, entered),
};
const recorder = (more: Partial<DrainParts> = {}) =>
  createRecorder(context(), (workspaceId, recording) =>
    decideAtOnce(context(), workspaceId, { ...parts, ...more, recording }),
  );
const call = (signals: NewSignal[], more?: Partial<DrainParts>) => recorder(more).record(here().workspaceId, signals);
const queued = async () =>
  (await rows(sql<{ id: number }>`select signal_id as id from signal_queue order by 1`)).map(({ id }) => id);
const comments = async (item: number) =>
  (
    await rows(
      sql<{ text: string }>`select text from timeline where item_id = ${item} and kind = 'comment' order by id`,
    )
  ).map(({ text }) => text);

/** Holds in a transaction of its own what `take` takes, until it is released. */
async function holding(take: (tx: Tx) => Promise<unknown>) {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const done = here().inside(async (tx) => {
    await take(tx);
    held.resolve();
    await release.promise;
  });
  await held.promise;
  return async () => {
    release.resolve();
    await done;
  };
}

async function isWorkspaceFree(tx: Tx): Promise<boolean | undefined> {
  const { rows } = await sql<{ free: boolean }>`select ${tryWorkspaceLock(tx)} as free`.execute(tx);
  return rows[0]?.free;
}

test('1.4 what is recorded while nothing waits is decided, and its rules have run, when the caller is answered', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')], rules: [comment('WARM', 'hello')] });
  const item = await here().addItem();
  const rung: number[] = [];
  const deaf = context().realtime.onBell((workspaceId) => rung.push(workspaceId));
  const [recorded] = await call([hook(item, 'go', { payload: { code: 'go', b: 1, a: [1e2, null] } })]);
  deaf();
  expect([await stageOf(item), await comments(item), await queued(), rung]).toEqual(['WARM', ['hello'], [], []]);
  expect(recorded).toMatchObject({ repeated: false });
  expect(await verdictsOf(item)).toEqual([{ 'go-WARM': 'moves' }]);
  expect(
    await rows(sql`select distinct xmin::text from signals union select distinct xmin::text from decisions`),
  ).toHaveLength(1);
});

test('1.4 several signals of one call are decided in their order, each after the moves of those before it', async () => {
  await here().saveBoard({
    triggers: [
      onHook('OFFER', 'one'),
      onHook('WARM', 'two', { when: { field: 'stage', is: 'equals', value: 'OFFER' } }),
    ],
  });
  const item = await here().addItem();
  await call([hook(item, 'one'), hook(item, 'two')]);
  expect(await movesOf(item)).toEqual(['NEW>OFFER', 'OFFER>WARM']);
});

test('1.4 while somebody decides in the workspace nobody waits for it: the signal is queued', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')] });
  const item = await here().addItem();
  const release = await holding(lockWorkspace);
  const [recorded] = await call([hook(item, 'go')]);
  expect([await stageOf(item), await queued()]).toEqual(['NEW', [recorded?.id]]);
  await release();
  expect(await drain()).toBe(1);
  expect(await stageOf(item)).toBe('WARM');
});

test('1.4 what waits is decided first: the signal is queued behind it', async () => {
  await here().saveBoard({ triggers: [onHook('OFFER', 'early'), onHook('WARM', 'late', { allowBack: true })] });
  const item = await here().addItem();
  const [early] = await record(hook(item, 'early'));
  const [late] = await call([hook(item, 'late')]);
  expect([await queued(), await stageOf(item)]).toEqual([[early?.id, late?.id], 'NEW']);
  await drain();
  expect(await movesOf(item)).toEqual(['NEW>OFFER', 'OFFER>WARM']);
});

test('1.4 a parked signal lets others pass', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')] });
  const item = await here().addItem();
  await record(hook(item, 'other'));
  await rows(sql`update signal_queue set parked_at = now()`);
  await call([hook(item, 'go')]);
  expect(await stageOf(item)).toBe('WARM');
});

test('1.4 a signal of the item that is committed while the caller waits for the item is decided first', async () => {
  await here().saveBoard({ triggers: [onHook('OFFER', 'early'), onHook('WARM', 'late', { allowBack: true })] });
  const item = await here().addItem();
  const release = await holding(async (tx) => {
    await sql`select id from items where id = ${item} for update`.execute(tx);
    await recordSignals(tx, [hook(item, 'early')]);
  });
  const called = call([hook(item, 'late')]);
  await waitUntil('the call waits for the item', async () => (await countBlocked(database())) > 0);
  // It has the workspace before it waits for an item, as the drain has (semantics.md 4).
  expect(await here().inside((tx) => isWorkspaceFree(tx))).toBe(false);
  await release();
  await called;
  expect(await queued()).toHaveLength(2);
  await drain();
  expect(await movesOf(item)).toEqual(['NEW>OFFER', 'OFFER>WARM']);
});

test('1.2 a second delivery is answered like the first and decides nothing', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')] });
  const item = await here().addItem();
  const fact = hook(item, 'go');
  const [first] = await call([fact]);
  const [again, twice] = await call([fact, fact]);
  expect([again, twice]).toEqual([1, 2].map(() => ({ id: first?.id, repeated: true })));
  expect(await movesOf(item)).toEqual(['NEW>WARM']);
});

test('1.5 the caller is answered though deciding fails; the signal is queued, and parked like any other', async () => {
  const contactId = await here().addContact({ emails: ['x@y.test'] });
  await here().addItem({ contactId });
  const broken = { bindSignals: async () => Promise.reject(new Error('the activity is broken')) };
  const [recorded] = await call([signal('email.received', undefined, { client: { email: 'x@y.test' } })], broken);
  expect(await queued()).toEqual([recorded?.id]);
  await drain(broken);
  expect(await here().inside((tx) => listUndecidable(tx, { limit: 10, before: null }))).toMatchObject([
    { id: recorded?.id, attempts: 3, error: 'the activity is broken' },
  ]);
});

test('5.10 a rule that surprises does not keep the signal from being decided at once; its rules are left to a job', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')], rules: [comment('WARM', 'hello')] });
  const item = await here().addItem();
  let tries = 0;
  const surprise = async () => {
    tries += 1;
    throw new Error('a surprise');
  };
  await call([hook(item, 'go')], { runEntered: surprise });
  expect([await stageOf(item), await comments(item), await queued(), tries]).toEqual(['WARM', [], [], 1]);
  expect(await rows(sql`select state from runs`)).toEqual([{ state: 'waiting' }]);
});

test.each(['40P01', '40001'])('4 after %s the whole is tried again, and done once', async (code) => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')], rules: [comment('WARM', 'hello')] });
  const item = await here().addItem();
  let tries = 0;
  await call([hook(item, 'go')], {
    async runEntered(tx, entered) {
      tries += 1;
      await parts.runEntered?.(tx, entered);
      if (tries < 4) throw Object.assign(new pg.DatabaseError('try again', 0, 'error'), { code });
    },
  });
  expect([tries, await comments(item), await movesOf(item)]).toEqual([4, ['hello'], ['NEW>WARM']]);
  expect(await rows(sql`select id from signals`)).toHaveLength(1);
});

test('more than a few signals are left to the drain, so that the caller is answered soon', async () => {
  await here().saveBoard({ triggers: [onOpen('WARM')] });
  const items = await here().addItems(51);
  const [few = 0, ...many] = items;
  await call([opened(few)]);
  expect([await stageOf(few), await queued()]).toEqual(['WARM', []]);
  await call([...many, few].map((item) => opened(item)));
  expect(await queued()).toHaveLength(51);
});

test('2.4 a client nobody knew is made in the same transaction, and the item reached', async () => {
  await here().saveBoard({ triggers: [{ id: 'mail', on: 'email/received', stage: 'WARM' }] });
  const contactId = await here().addContact({ emails: ['x@y.test'] });
  const item = await here().addItem({ contactId });
  await call([signal('email.received', undefined, { client: { email: 'x@y.test' } })]);
  expect([await stageOf(item), await queued()]).toEqual(['WARM', []]);
});

test('1.4 callers at once share a transaction while another decides, and a queued rest is drained by the engine', async () => {
  await here().saveBoard({ triggers: [onOpen('WARM')], rules: [comment('WARM', 'once')] });
  const items = await here().addItems(120);
  const engine = startEngine(context(), parts);
  const shared = createRecorder(context(), engine.carryOut);
  const change = here().inside((tx) =>
    recordSignals(
      tx,
      items.slice(0, 3).map((item) => opened(item)),
    ),
  );
  await Promise.all([change, ...items.map((item) => shared.record(here().workspaceId, [opened(item)]))]);
  await waitUntil('all is decided', async () => (await queued()).length === 0).finally(engine.stop);
  expect(await rows(sql`select distinct stage_id from items where id = any(${items})`)).toHaveLength(1);
  expect(await rows(sql`select count(*)::int as n, count(distinct item_id)::int as items from visits`)).toEqual([
    { n: 120, items: 120 },
  ]);
  const [batches] = await rows(sql<{ n: number }>`select count(distinct batch)::int as n from decisions`);
  expect(batches?.n).toBeLessThan(20);
});
