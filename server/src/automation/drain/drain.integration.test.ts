import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { inWorkspace } from '../../platform/db.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import type { RealtimeEvent } from '../../platform/realtime.ts';
import { countBlocked, waitUntil } from '../../platform/testing-waits.ts';
import { judgeAgain } from '../../signals/judge-again.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from './drain.ts';
import { listUndecidable, lockWorkspace, unpark } from './signal-queue.store.ts';
import { comment, engineBench, onHook, onOpen } from './testing-drain.ts';

const {
  here,
  context,
  database,
  rows,
  opened,
  hook,
  signal,
  record,
  drain,
  stageOf,
  movesOf,
  verdictsOf,
  detailsOf,
  notesOf,
  clock,
} = engineBench();
const queued = async () =>
  (await rows(sql<{ signal_id: number }>`select signal_id from signal_queue order by signal_id`)).map(
    (row) => row.signal_id,
  );
const noBinding = { bindSignals: async () => {} };

describe('1 signals in order', () => {
  test('1.4 signals are decided in the order of their ids, each after the moves of those before it', async () => {
    await here().saveBoard({
      triggers: [
        onHook('OFFER', 'one'),
        onHook('WARM', 'two', { when: { field: 'stage', is: 'equals', value: 'OFFER' } }),
        onHook('WON', 'three', { when: { field: 'stage', is: 'equals', value: 'WARM' } }),
      ],
    });
    const item = await here().addItem();
    await record(hook(item, 'one'), hook(item, 'two'), hook(item, 'three'));

    expect(await drain()).toBe(3);

    expect(await movesOf(item)).toEqual(['NEW>OFFER', 'OFFER>WARM', 'WARM>WON']);
    expect(await stageOf(item)).toBe('WON');
  });

  test('1.4 a higher id that is committed first is decided first, and the lower one is not forgotten', async () => {
    await here().saveBoard({ triggers: [onHook('OFFER', 'early'), onHook('WARM', 'late', { allowBack: true })] });
    const item = await here().addItem();
    const committed = Promise.withResolvers<void>();
    const recorded = Promise.withResolvers<void>();
    const slow = here().inside(async (tx) => {
      await recordSignals(tx, [hook(item, 'early')]);
      recorded.resolve();
      await committed.promise;
    });
    await recorded.promise;
    await record(hook(item, 'late'));
    expect(await drain()).toBe(1);
    expect(await stageOf(item)).toBe('WARM');

    committed.resolve();
    await slow;
    expect(await drain()).toBe(1);
    expect(await queued()).toEqual([]);
    expect((await verdictsOf(item))[0]).toMatchObject({ 'early-OFFER': 'would-move-back' });
  });

  test('1.4 workspaces do not wait for each other', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const other = await makeFixture(database());
    await other.saveBoard({ triggers: [onOpen('WARM')] });
    const item = await other.addItem();
    await other.inside((tx) => recordSignals(tx, [opened(item)]));
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = here().inside(async (tx) => {
      await lockWorkspace(tx);
      held.resolve();
      await release.promise;
    });
    await held.promise;

    expect(await drainWorkspace(context(), other.workspaceId, noBinding)).toBe(1);
    release.resolve();
    await holding;
  });

  test('1.5 a poison signal is parked after three tries, is shown, can be tried again, and stops no other', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const items = await here().addItems(20);
    const recorded = await record(...items.map((item) => opened(item)));
    const poison = recorded[7]?.id ?? 0;
    await rows(sql`update signals set chain = '"no chain"' where id = ${poison}`);

    expect(await drain()).toBe(19);

    for (const [index, item] of items.entries()) expect(await stageOf(item)).toBe(index === 7 ? 'NEW' : 'WARM');
    const [parked] = await here().inside((tx) => listUndecidable(tx, { limit: 10, before: null }));
    expect(parked).toMatchObject({ id: poison, kind: 'email.opened', attempts: 3 });
    expect(parked?.error).not.toBe('');
    expect(await drain()).toBe(0);

    await rows(sql`update signals set chain = null where id = ${poison}`);
    expect(await here().inside((tx) => unpark(tx, poison))).toBe(true);
    expect(await drain()).toBe(1);
    expect(await stageOf(items[7] ?? 0)).toBe('WARM');
    expect(await here().inside((tx) => unpark(tx, poison))).toBe(false);
  });

  test('1.5 a poison signal that cannot even be read is parked alone', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const items = await here().addItems(6);
    const recorded = await record(...items.map((item) => opened(item)));
    const poison = recorded[2]?.id ?? 0;
    // More than a JavaScript number holds: the driver refuses the row.
    await rows(sql`update signals set item_ids = '{9007199254740993}' where id = ${poison}`);

    expect(await drain()).toBe(5);

    expect(await Promise.all(items.map(stageOf))).toEqual(['WARM', 'WARM', 'NEW', 'WARM', 'WARM', 'WARM']);
    const [parked] = await here().inside((tx) => listUndecidable(tx, { limit: 10, before: null }));
    expect(parked).toMatchObject({
      id: poison,
      attempts: 3,
      error: 'bigint 9007199254740993 does not fit a JavaScript number',
    });
    expect(await queued()).toEqual([poison]);
  });

  test('1.5 a batch whose writing fails for one signal is halved down to it', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const items = await here().addItems(9);
    await record(...items.map((item) => opened(item)));
    const contact = await here().addContact({ emails: ['x@y.test'] });
    await here().addItem({ contactId: contact });
    await record(signal('email.received', undefined, { client: { email: 'x@y.test' } }));
    const failing = { bindSignals: async () => Promise.reject(new Error('the activity is broken')) };

    expect(await drain(failing)).toBe(9);

    const [parked] = await here().inside((tx) => listUndecidable(tx, { limit: 10, before: null }));
    expect(parked).toMatchObject({ kind: 'email.received', error: 'the activity is broken' });
  });

  test('1.4 two drains at once never decide a signal twice', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')], rules: [comment('WARM', 'once')] });
    const items = await here().addItems(200);
    await record(...items.map((item) => opened(item)));

    const counts = await Promise.all([drain(), drain(), drain()]);

    expect(counts.reduce((a, b) => a + b)).toBe(200);
    expect(await rows(sql`select count(*)::int as moves, count(distinct item_id)::int as items from visits`)).toEqual([
      { moves: 200, items: 200 },
    ]);
    expect(await rows(sql`select count(*)::int as runs from runs`)).toEqual([{ runs: 200 }]);
  });
});

