import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { Tx } from '../../platform/db.ts';
import { countBlocked, waitUntil } from '../../platform/testing-waits.ts';
import { makePorts } from '../../ports/make-ports.ts';
import { convertLead } from '../conversion/convert-lead.ts';
import { engineBench, onHook } from '../drain/testing-drain.ts';
import { createItem } from '../moves/create-item.ts';
import { stopMoves } from '../moves/hold-stages.ts';
import { moveByPerson, patchItemByPerson } from '../moves/item-commands.ts';
import { runVisits } from '../running/run-visits.ts';
import { takeJobs } from '../running/testing-runs.ts';
import { dropPipeline } from './drop-pipeline.ts';
import { editStages } from './edit-stages.ts';

const { here, context, database, rows, acting, hook, record, drain, stageOf, movesOf } = engineBench();

const left = ['NEW', 'WARM'].map((code) => ({ code, name: code, kind: 'open' as const }));
const stages = [...left, { code: 'WON', name: 'WON', kind: 'won' as const }];
/** OFFER (and LOST) go. */
const withoutOffer = (tx: Tx, moveTo?: string) =>
  editStages(tx, acting(), {
    pipelineId: here().pipelineId,
    ifVersion: null,
    stages,
    left: moveTo === undefined ? {} : { OFFER: { moveTo, automation: 'delete' } },
  });
const moveToOffer = (id: number) => here().inside((tx) => moveByPerson(tx, acting(), { id, to: { stage: 'OFFER' } }));
const lost = () =>
  rows(sql`select id from items i where not exists (select from stages s where s.workspace_id = i.workspace_id
    and s.pipeline_id = i.pipeline_id and s.id = i.stage_id)`);

/** Does `first`, and before it is committed lets `second` begin, which must wait for it; then `then`, in the first's transaction. */
async function meanwhile<T>(
  first: (tx: Tx) => Promise<unknown>,
  second: () => Promise<T>,
  then: (tx: Tx) => Promise<unknown> = async () => {},
) {
  const done = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = here().inside(async (tx) => {
    await first(tx);
    done.resolve();
    await release.promise;
    await then(tx);
  });
  await Promise.race([done.promise, holding]);
  const waiting = Promise.allSettled([second()]);
  await waitUntil('the second waits', async () => (await countBlocked(database())) > 0).finally(release.resolve);
  await holding;
  const [ended] = await waiting;
  return ended;
}

describe('8.3 while a stage is being deleted', () => {
  const refused = { status: 'rejected', reason: { status: 422 } };

  test('a person who moves an item there waits, and is told that it is gone', async () => {
    const id = await here().addItem();
    expect(
      await meanwhile(
        (tx) => withoutOffer(tx),
        () => moveToOffer(id),
      ),
    ).toMatchObject(refused);
    expect(await stageOf(id)).toBe('NEW');
    expect(await lost()).toEqual([]);
  });

  test('an item that is made there is not made', async () => {
    const make = () =>
      here().inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'Late', stageCode: 'OFFER' }));
    expect(await meanwhile((tx) => withoutOffer(tx), make)).toMatchObject(refused);
    expect(await rows(sql`select id from items`)).toEqual([]);
  });

  test('a lead whose deal would begin there is not converted', async () => {
    const leads = await here().addPipeline({ type: 'lead', name: 'Leads' });
    const leadId = await here().addItem({ type: 'lead', pipelineId: leads.pipelineId });
    const convert = () => here().inside((tx) => convertLead(tx, acting(), { leadId, input: { stage: 'OFFER' } }));
    expect(await meanwhile((tx) => withoutOffer(tx), convert)).toMatchObject(refused);
    expect(await stageOf(leadId)).toBe('NEW');
  });

  test('a trigger that would move an item there is decided when the stage has gone', async () => {
    await here().saveBoard({ triggers: [onHook('OFFER', 'go')] });
    const id = await here().addItem();
    await record(hook(id, 'go'));
    const edit = (tx: Tx) => withoutOffer(tx, 'NEW');
    expect(await meanwhile(edit, drain)).toMatchObject({ status: 'fulfilled' });
    expect(await stageOf(id)).toBe('NEW');
    expect(await lost()).toEqual([]);
  });

  test('who was there a moment before is moved on with a visit of its own', async () => {
    const id = await here().addItem();
    const move = (tx: Tx) => moveByPerson(tx, acting(), { id, to: { stage: 'OFFER' } });
    const edit = () => here().inside((tx) => withoutOffer(tx, 'WARM'));
    expect(await meanwhile(move, edit)).toMatchObject({ status: 'fulfilled', value: { moved: 1 } });
    expect(await stageOf(id)).toBe('WARM');
    expect(await rows(sql`select from visits where item_id = ${id}`)).toHaveLength(2);
  });
});

