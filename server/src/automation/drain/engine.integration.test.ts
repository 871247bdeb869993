import { sql } from 'kysely';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { makeFixture } from '../../platform/fixtures.ts';
import { silentLog } from '../../platform/log.ts';
import { countBlocked, waitUntil } from '../../platform/testing-waits.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { BATCH, drainWorkspace } from './drain.ts';
import { startEngine } from './engine.ts';
import { lockWorkspace } from './signal-queue.store.ts';
import { engineBench, onHook, onOpen } from './testing-drain.ts';

const { here, context, database, rows, opened, hook, signal, record, drain, stageOf, verdictsOf } = engineBench();
const quiet = { bindSignals: async () => {} };
const queued = () => rows(sql`select signal_id, attempts, parked_at from signal_queue`);

test('1.4 a workspace does not wait for the whole backlog of another, even with one place for both', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'last')] });
  const other = await makeFixture(database());
  await other.saveBoard({ triggers: [onOpen('WARM')] });
  const [busy, item] = [await here().addItem(), await other.addItem()];
  await record(...Array.from({ length: BATCH }, () => opened(busy)), hook(busy, 'last'));
  await other.inside((tx) => recordSignals(tx, [opened(item)]));
  const visit = sql<{ id: number }>`select id from visits`;
  const visits = async () => [await rows(visit), (await other.inside((tx) => visit.execute(tx))).rows].flat();

  const engine = startEngine(context(), quiet, 1);
  await waitUntil('both have moved', async () => (await visits()).length === 2).finally(engine.stop);

  const [last = { id: 0 }, first = { id: 0 }] = await visits();
  expect(first.id).toBeLessThan(last.id);
});

const batches = () => rows<{ n: number }>(sql`select count(distinct batch)::int as n from decisions`);

test('1.4 alone a backlog is taken in large batches', async () => {
  const item = await here().addItem();
  await record(...Array.from({ length: BATCH }, () => opened(item)));
  const engine = startEngine(context(), quiet);
  await waitUntil('all is decided', async () => (await queued()).length === 0).finally(engine.stop);
  expect(await batches()).toEqual([{ n: 1 }]);
});

test('1.4 while another workspace is lively a backlog is taken by little', async () => {
  const other = await makeFixture(database());
  const item = await here().addItem();
  await record(...Array.from({ length: BATCH / 2 }, () => opened(item)));
  const engine = startEngine(context(), quiet);
  const bell = setInterval(() => context().realtime.ring(other.workspaceId), 20);
  context().realtime.ring(other.workspaceId);
  await waitUntil('all is decided', async () => (await queued()).length === 0).finally(engine.stop);
  clearInterval(bell);
  expect((await batches())[0]?.n).toBeGreaterThan(2);
});

test('1.4 the engine stops after the batch it is at; the rest is decided after the next start', async () => {
  const item = await here().addItem();
  await record(...Array.from({ length: BATCH + 1 }, () => opened(item)));
  const engine = startEngine(context(), quiet);
  await waitUntil('it has begun', async () => (await queued()).length < BATCH + 1).finally(engine.stop);
  const again = startEngine(context(), quiet);
  await waitUntil('the rest is decided', async () => (await queued()).length === 0).finally(again.stop);
  expect(await rows(sql`select count(*)::int as n from decisions where item_id = ${item}`)).toEqual([{ n: BATCH + 1 }]);
});

test('1.5 an undecidable signal stands in the log with its workspace, its id and the error', async () => {
  const item = await here().addItem();
  const [recorded] = await record(opened(item));
  await rows(sql`update signals set chain = '"no chain"'`);
  const error = vi.fn();
  await drainWorkspace({ ...context(), log: { ...silentLog, error } }, here().workspaceId, quiet);
  expect(error).toHaveBeenCalledExactlyOnceWith(
    { workspaceId: here().workspaceId, signalId: recorded?.id, err: expect.any(Error) },
    expect.stringContaining('undecidable'),
  );
});

test('1.5 an error that no column can hold stops nothing either', async () => {
  const contactId = await here().addContact({ emails: ['x@y.test'] });
  await here().addItem({ contactId });
  await record(signal('email.received', undefined, { client: { email: 'x@y.test' } }));
  expect(await drain({ bindSignals: async () => Promise.reject(new Error('a nul: \0')) })).toBe(0);
  expect(await queued()).toMatchObject([{ attempts: 3 }]);
});

