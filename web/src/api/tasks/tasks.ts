import {
  type TaskKind,
  type TasksQuery,
  task,
  taskComments,
  taskCounts,
  taskHistory,
  tasks,
} from '@signalbox/contract/tasks.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

/** What a list of tasks is narrowed by; `status`: one or several, parted by commas. */
export interface TaskFilter {
  readonly item?: number | undefined;
  readonly parent?: number | undefined;
  readonly responsible?: number | undefined;
  readonly creator?: number | undefined;
  readonly observer?: number | undefined;
  readonly person?: number | undefined;
  readonly status?: string | undefined;
  readonly kind?: TaskKind | undefined;
  readonly open?: '1' | undefined;
  readonly overdue?: '1' | undefined;
  readonly deadlineFrom?: string | undefined;
  readonly deadlineTo?: string | undefined;
  readonly deadline?: '0' | '1' | undefined;
  readonly q?: string | undefined;
}

const PAGE = 100;

/** Page by page while scrolling. */
export const tasksQuery = (filter: TaskFilter, order: TasksQuery['order'], limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ['tasks', order, limit, filter],
    queryFn: ({ signal, pageParam }) =>
      read('/api/v1/tasks', { answer: tasks, query: { ...filter, order, limit, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

/** How many there are of each status; 1,001 stands for more than 1,000. */
export const taskCountsQuery = (filter: TaskFilter) =>
  queryOptions({
    queryKey: ['tasks', 'counts', filter],
    queryFn: ({ signal }) => read('/api/v1/tasks/counts', { answer: taskCounts, query: { ...filter }, signal }),
    select: ({ data }) => new Map(data.map(({ status, count }) => [status, count])),
    placeholderData: keepPreviousData,
  });

export const taskQuery = (id: number) =>
  queryOptions({
    queryKey: ['task', id],
    queryFn: ({ signal }) => read(`/api/v1/tasks/${id}`, { answer: task, signal }),
  });

export const taskCommentsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['task', id, 'comments'],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/tasks/${id}/comments`, { answer: taskComments, query: { cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const taskHistoryQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['task', id, 'history'],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/tasks/${id}/history`, { answer: taskHistory, query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
