import { idParams } from '@signalbox/contract/common.ts';
import { pipeline, pipelineBody, pipelinePatch, pipelines, pipelinesQuery } from '@signalbox/contract/pipelines.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http.ts';
import { pageOfAll } from '../../platform/paging.ts';
import { announce } from '../../platform/realtime.ts';
import { checkItemType } from '../types/check-item-type.ts';
import { checkStages } from './check-stages.ts';
import type { PipelineWithStages } from './find-pipeline.ts';
import {
  deletePipeline,
  insertPipeline,
  itemsOnStage,
  listPipelines,
  putStages,
  renamePipeline,
} from './pipelines.store.ts';

export const pipelineRoutes = (context: Context): Route[] => [list(context), show(context), add(), rename(), remove()];

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
        return listPipelines(tx, query.type);
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
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) => getPipelineById(tx, params.id));
      return { status: 200, body: presentPipeline(body) };
    },
  });

const add = () =>
  route({
    method: 'POST',
    path: '/api/v1/pipelines',
    summary: 'Add a pipeline with its stages',
    tag: 'Pipelines',
    access: 'admin',
    body: pipelineBody,
    answers: { 201: pipeline },
    handle: ({ body, write }) =>
      write(async (tx) => {
        checkStages(body.stages);
        await checkNewPipelineName(tx, body);
        const id = await insertPipeline(tx, body);
        if (id === undefined) throw nameTaken(body);
        await putStages(tx, id, body.stages);
        announce(tx, { topic: 'pipelines', kind: 'created', id });
        return { status: 201, body: presentPipeline(await getPipelineById(tx, id)) };
      }),
  });

const rename = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/pipelines/:id',
    summary: 'Rename a pipeline; its stages are changed with PUT /api/v1/automation/{type}/{pipeline}',
    tag: 'Pipelines',
    access: 'admin',
    params: idParams,
    body: pipelinePatch,
    answers: { 200: pipeline },
    handle: ({ params: { id }, body: { name }, write }) =>
      write(async (tx) => {
        const { type } = await getPipelineById(tx, id);
        await checkNewPipelineName(tx, { type, name }, id);
        await renamePipeline(tx, id, name);
        announce(tx, { topic: 'pipelines', kind: 'changed', id });
        return { status: 200, body: presentPipeline(await getPipelineById(tx, id)) };
      }),
  });

const remove = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/pipelines/:id',
    summary: 'Delete a pipeline that has no items',
    tag: 'Pipelines',
    access: 'admin',
    params: idParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        const { stages } = await getPipelineById(tx, params.id);
        for (const stage of stages) {
          const items = await itemsOnStage(tx, stage);
          if (items.length > 0)
            throw conflict(
              'has-items',
              `${items.length} items stand on ${stage.code}; move them to another pipeline first`,
            );
        }
        await deletePipeline(tx, params.id);
        announce(tx, { topic: 'pipelines', kind: 'deleted', id: params.id });
        return { status: 204 };
      }),
  });

/** 404 for a pipeline of another workspace too. */
export async function getPipelineById(tx: Tx, id: number): Promise<PipelineWithStages> {
  const found = (await listPipelines(tx)).find((one) => one.id === id);
  if (found === undefined) throw notFound(`Pipeline ${id}`);
  return found;
}

/** 409 when the type has a pipeline of this name. */
export async function checkNewPipelineName(
  tx: Tx,
  { type, name }: { type: string; name: string },
  own?: number,
): Promise<void> {
  const taken = (await listPipelines(tx, type)).some(
    (one) => one.id !== own && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw nameTaken({ type, name });
}

function nameTaken({ type, name }: { type: string; name: string }) {
  return conflict('name-taken', `There is a ${type} pipeline "${name}" already`, [
    { path: 'name', code: 'taken', message: 'Choose another name' },
  ]);
}

export function presentPipeline({ stages, ...plain }: PipelineWithStages) {
  return { ...plain, stages: stages.map(({ pipeline_id: _, ...stage }) => stage) };
}