describe('2.1 direct ties', () => {
  test('2.1 a signal reaches exactly the items that it names', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const [first = 0, second = 0, third = 0] = await here().addItems(3);
    await record(signal('email.opened', [third, first]));
    await drain();
    expect(await Promise.all([first, second, third].map(stageOf))).toEqual(['WARM', 'NEW', 'WARM']);
  });

  test('2.4 a signal whose item is gone is kept with what was decided', async () => {
    await record(opened(987_654));
    expect(await drain()).toBe(1);
    expect(await notesOf(0)).toContainEqual({ tie: 'direct', missing: [987_654] });
  });

  test('2.5 a signal bound to another item is judged again there', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')] });
    const [first = 0, second = 0] = await here().addItems(2);
    const [recorded] = await record(opened(first));
    await drain();

    await here().inside((tx) => judgeAgain(tx, { signalId: recorded?.id ?? 0, itemId: second }));
    expect(await drain()).toBe(1);

    expect(await stageOf(second)).toBe('WARM');
    expect(await movesOf(first)).toEqual(['NEW>WARM']);
    await here().inside((tx) => judgeAgain(tx, { signalId: recorded?.id ?? 0, itemId: first }));
    await drain();
    expect(await verdictsOf(first)).toEqual([{ 'open-WARM': 'already-here' }]);
  });

  test('2.5 a signal bound elsewhere while a drain decides it is judged there all the same', async () => {
    await here().saveBoard({ triggers: [{ id: 'mail', on: 'email/received', stage: 'WARM' }] });
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const first = await here().addItem({ contactId });
    const second = await here().addItem();
    const [recorded] = await record(signal('email.received', undefined, { client: { email: 'cleo@acme.test' } }));
    const signalId = recorded?.id ?? 0;
    const deciding = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    // The decision is written last, after the row of the queue was read: between the two the person comes.
    const lock = here().inside(async (tx) => {
      await sql`select id from items where id = ${first} for update`.execute(tx);
      deciding.resolve();
      await release.promise;
    });
    await deciding.promise;
    const drained = drain();
    await waitUntil('the drain waits for the item', async () => (await countBlocked(database())) > 0);
    await here().inside((tx) => judgeAgain(tx, { signalId, itemId: second }));
    release.resolve();
    await lock;
    await drained;
    await drain();

    expect(await stageOf(second)).toBe('WARM');
    expect(await queued()).toEqual([]);
  });
});

