import { run, runs, stopped } from '@signalbox/contract/automation/runs.ts';
import { itemSignals } from '@signalbox/contract/automation/signals.ts';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

const VISITS = 30;
const SIGNALS = 20;

/** The item's runs, newest visit first; a page holds whole visits. */
export const itemRunsQuery = (item: number) =>
  infiniteQueryOptions({
    queryKey: ['runs', item],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/items/${item}/runs`, { answer: runs, query: { limit: VISITS, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** The item's signals with what every trigger said of them, newest first. */
export const itemSignalsQuery = (item: number) =>
  infiniteQueryOptions({
    queryKey: ['signals', item],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/items/${item}/signals`, {
        answer: itemSignals,
        query: { limit: SIGNALS, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export type RunCommand = 'run-now' | 'cancel' | 'retry';

export function useRunCommand(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, command }: { id: number; command: RunCommand }) =>
      writeAndRead('POST', `/api/v1/runs/${id}/${command}`, { answer: run }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', item] }),
  });
}

export function useStopAutomation(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => writeAndRead('POST', `/api/v1/items/${item}/automation/stop`, { answer: stopped }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', item] }),
  });
}
