import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVisits } from '../automation/running/run-visits.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';

let fixture: RunFixture;
let service: { pipelineId: number; stages: Record<string, number> };
beforeAll(async () => {
  fixture = await makeRunFixture();
  service = await fixture.addPipeline({ name: 'Service', stages: [{ code: 'OPEN' }, { code: 'DONE', kind: 'won' }] });
});
afterAll(() => fixture.close());

const over = (settings: object, more: object = {}) => ({
  ...{ id: 'over', do: 'items/change-pipeline', stage: 'NEW', settings, ...more },
});
const comment = (id: string, stage: string, more: object = {}) => ({
  ...{ id, do: 'alerts/comment', stage, settings: { text: id }, ...more },
});
const place = (item: number) =>
  fixture.inside((tx) =>
    tx.selectFrom('items').select(['pipeline_id', 'stage_id']).where('id', '=', item).executeTakeFirstOrThrow(),
  );
const told = (item: number, kind: string) =>
  fixture.inside((tx) =>
    tx.selectFrom('timeline').select(['text', 'data']).where('item_id', '=', item).where('kind', '=', kind).execute(),
  );
const at = (stage: string) => ({ pipeline_id: service.pipelineId, stage_id: service.stages[stage] });

test.each([
  ['by name, to a stage', { pipeline: 'service', stage: 'DONE' }, 'DONE'],
  ['to its first stage when none is said', { pipeline: 'Service' }, 'OPEN'],
])(
  'items/change-pipeline moves %s; the rules there run, those below here do not (5.1)',
  async (_how, settings, stage) => {
    await fixture.saveBoard({ rules: [over(settings), comment('below', 'NEW')] });
    await fixture.saveBoard({ rules: [comment('there', stage)] }, service.pipelineId);
    const item = await fixture.create();
    await fixture.work();
    await fixture.work();
    expect(await place(item)).toEqual(at(stage));
    expect((await fixture.runs(item)).map(({ ruleId, state }) => [ruleId, state])).toEqual([
      ['over', 'done'],
      ['below', 'cancelled'],
      ['there', 'done'],
    ]);
    expect(await told(item, 'moved')).toMatchObject([{ data: { to: stage, rule: 'Change pipeline' } }]);
    expect((await told(item, 'comment')).map(({ text }) => text)).toEqual(['there']);
  },
);

test.each([
  ['a pipeline that is gone', { pipeline: 'Nowhere' }, 'there is no pipeline "Nowhere" here'],
  ['a pipeline of another type', { pipeline: 'Leads' }, 'there is no pipeline "Leads" here'],
  ['a name that every object has', { pipeline: 'constructor' }, 'there is no pipeline "constructor" here'],
  ['a stage that is gone', { pipeline: 'Service', stage: 'WON' }, 'the pipeline "Service" has no stage WON'],
])('%s fails the run with the reason, and the item stays', async (_what, settings, error) => {
  if (settings.pipeline === 'Leads') await fixture.addPipeline({ type: 'lead', name: 'Leads' });
  await fixture.saveBoard({ rules: [over(settings)] });
  const item = await fixture.create();
  await fixture.work();
  expect(await fixture.run(item, 'over')).toMatchObject({ state: 'failed', error });
  expect(await place(item)).toEqual({ pipeline_id: fixture.pipelineId, stage_id: fixture.stages.NEW });
  expect(await told(item, 'moved')).toEqual([]);
});

test('7 two pipelines that send an item to each other stop at the second entry, with the chain shown', async () => {
  await fixture.saveBoard({ rules: [over({ pipeline: 'Service' })] });
  const own = fixture.inside((tx) =>
    tx.selectFrom('pipelines').select('name').where('id', '=', fixture.pipelineId).executeTakeFirstOrThrow(),
  );
  const back = { id: 'back', do: 'items/change-pipeline', stage: 'OPEN', settings: { pipeline: (await own).name } };
  await fixture.saveBoard({ rules: [back] }, service.pipelineId);
  const item = await fixture.create();
  await fixture.work();
  await fixture.work();
  expect(await fixture.run(item, 'back')).toMatchObject({ state: 'failed', error: 'loop: NEW → OPEN → NEW' });
  expect(await place(item)).toEqual(at('OPEN'));
});

test('5.7 a doubled job moves once', async () => {
  await fixture.saveBoard({ rules: [over({ pipeline: service.pipelineId, stage: 'DONE' })] });
  await fixture.saveBoard({}, service.pipelineId);
  const item = await fixture.create();
  const { visitId } = await fixture.run(item, 'over');
  const job = { workspaceId: fixture.workspaceId, visitIds: [visitId] };
  await Promise.all([runVisits(fixture.runner, job), runVisits(fixture.runner, job)]);
  expect(await told(item, 'moved')).toHaveLength(1);
});
