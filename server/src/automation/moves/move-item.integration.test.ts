import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { makeFixture } from '../../platform/fixtures.ts';
import { comment, engineBench } from '../drain/testing-drain.ts';
import { changeItem } from './change-item.ts';
import { createItem } from './create-item.ts';
import { deleteItem } from './delete-item.ts';
import { Looped } from './looped.ts';
import { moveItem } from './move-item.ts';

const { here, database, rows, acting, drain, stageOf, movesOf, verdictsOf, clock } = engineBench();
const move = (itemId: number, stageCode: string, more: object = {}) =>
  here().inside((tx) => moveItem(tx, acting(more), { itemId, stageCode }));
const change = (itemId: number, changes: Parameters<typeof changeItem>[2]['changes'], more: object = {}) =>
  here().inside((tx) => changeItem(tx, acting(more), { itemId, changes }));
const onAmount = { id: 'amount', on: 'crm/field-changed', stage: 'WARM', settings: { fields: ['amount'] } };

describe('4 one command moves items', () => {
  test('4 a person’s move: visit, history, timeline without a trigger, the runs of the stage', async () => {
    await here().saveBoard({ rules: [comment('WARM', 'welcome')] });
    const item = await here().addItem();
    const moved = await move(item, 'WARM');
    expect(moved).toMatchObject({
      moved: true,
      move: { itemId: item, from: { stage: 'NEW' }, to: { stage: 'WARM' }, trigger: null, byId: here().employeeId },
    });
    expect(await rows(sql`select field, "from", "to", trigger_name from history`)).toEqual([
      { field: 'stage', from: 'NEW', to: 'WARM', trigger_name: null },
    ]);
    expect(await rows(sql`select data->>'trigger' as trigger, data->>'to' as "to" from timeline`)).toEqual([
      { trigger: null, to: 'WARM' },
    ]);
    expect(await rows(sql`select rule_id from runs`)).toEqual([{ rule_id: 'welcome' }]);
    expect(await rows(sql`select i.visit_id = v.id as current from items i join visits v on v.item_id = i.id`)).toEqual(
      [{ current: true }],
    );
  });

  test('4 a move to the current stage is none', async () => {
    const item = await here().addItem();
    expect(await move(item, 'NEW')).toEqual({ moved: false });
    expect(await movesOf(item)).toEqual([]);
  });

  test('4 an unknown stage, another type’s pipeline and another workspace’s item are refused', async () => {
    const item = await here().addItem();
    const lead = await here().addPipeline({ type: 'lead', name: 'Leads' });
    await expect(move(item, 'NOWHERE')).rejects.toMatchObject({ status: 422, errors: [{ path: 'stage' }] });
    await expect(
      here().inside((tx) => moveItem(tx, acting(), { itemId: item, stageCode: 'NEW', pipelineId: lead.pipelineId })),
    ).rejects.toMatchObject({ status: 422, errors: [{ path: 'pipeline' }] });
    const stranger = await makeFixture(database());
    await expect(
      stranger.inside((tx) => moveItem(tx, acting(), { itemId: item, stageCode: 'WARM' })),
    ).rejects.toMatchObject({ status: 404 });
    expect(await stageOf(item)).toBe('NEW');
  });

  test('4 across pipelines both places stand in history', async () => {
    const service = await here().addPipeline({ name: 'Service', stages: [{ code: 'OPEN' }] });
    const item = await here().addItem();
    await here().inside((tx) =>
      moveItem(tx, acting(), { itemId: item, stageCode: 'OPEN', pipelineId: service.pipelineId }),
    );
    expect(await rows(sql`select field, "from", "to" from history order by field`)).toEqual([
      { field: 'pipeline', from: 'Sales', to: 'Service' },
      { field: 'stage', from: 'NEW', to: 'OPEN' },
    ]);
  });

  test('5.1 rules run on creation, and not for a quiet import', async () => {
    await here().saveBoard({ rules: [comment('NEW', 'born')] });
    const { id } = await here().inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'New', amount: '10' }));
    const quiet = await here().inside((tx) =>
      createItem(tx, acting(), { type: 'deal', title: 'Imported', runRules: false }),
    );
    expect(await rows(sql`select item_id, entry from runs`)).toEqual([{ item_id: id, entry: true }]);
    expect(await movesOf(quiet.id)).toEqual(['>NEW']);
    expect(await rows(sql`select responsible_id, creator_id, currency from items where id = ${id}`)).toEqual([
      { responsible_id: here().employeeId, creator_id: here().employeeId, currency: 'EUR' },
    ]);
  });

  test('deleting cancels the waiting runs; its signals stay', async () => {
    await here().saveBoard({ rules: [comment('NEW', 'later', { time: { after: '1 day' } })] });
    const { id } = await here().inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'Gone' }));
    await here().inside((tx) => deleteItem(tx, acting(), id));
    expect(await rows(sql`select state from runs`)).toEqual([{ state: 'cancelled' }]);
    await expect(here().inside((tx) => deleteItem(tx, acting(), id))).rejects.toMatchObject({ status: 404 });
  });
});

