import {
  type PipelineBody,
  type PipelinePatch,
  pipeline,
  pipelines,
  type StagesBody,
  stagesSaved,
} from '@signalbox/contract/pipelines.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => read('/api/v1/pipelines', { answer: pipelines, signal }),
  select: ({ data }) => data,
});

/** Every pipeline of every type, with its stages. */
export const usePipelines = () => useQuery(pipelinesQuery);

export interface StagesSaving {
  readonly id: number;
  /** The board's version that was read: 412 when somebody saved meanwhile. */
  readonly version: number;
  readonly body: StagesBody;
}

export const saveStages = ({ id, version, body }: StagesSaving) =>
  writeAndRead('PUT', `/api/v1/pipelines/${id}/stages`, {
    answer: stagesSaved,
    body,
    headers: { 'If-Match': `"${version}"` },
  });

/** What shows stages, and what counts who stands on them. */
export function useRefreshStages() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['pipelines', 'board', 'automation', 'versions', 'stats', 'item', 'fields'].map((name) =>
        client.invalidateQueries({ queryKey: [name] }),
      ),
    );
}

export function useAddPipeline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PipelineBody) => writeAndRead('POST', '/api/v1/pipelines', { answer: pipeline, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['pipelines'] }),
  });
}

export function useChangePipeline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: PipelinePatch & { id: number }) =>
      writeAndRead('PATCH', `/api/v1/pipelines/${id}`, { answer: pipeline, body }),
    onSuccess: () =>
      Promise.all(['pipelines', 'board', 'automation'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}

export interface PipelineDropping {
  readonly id: number;
  /** Where its items go; null when it has none. */
  readonly to: { readonly pipeline: number; readonly stage: string } | null;
}

export const dropPipeline = ({ id, to }: PipelineDropping) =>
  write('DELETE', `/api/v1/pipelines/${id}`, {
    query: to === null ? {} : { toPipeline: to.pipeline, toStage: to.stage },
  });
