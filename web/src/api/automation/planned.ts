import {
  type PlannedChange,
  type PlannedKind,
  plannedChanged,
  plannedList,
  plannedRules,
} from '@signalbox/contract/automation/planned.ts';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

/** What the list is narrowed by. */
export interface PlannedFilter {
  readonly kind?: PlannedKind | undefined;
  readonly responsible?: number | undefined;
  readonly pipeline?: number | undefined;
  readonly rule?: string | undefined;
  readonly from?: string | undefined;
}

const PAGE = 50;

export const plannedQuery = (filter: PlannedFilter) =>
  infiniteQueryOptions({
    queryKey: ['planned', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      read('/api/v1/planned', { answer: plannedList, query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export const plannedRulesQuery = queryOptions({
  queryKey: ['planned', 'rules'],
  queryFn: ({ signal }) => read('/api/v1/planned/rules', { answer: plannedRules, signal }),
  select: ({ data }) => data,
});

/** Does, moves or cancels several that wait. */
export function useChangePlanned() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PlannedChange) =>
      writeAndRead('POST', '/api/v1/planned/change', { answer: plannedChanged, body }),
    onSettled: () =>
      Promise.all(['planned', 'runs', 'tasks', 'task'].map((word) => client.invalidateQueries({ queryKey: [word] }))),
  });
}