describe('3 deciding', () => {
  test('3.1 only enabled triggers of the item’s own pipeline that hear the kind are candidates', async () => {
    const service = await here().addPipeline({ name: 'Service' });
    await here().saveBoard({ triggers: [onOpen('WARM')] }, service.pipelineId);
    await here().saveBoard({ triggers: [onOpen('OFFER', { enabled: false }), onHook('WON', 'go')] });
    const item = await here().addItem();
    await record(opened(item));
    await drain();
    expect(await verdictsOf(item)).toEqual([{}]);
    expect(await stageOf(item)).toBe('NEW');
  });

  test('3.3 at most one move, to the earliest stage; the others are outrun', async () => {
    await here().saveBoard({
      triggers: [
        onOpen('WON'),
        onOpen('WARM'),
        onOpen('OFFER', { when: { field: 'amount', is: 'greater', value: 5000 } }),
      ],
    });
    const item = await here().addItem({ amount: '1000' });
    await record(opened(item));
    await drain();
    expect(await movesOf(item)).toEqual(['NEW>WARM']);
    expect(await verdictsOf(item)).toEqual([{ 'open-OFFER': 'condition', 'open-WARM': 'moves', 'open-WON': 'outrun' }]);
  });

  test('3.5 a trigger never re-enters the current stage: no move, no rules', async () => {
    await here().saveBoard({ triggers: [onOpen('WARM')], rules: [comment('WARM', 'hello')] });
    const item = await here().addItem({ stage: 'WARM' });
    await record(opened(item));
    await drain();
    expect(await verdictsOf(item)).toEqual([{ 'open-WARM': 'already-here' }]);
    expect(await rows(sql`select 1 from visits union all select 1 from runs`)).toEqual([]);
  });

  test('3.6 conditions read the item as it is when decided, those on time the moment when it happened', async () => {
    await here().saveBoard({
      triggers: [
        onHook('WARM', 'rich', { when: { field: 'amount', is: 'at least', value: 5000 } }),
        onHook('WON', 'monday', { when: { field: 'now', is: 'weekday', value: ['monday'] } }),
      ],
    });
    const [item = 0, late = 0] = await here().addItems(2, { amount: '1000' });
    await record(hook(item, 'rich'), hook(late, 'monday', { occurredAt: new Date('2026-01-05T12:00:00Z') }));
    await rows(sql`update items set amount = 9000 where id = ${item}`);
    clock.set('2026-01-07T12:00:00Z');
    await drain();
    expect(await stageOf(item)).toBe('WARM');
    expect(await stageOf(late)).toBe('WON');
  });

  test('3.8 every verdict is kept with the signal and the values that mattered', async () => {
    await here().saveBoard({
      triggers: [
        onHook('WARM', 'go', { when: { field: 'amount', is: 'at least', value: 5000 } }),
        onHook('WON', 'other'),
      ],
    });
    const item = await here().addItem({ amount: '1000' });
    await record(hook(item, 'go'));
    await drain();
    const [verdicts] = await detailsOf(item);
    const detailOf = (id: string) => verdicts?.find(([trigger]) => trigger === id)?.[2];
    expect(detailOf('go-WARM')).toMatchObject({ part: { field: 'amount', is: 'at least', value: 5000 } });
    expect(detailOf('other-WON')).toMatchObject({ wanted: 'other', got: 'go' });
  });
});