test('a pipeline that is deleted takes along whoever came a moment before, and cancels the runs that were to be kept', async () => {
  const other = await here().addPipeline({ name: 'Other' });
  const rule = { id: 'later', do: 'alerts/comment', stage: 'OFFER', settings: { text: 'x' } };
  await here().saveBoard({ rules: [{ ...rule, onLeave: 'keep', time: { after: '1 day' } }] });
  const id = await here().addItem();
  const { pipelineId } = here();
  const move = (tx: Tx) => moveByPerson(tx, acting(), { id, to: { stage: 'OFFER' } });
  const drop = () =>
    here().inside((tx) => dropPipeline(tx, acting(), { pipelineId, toPipeline: other.pipelineId, toStage: 'WARM' }));
  expect(await meanwhile(move, drop)).toMatchObject({ status: 'fulfilled' });
  expect(await rows(sql`select stage_id from items where id = ${id}`)).toEqual([{ stage_id: other.stages.WARM }]);
  expect(await rows(sql`select state, error from runs`)).toEqual([
    { state: 'cancelled', error: 'the pipeline was deleted' },
  ]);
});

test('an item that is made in a pipeline while it is being deleted is not made', async () => {
  await here().addPipeline({ name: 'Other' });
  const { pipelineId } = here();
  const make = () => here().inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'Late', pipelineId }));
  expect(await meanwhile((tx) => dropPipeline(tx, acting(), { pipelineId }), make)).toMatchObject({
    status: 'rejected',
    reason: { status: 422 },
  });
  expect(await rows(sql`select id from items`)).toEqual([]);
});

test('of the last two pipelines one stays, though both are deleted at the same moment', async () => {
  const { pipelineId: first } = here();
  const { pipelineId: second } = await here().addPipeline({ name: 'Other' });
  const drop = (pipelineId: number) => (tx: Tx) => dropPipeline(tx, acting(), { pipelineId });
  expect(await meanwhile(drop(first), () => here().inside(drop(second)))).toMatchObject({
    status: 'rejected',
    reason: { status: 409, code: 'last-pipeline' },
  });
  expect(await rows(sql`select id from pipelines`)).toEqual([{ id: second }]);
});

describe('4 whoever waits for stages to be edited holds no item meanwhile, so that neither waits for the other', () => {
  const take = (id: number) => (tx: Tx) => sql`select from items where id = ${id} for update nowait`.execute(tx);
  const fulfilled = { status: 'fulfilled' };

  test('a person who moves or changes an item', async () => {
    const [moved = 0, changed = 0] = await here().addItems(2);
    const patch = () =>
      here().inside((tx) => patchItemByPerson(tx, acting(), { id: changed, patch: { stage: 'OFFER' } }));
    expect(await meanwhile(stopMoves, () => moveToOffer(moved), take(moved))).toMatchObject(fulfilled);
    expect(await meanwhile(stopMoves, patch, take(changed))).toMatchObject(fulfilled);
    expect([await stageOf(moved), await stageOf(changed)]).toEqual(['OFFER', 'OFFER']);
  });

  test('a person who converts a lead', async () => {
    const leads = await here().addPipeline({ type: 'lead', name: 'Leads' });
    const leadId = await here().addItem({ type: 'lead', pipelineId: leads.pipelineId });
    const convert = () => here().inside((tx) => convertLead(tx, acting(), { leadId, input: {} }));
    expect(await meanwhile(stopMoves, convert, take(leadId))).toMatchObject(fulfilled);
    expect(await stageOf(leadId)).toBe('WON');
  });

  test('a rule that moves an item', async () => {
    await here().saveBoard({
      rules: [{ id: 'go', do: 'items/change-stage', stage: 'OFFER', settings: { stage: 'WARM' } }],
    });
    const id = await here().addItem();
    await moveToOffer(id);
    const owner = new pg.Pool({ connectionString: database().url });
    const jobs = await takeJobs(owner);
    await owner.end();
    const [job] = jobs.filter(({ workspaceId }) => workspaceId === here().workspaceId);
    if (job === undefined) throw new Error('no job');
    const run = () => runVisits({ context: context(), makePorts }, job);
    expect(await meanwhile(stopMoves, run, take(id))).toMatchObject(fulfilled);
    expect(await movesOf(id)).toEqual(['NEW>OFFER', 'OFFER>WARM']);
  });

  test('two stages that go at once take their items in the order of their ids', async () => {
    const late = await here().addItem({ stage: 'WARM' });
    const later = await here().addItem({ stage: 'OFFER' });
    const edit = () =>
      here().inside((tx) =>
        editStages(tx, acting(), {
          ...{ pipelineId: here().pipelineId, ifVersion: null, stages: stages.filter(({ code }) => code !== 'WARM') },
          left: { OFFER: { moveTo: 'NEW', automation: 'delete' }, WARM: { moveTo: 'NEW', automation: 'delete' } },
        }),
      );
    expect(await meanwhile(take(late), edit, take(later))).toMatchObject(fulfilled);
    expect([await stageOf(late), await stageOf(later)]).toEqual(['NEW', 'NEW']);
  });
});