describe('4 a save is one signal', () => {
  test('4 one item.changed with every changed field, decided after the change', async () => {
    await here().saveBoard({ triggers: [{ ...onAmount, when: { field: 'amount', is: 'at least', value: 5000 } }] });
    const item = await here().addItem({ amount: '1000' });
    const eve = await here().addEmployee();
    const saved = await change(item, { amount: '9000', responsible: eve, title: 'Deal 1' });
    expect(saved.changed).toEqual(['amount', 'responsible']);
    const [recorded, ...more] = await rows(sql<{ payload: { changes: unknown } }>`select payload from signals`);
    expect(more).toEqual([]);
    expect(recorded?.payload.changes).toEqual([
      { field: 'amount', from: { amount: '1000.00', currency: 'EUR' }, to: { amount: '9000', currency: 'EUR' } },
      { field: 'responsible', from: here().employeeId, to: eve },
    ]);
    await drain();
    expect(await stageOf(item)).toBe('WARM');
    expect(await rows(sql`select field, author_id from history order by id`)).toMatchObject([
      { field: 'amount' },
      { field: 'responsible' },
      { field: 'stage', author_id: eve },
    ]);
  });

  test('4 if the save itself changed the stage, that move comes first and the signal is judged from there', async () => {
    await here().saveBoard({ triggers: [onAmount] });
    const item = await here().addItem();
    await here().inside(async (tx) => {
      await moveItem(tx, acting(), { itemId: item, stageCode: 'WON' });
      await changeItem(tx, acting(), { itemId: item, changes: { amount: 5 } });
    });
    await drain();
    expect(await verdictsOf(item)).toEqual([{ amount: 'would-move-back' }]);
    expect(await stageOf(item)).toBe('WON');
  });

  test('1.3 a change that is rolled back leaves no signal', async () => {
    const item = await here().addItem();
    const broken = here().inside(async (tx) => {
      await changeItem(tx, acting(), { itemId: item, changes: { title: 'Other' } });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(
      await rows(sql`select 1 from signals union all select 1 from signal_queue union all select 1 from history`),
    ).toEqual([]);
  });

  test('a save that changes nothing is no signal; one over somebody else’s save is refused', async () => {
    const item = await here().addItem({ fields: { colour: 'red' } });
    expect(await change(item, { title: 'Deal 1' })).toEqual({ changed: [], changes: [], signalId: null });
    clock.advance(60_000);
    const stale = { itemId: item, changes: { title: 'Mine' }, expectedUpdatedAt: new Date(0) };
    await expect(here().inside((tx) => changeItem(tx, acting(), stale))).rejects.toMatchObject({ status: 409 });
  });

  test('unknown and read-only fields and values of another kind are refused with their paths', async () => {
    const item = await here().addItem();
    await expect(change(item, { nonsense: 1, createdAt: 'x', deliveryDate: 'soon' })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: 'fields.nonsense' }, { path: 'createdAt' }, { path: 'deliveryDate' }],
    });
  });
});

describe('7 loops of rules', () => {
  test('7 a rule’s move that closes a loop fails with the chain; a person begins a new one', async () => {
    const item = await here().addItem({ stage: 'OFFER' });
    const { NEW = 0, OFFER = 0 } = here().stages;
    const chain = { origin: { [item]: NEW }, entered: [{ item, stage: OFFER }] };
    await expect(move(item, 'NEW', { chain })).rejects.toThrow(Looped);
    await expect(move(item, 'NEW', { chain })).rejects.toThrow('NEW → OFFER → NEW');
    expect(await move(item, 'NEW')).toMatchObject({ moved: true });
    expect(await move(item, 'OFFER')).toMatchObject({ moved: true });
  });

  test('7 a change by a rule carries its chain, so that a trigger cannot come back', async () => {
    await here().saveBoard({ triggers: [{ ...onAmount, stage: 'NEW', allowBack: true }] });
    const item = await here().addItem({ stage: 'OFFER' });
    const { NEW = 0, OFFER = 0 } = here().stages;
    await change(
      item,
      { amount: 7 },
      { chain: { origin: { [item]: NEW }, entered: [{ item, stage: OFFER }] }, runId: 5 },
    );
    await drain();
    expect(await verdictsOf(item)).toEqual([{ amount: 'loop' }]);
    expect(await rows(sql`select cause_run_id from signals`)).toEqual([{ cause_run_id: 5 }]);
  });
});