test.each(['40P01', '40001'])('4 after %s the whole batch is tried again, nothing counts as failed', async (code) => {
  await here().saveBoard({ triggers: [onOpen('WARM'), { id: 'mail', on: 'email/received', stage: 'OFFER' }] });
  const contactId = await here().addContact({ emails: ['x@y.test'] });
  const tied = await here().addItem({ contactId });
  const item = await here().addItem();
  await record(opened(item), signal('email.received', undefined, { client: { email: 'x@y.test' } }));
  let tries = 0;
  const count = await drain({
    bindSignals: async () => {
      tries += 1;
      if (tries < 6) throw Object.assign(new pg.DatabaseError('try again', 0, 'error'), { code });
    },
  });
  expect([count, tries]).toEqual([2, 6]);
  expect(await queued()).toEqual([]);
  expect([await stageOf(item), await stageOf(tied)]).toEqual(['WARM', 'OFFER']);
  expect(await rows(sql`select count(*)::int as n from visits`)).toEqual([{ n: 2 }]);
});

test('4 items are locked in ascending order of id, whatever the order of their signals', async () => {
  const [low = 0, high = 0] = await here().addItems(2);
  await record(opened(high), opened(low));
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = here().inside(async (tx) => {
    await sql`select id from items where id = ${low} for update`.execute(tx);
    held.resolve();
    await release.promise;
  });
  await held.promise;
  const drained = drain();
  await waitUntil('the drain waits for the lower item', async () => (await countBlocked(database())) > 0);
  // It has not taken the higher one before: a person may still change it.
  const free = await rows(sql`select id from items where id = ${high} for update skip locked`);
  release.resolve();
  await Promise.all([holding, drained]);
  expect(free).toEqual([{ id: high }]);
});

test('4 a second drain waits for the workspace before it takes anything', async () => {
  await here().saveBoard({ triggers: [onOpen('WARM')] });
  const item = await here().addItem();
  await record(opened(item));
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = here().inside(async (tx) => {
    await lockWorkspace(tx);
    held.resolve();
    await release.promise;
  });
  await held.promise;
  const drained = drain();
  await waitUntil('the second drain waits, or is through', async () => {
    return (await countBlocked(database())) > 0 || (await queued()).length === 0;
  });
  const before = [await rows(sql`select id from items where id = ${item} for update skip locked`), await stageOf(item)];
  release.resolve();
  await Promise.all([holding, drained]);
  expect(before).toEqual([[{ id: item }], 'NEW']);
  expect(await stageOf(item)).toBe('WARM');
});

test('4 a trigger moves an item to a stage whose required fields are empty', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')] });
  const required = [here().stages.WARM ?? 0];
  await rows(sql`insert into fields (workspace_id, type, code, name, kind, required_stages)
    values (${here().workspaceId}, 'deal', 'Budget', 'Budget', 'number', ${required})`);
  const item = await here().addItem();
  await record(hook(item, 'go'));
  await drain();
  expect(await stageOf(item)).toBe('WARM');
});

test('7 a chain over many items stops at its twentieth link', async () => {
  await here().saveBoard({ triggers: [onHook('WARM', 'go')] });
  const items = await here().addItems(20);
  const { NEW = 0, OFFER = 0 } = here().stages;
  const [last = 0, lastButOne = 0, ...others] = items;
  const chainOf = (links: readonly number[]) => ({
    origin: Object.fromEntries(links.map((item) => [item, NEW])),
    entered: links.flatMap((item) => ({ item, stage: OFFER })),
  });
  // Eighteen other items, one of them twice: nineteen links leave room for one more.
  const nineteen = chainOf([...others, others[0] ?? 0]);
  const twenty = chainOf([...others, others[0] ?? 0, others[1] ?? 0]);
  await record(hook(lastButOne, 'go', { chain: nineteen }), hook(last, 'go', { chain: twenty }));
  await drain();
  expect([await verdictsOf(lastButOne), await verdictsOf(last)]).toEqual([
    [{ 'go-WARM': 'moves' }],
    [{ 'go-WARM': 'loop' }],
  ]);
  expect(await rows(sql`select jsonb_array_length(chain->'entered') as links from visits`)).toEqual([{ links: 20 }]);
});
