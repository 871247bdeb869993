import {
  call,
  callMade,
  type callPatch,
  callStatistics,
  calls,
  dialLines,
  lineStates,
  liveCalls,
} from '@signalbox/contract/channels/calls.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, writeAndRead } from '../transport/request.ts';

/** The calls of an item, by their id. */
export const itemCallsQuery = (item: number) =>
  queryOptions({
    queryKey: ['messages', item, 'calls'],
    queryFn: ({ signal }) => read('/api/v1/calls', { answer: calls, query: { item, limit: 200 }, signal }),
    select: ({ data }) => new Map(data.map((one) => [one.id, one])),
  });

export interface CallFilter {
  readonly unreturned?: boolean | undefined;
  readonly line?: number | undefined;
  readonly direction?: 'incoming' | 'outgoing' | undefined;
  readonly q?: string | undefined;
}

export const callsQuery = ({ unreturned, line, direction, q }: CallFilter) =>
  infiniteQueryOptions({
    queryKey: ['calls', unreturned ?? false, line ?? null, direction ?? null, q ?? ''],
    queryFn: ({ signal, pageParam }) => {
      const query = { unreturned: unreturned ? '1' : undefined, line, direction, q: q || undefined };
      return read('/api/v1/calls', { answer: calls, query: { ...query, cursor: pageParam || undefined }, signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** What rings here, or is talked right now. */
export const liveCallsQuery = queryOptions({
  queryKey: ['live-calls'],
  queryFn: ({ signal }) => read('/api/v1/calls/live', { answer: liveCalls, signal }),
  select: ({ data }) => data,
  staleTime: 0,
});

/** The lines on which a click on a number makes the telephone ring. */
export const dialLinesQuery = queryOptions({
  queryKey: ['dialling'],
  queryFn: ({ signal }) => read('/api/v1/calls/dialling', { answer: dialLines, signal }),
  select: ({ data }) => data,
});

export const callStatisticsQuery = (line: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['calls', 'statistics', line ?? null, days],
    queryFn: ({ signal }) =>
      read('/api/v1/calls/statistics', { answer: callStatistics, query: { line, days }, signal }),
    select: ({ data }) => data,
  });

/** How the lines are heard, for who may change them. */
export const lineStatesQuery = queryOptions({
  queryKey: ['channels', 'lines'],
  queryFn: ({ signal }) => read('/api/v1/calls/lines', { answer: lineStates, signal }),
  select: ({ data }) => data,
});

/** What came of a call, told by this person. */
export function useChangeCall() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number } & z.input<typeof callPatch>) =>
      writeAndRead('PATCH', `/api/v1/calls/${id}`, { answer: call, body }),
    onSuccess: () => refetchCalls(client),
  });
}

export function useDial() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { number: string; item?: number | undefined }) =>
      writeAndRead('POST', '/api/v1/calls/dial', { answer: callMade, body }),
    onSuccess: () => refetchCalls(client),
  });
}

/** A client's phone in the sandbox calls a line. */
export function useRing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { line: number; direction: 'incoming' | 'outgoing'; number: string | null }) =>
      writeAndRead('POST', '/api/v1/calls', { answer: callMade, body }),
    onSuccess: () => refetchCalls(client),
  });
}

/** What the client does at the other end, in the sandbox. */
export function useClientAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act }: { id: number; act: 'answer' | 'hang-up' }) =>
      writeAndRead('POST', `/api/v1/sandbox/calls/${id}/client`, { answer: call, body: { do: act } }),
    onSuccess: () => refetchCalls(client),
  });
}

export function useTieCall() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, item }: { id: number; item: number }) =>
      writeAndRead('POST', `/api/v1/calls/${id}/rebind`, { answer: call, body: { item } }),
    onSuccess: () => refetchCalls(client),
  });
}

export const recordingUrl = (id: number) => `/api/v1/calls/${id}/recording`;

const refetchCalls = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(['calls', 'live-calls', 'messages'].map((name) => client.invalidateQueries({ queryKey: [name] })));
