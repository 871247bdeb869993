import { calls } from '@signalbox/contract/channels/calls.ts';
import { queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

/** The calls of an item, by their id. */
export const itemCallsQuery = (item: number) =>
  queryOptions({
    queryKey: ['messages', item, 'calls'],
    queryFn: ({ signal }) => read('/api/v1/calls', { answer: calls, query: { item, limit: 200 }, signal }),
    select: ({ data }) => new Map(data.map((one) => [one.id, one])),
  });
