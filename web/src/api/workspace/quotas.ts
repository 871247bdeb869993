import { quotas } from '@signalbox/contract/quotas.ts';
import { queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

/** What the workspace may have, and what it uses. */
export const quotasQuery = queryOptions({
  queryKey: ['quotas'],
  queryFn: ({ signal }) => read('/api/v1/quotas', { answer: quotas, signal }),
  select: ({ data }) => data,
});
