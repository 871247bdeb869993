import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { type Fixture, makeContext, makeFixture } from '../platform/fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts';
import { countBlocked, waitUntil } from '../platform/testing-waits.ts';
import { type NewSignal, recordSignals } from './record-signals.ts';
import { createRecorder, type Recorder, UnknownTie } from './recorder.ts';

let database: TestDatabase;
let recorder: Recorder;
let here: Fixture;
const rung: number[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const context = makeContext(database, systemClock);
  context.realtime.onBell((workspaceId) => rung.push(workspaceId));
  recorder = createRecorder(context);
});
afterAll(() => database.close());
beforeEach(async () => {
  here = await makeFixture(database);
  rung.length = 0;
});

const opened = (sourceKey: string, item = 1): NewSignal => ({
  kind: 'email.opened',
  sourceKey,
  occurredAt: new Date(),
  payload: {},
  items: [item],
});
const record = (...signals: NewSignal[]) => here.inside((tx) => recordSignals(tx, signals));
const count = async () =>
  (
    await here.inside((tx) =>
      sql<{ n: number }>`select count(*)::int as n from signals s join signal_queue q on q.signal_id = s.id`.execute(
        tx,
      ),
    )
  ).rows[0]?.n;

test('1.2 the same fact delivered twice is one signal, and the second delivery is answered like the first', async () => {
  const [first] = await record(opened('fact'));
  const [second, other] = await record(opened('fact'), opened('other'));
  expect(second).toEqual({ id: first?.id, repeated: true });
  expect(other).toMatchObject({ repeated: false });
  const [a, b] = await record(opened('twice'), opened('twice'));
  expect(a?.id).toBe(b?.id);
  expect(await count()).toBe(3);
});

test('1.2 delivered at the same moment on two connections it is still one', async () => {
  const both = await Promise.all([record(opened('race')), record(opened('race'))]);
  expect(new Set(both.flat().map(({ id }) => id)).size).toBe(1);
  expect(await count()).toBe(1);
});

test('1.2 source keys are of a workspace', async () => {
  const other = await makeFixture(database);
  await record(opened('same'));
  expect(await other.inside((tx) => recordSignals(tx, [opened('same')]))).toMatchObject([{ repeated: false }]);
});

test('1.3 no signal without its change, no bell before the commit', async () => {
  const broken = here.inside(async (tx) => {
    await recordSignals(tx, [opened('lost')]);
    expect(rung).toEqual([]);
    throw new Error('rolled back');
  });
  await expect(broken).rejects.toThrow('rolled back');
  expect([await count(), rung]).toEqual([0, []]);
  await record(opened('kept'));
  expect([await count(), rung]).toEqual([1, [here.workspaceId]]);
});

test('1.1 ids rise in the given order, and everything that was given is kept', async () => {
  const signals = Array.from({ length: 300 }, (_, index) => opened(`n ${index}`));
  const ids = (await record(...signals)).map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  const text = 'quote " back\\slash, brace {} and \u0000 nul and half \ud83d a pair';
  const [kept] = await record({
    kind: 'call.missed',
    sourceKey: `key "${text}`,
    occurredAt: new Date(0),
    payload: { text },
    client: { phone: '+48221234567' },
    causeRunId: 4,
  });
  const { rows } = await here.inside((tx) =>
    sql`select kind, occurred_at, payload, item_ids, client, cause_run_id from signals where id = ${kept?.id ?? 0}`.execute(
      tx,
    ),
  );
  expect(rows).toEqual([
    {
      kind: 'call.missed',
      occurred_at: new Date(0),
      payload: { text: text.replace('\u0000', '\ufffd').replace('\ud83d', '\ufffd') },
      item_ids: null,
      client: { phone: '+48221234567' },
      cause_run_id: 4,
    },
  ]);
});

test('the recorder gathers callers, and refuses alone the one whose item is not of the workspace', async () => {
  const item = await here.addItem();
  const foreign = await (await makeFixture(database)).addItem();
  const calls = Array.from({ length: 20 }, (_, index) =>
    recorder.record(here.workspaceId, [opened(`call ${index}`, item)]),
  );
  const bad = recorder.record(here.workspaceId, [opened('good one', item), opened('bad one', foreign)]);
  await expect(bad).rejects.toThrow(UnknownTie);
  await expect(bad).rejects.toMatchObject({ problems: [{ index: 1, what: 'item' }] });
  const ids = (await Promise.all(calls)).flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(20);
  expect(await count()).toBe(20);
});

test('the recorder knows an item only by the type that a caller names, alone and among others', async () => {
  const item = await here.addItem();
  const typed = (sourceKey: string, itemType: string) =>
    recorder.record(here.workspaceId, [{ ...opened(sourceKey, item), itemType }]);
  await expect(typed('a lead', 'lead')).rejects.toMatchObject({ problems: [{ index: 0, what: 'item' }] });
  expect(await typed('a deal', 'deal')).toMatchObject([{ repeated: false }]);
  const [good, bad] = await Promise.allSettled([typed('good', 'deal'), typed('bad', 'lead')]);
  expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected']);
  expect(await count()).toBe(2);
});

test('1.2 the second delivery is answered like the first even after its item has gone', async () => {
  const item = await here.addItem();
  const [first] = await recorder.record(here.workspaceId, [opened('gone', item)]);
  await here.inside((tx) => sql`delete from items where id = ${item}`.execute(tx));
  expect(await recorder.record(here.workspaceId, [opened('gone', item)])).toEqual([{ id: first?.id, repeated: true }]);
  await expect(recorder.record(here.workspaceId, [opened('new', item)])).rejects.toThrow(UnknownTie);
  expect(await count()).toBe(1);
});

test('1.4 signals of one item get their ids under its lock: who records later commits later', async () => {
  const item = await here.addItem();
  const other = createRecorder(makeContext(database, systemClock));
  const release = Promise.withResolvers<void>();
  const inserted = Promise.withResolvers<void>();
  // Holds the first recorder in the middle: its insert waits to see whether this one is committed.
  const holding = here.inside(async (tx) => {
    await recordSignals(tx, [opened('first', item)]);
    inserted.resolve();
    await release.promise;
    throw new Error('rolled back');
  });
  await inserted.promise;
  const ids = new Map<string, number | undefined>();
  const first = recorder
    .record(here.workspaceId, [opened('first', item)])
    .then(([one]) => void ids.set('first', one?.id));
  await waitUntil('the first waits', async () => (await countBlocked(database)) === 1);
  const second = other
    .record(here.workspaceId, [opened('second', item)])
    .then(([one]) => void ids.set('second', one?.id));
  await waitUntil(
    'the second waits too, or is through',
    async () => (await countBlocked(database)) === 2 || ids.size > 0,
  );
  expect(ids.size).toBe(0);
  release.resolve();
  await expect(holding).rejects.toThrow('rolled back');
  await Promise.all([first, second]);

  expect(ids.get('first')).toBeLessThan(ids.get('second') ?? 0);
});

test('the recorder knows clients by id, in their workspace only', async () => {
  const contact = await here.addContact();
  const call = (id: number, kind?: 'company'): NewSignal => ({
    kind: 'call.missed',
    sourceKey: `c ${id} ${kind}`,
    occurredAt: new Date(),
    payload: {},
    client: { id, kind },
  });
  expect(await recorder.record(here.workspaceId, [call(contact)])).toMatchObject([{ repeated: false }]);
  await expect(recorder.record(here.workspaceId, [call(contact, 'company')])).rejects.toMatchObject({
    problems: [{ index: 0, what: 'client' }],
  });
});