describe('4 moving by a trigger', () => {
  test('4 visit, history, timeline, run, decision and the notice to browsers come together', async () => {
    await here().saveBoard({
      triggers: [onOpen('WARM', { name: 'Client read it' })],
      rules: [comment('WARM', 'now'), comment('WARM', 'later', { time: { after: '2 hours' } })],
    });
    const item = await here().addItem();
    const [recorded] = await record(opened(item));
    const heard: RealtimeEvent[] = [];
    context().realtime.subscribe(here().workspaceId, here().employeeId, (event) => heard.push(event));
    await drain();

    const by = here().employeeId;
    const signalId = recorded?.id;
    expect(
      await rows(sql`select item_id, from_stage_id, stage_id, by_id, signal_id, trigger_id, board_version from visits`),
    ).toEqual([
      {
        item_id: item,
        from_stage_id: here().stages.NEW,
        stage_id: here().stages.WARM,
        by_id: by,
        signal_id: signalId,
        trigger_id: 'open-WARM',
        board_version: 1,
      },
    ]);
    expect(await rows(sql`select field, "from", "to", author_id, trigger_name, signal_id from history`)).toEqual([
      { field: 'stage', from: 'NEW', to: 'WARM', author_id: by, trigger_name: 'Client read it', signal_id: signalId },
    ]);
    expect(await rows(sql`select kind, author_id, data from timeline`)).toEqual([
      {
        kind: 'moved',
        author_id: by,
        data: { from: 'NEW', to: 'WARM', trigger: 'Client read it', signal: signalId, by },
      },
    ]);
    expect(await rows(sql`select rule_id, entry, due_at from runs order by id`)).toEqual([
      { rule_id: 'now', entry: true, due_at: clock.now() },
      { rule_id: 'later', entry: false, due_at: new Date('2026-01-05T11:00:00Z') },
    ]);
    expect(heard).toContainEqual({ topic: 'items', kind: 'moved', id: item });
  });

  test('4 the author is the one of "change stage as", else the responsible', async () => {
    const eve = await here().addEmployee({ email: 'eve@firm.test' });
    await here().saveBoard({ triggers: [onHook('OFFER', 'a', { as: 'eve@firm.test' }), onHook('WARM', 'b')] });
    const item = await here().addItem();
    await record(hook(item, 'a'), hook(item, 'b'));
    await drain();
    expect(await rows(sql`select by_id from visits order by id`)).toEqual([
      { by_id: eve },
      { by_id: here().employeeId },
    ]);
  });

  test('5.1 leaving cancels what waits for later unless the rule keeps it; what is due at entry stays', async () => {
    await here().saveBoard({
      triggers: [onHook('OFFER', 'a'), onHook('WARM', 'b')],
      rules: [
        comment('OFFER', 'entry'),
        comment('OFFER', 'cancelled', { time: { after: '1 day' } }),
        comment('OFFER', 'kept', { time: { after: '1 day' }, onLeave: 'keep' }),
      ],
    });
    const item = await here().addItem();
    // In one batch: the visit of the stage that is only passed has its runs too.
    await record(hook(item, 'a'), hook(item, 'b'));
    await drain();
    expect(await rows(sql`select rule_id, state from runs order by rule_id`)).toEqual([
      { rule_id: 'cancelled', state: 'cancelled' },
      { rule_id: 'entry', state: 'waiting' },
      { rule_id: 'kept', state: 'waiting' },
    ]);
  });
});

describe('7 loops', () => {
  test('7 a chain that comes back to a stage of the item stops with the verdict loop and the chain', async () => {
    await here().saveBoard({ triggers: [onHook('NEW', 'back', { allowBack: true })] });
    const item = await here().addItem({ stage: 'OFFER' });
    const { NEW = 0, OFFER = 0 } = here().stages;
    const chain = { origin: { [item]: NEW }, entered: [{ item, stage: OFFER }] };
    await record(hook(item, 'back', { chain }), hook(item, 'back'));
    await drain();
    expect(await verdictsOf(item)).toEqual([{ 'back-NEW': 'loop' }, { 'back-NEW': 'moves' }]);
    expect((await detailsOf(item))[0]?.[0]?.[2]).toEqual({ chain });
  });
});

test('row-level security: the app role sees and writes nothing of another workspace', async () => {
  const item = await here().addItem();
  const stranger = await makeFixture(database());
  await stranger.saveBoard({ triggers: [onOpen('WARM')] });
  await stranger.inside((tx) => recordSignals(tx, [opened(item)]));
  await drainWorkspace(context(), stranger.workspaceId, noBinding);
  expect(await stageOf(item)).toBe('NEW');
  const seen = await inWorkspace(database().app, stranger.workspaceId, (tx) =>
    sql`select id from items where id = ${item}`.execute(tx),
  );
  expect(seen.rows).toEqual([]);
  const { rows: without } = await sql`select id from items`.execute(database().app);
  expect(without).toEqual([]);
});
