import { pipelines } from '@signalbox/contract/pipelines.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from './request.ts';

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => read('/api/v1/pipelines', { answer: pipelines, signal }),
  select: ({ data }) => data,
});

/** Every pipeline of every type, with its stages. */
export const usePipelines = () => useQuery(pipelinesQuery);
