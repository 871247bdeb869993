import { idParams } from '@signalbox/contract/common.ts';
import { pipeline, pipelineBody, pipelineDeleteQuery, stagesBody, stagesSaved } from '@signalbox/contract/pipelines.ts';
import { getPipelineById, presentPipeline } from '../../crm/pipelines/get-pipeline.ts';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { actingOf, parseIfMatch } from './board-file.routes.ts';
import { dropPipeline } from './drop-pipeline.ts';
import { editStages } from './edit-stages.ts';
import { makePipeline } from './make-pipeline.ts';

/** What makes boards or moves items; the other routes of pipelines stand in crm/pipelines. */
export const pipelineCommandRoutes = (context: Context): Route[] => [add(context), putStages(context), remove(context)];

const add = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/pipelines',
    summary: 'Add a pipeline with stages of your own, with a few to begin with, or as a copy of another one',
    tag: 'Pipelines',
    access: 'automation',
    body: pipelineBody,
    answers: { 201: pipeline },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const id = await makePipeline(tx, actingOf(context, caller), body);
        return { status: 201, body: presentPipeline(await getPipelineById(tx, id)) };
      }),
  });

const putStages = (context: Context) =>
  route({
    method: 'PUT',
    path: '/api/v1/pipelines/:id/stages',
    summary: 'Put the stages of a pipeline in this order, add, change and delete; a new version of its board',
    tag: 'Pipelines',
    access: 'automation',
    params: idParams,
    body: stagesBody,
    answers: { 200: stagesSaved },
    handle: ({ caller, params: { id }, body, request, write }) =>
      write(async (tx) => {
        const input = { ...body, pipelineId: id, ifVersion: parseIfMatch(request) };
        const done = await editStages(tx, actingOf(context, caller), input);
        const saved = presentPipeline(await getPipelineById(tx, id));
        return { status: 200, body: { ...done, pipeline: saved }, headers: { etag: `"${saved.version}"` } };
      }),
  });

const remove = (context: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/pipelines/:id',
    summary: 'Delete a pipeline; its items are moved to `toPipeline` and `toStage`, else 409 if it has any',
    tag: 'Pipelines',
    access: 'automation',
    params: idParams,
    query: pipelineDeleteQuery,
    answers: { 204: null },
    handle: ({ caller, params, query, write }) =>
      write(async (tx) => {
        await dropPipeline(tx, actingOf(context, caller), { ...query, pipelineId: params.id });
        return { status: 204 };
      }),
  });
