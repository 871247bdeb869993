import { idParams } from '@signalbox/contract/common.ts';
import { pipeline, pipelinePatch, pipelines, pipelinesQuery } from '@signalbox/contract/pipelines.ts';
import { accessPipeline, seesPipeline } from '../../access/access-pipeline.ts';
import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOfAll } from '../../platform/http/paging.ts';
import { announce } from '../../platform/realtime.ts';
import { checkItemType } from '../types/check-item-type.ts';
import { checkNewPipelineName, getPipelineById, presentPipeline } from './get-pipeline.ts';
import { listPipelines, lockPipelines, orderPipelines, renamePipeline } from './pipelines.store.ts';

/** What makes or deletes pipelines and stages moves items, so it has its routes in automation/. */
export const pipelineRoutes = (context: Context): Route[] => [list(context), show(context), change()];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/pipelines',
    summary: 'The pipelines with their stages, in the order of the screen',
    tag: 'Pipelines',
    access: 'employee',
    query: pipelinesQuery,
    answers: { 200: pipelines },
    async handle({ caller, query }) {
      const rows = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await checkItemType(tx, query.type);
        const all = await listPipelines(tx, query.type);
        return all.filter((one) => seesPipeline(caller.rights, one));
      });
      return { status: 200, body: pageOfAll(rows.map(presentPipeline), query) };
    },
  });

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/pipelines/:id',
    summary: 'A pipeline with its stages',
    tag: 'Pipelines',
    access: 'employee',
    params: idParams,
    answers: { 200: pipeline },
    async handle({ caller, params }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) =>
        accessPipeline(caller, await getPipelineById(tx, params.id)),
      );
      return { status: 200, body: presentPipeline(body) };
    },
  });

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/pipelines/:id',
    summary: 'Rename a pipeline, or give it another place among those of its type',
    tag: 'Pipelines',
    access: 'automation',
    params: idParams,
    body: pipelinePatch,
    answers: { 200: pipeline },
    handle: ({ params: { id }, body: { name, place }, write }) =>
      write(async (tx) => {
        const before = await getPipelineById(tx, id);
        const { type } = before;
        if (name !== undefined) {
          await checkNewPipelineName(tx, { type, name }, id);
          await renamePipeline(tx, id, name);
        }
        if (place !== undefined) await placePipeline(tx, { id, type, place });
        announce(tx, { topic: 'pipelines', kind: 'changed', pipeline: id });
        const after = await getPipelineById(tx, id);
        await record(tx, {
          ...{ kind: 'pipeline-changed', on: { kind: 'pipeline', id, name: before.name } },
          changes: differences({ name: before.name }, { name: after.name, place }),
        });
        return { status: 200, body: presentPipeline(after) };
      }),
  });

async function placePipeline(tx: Tx, { id, type, place }: { id: number; type: string; place: number }): Promise<void> {
  const others = (await lockPipelines(tx, type)).filter((one) => one !== id);
  await orderPipelines(tx, others.toSpliced(place, 0, id));
}
