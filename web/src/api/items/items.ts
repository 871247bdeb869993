import { type ItemBody, type ItemPatch, item, items, move, notMoved } from '@signalbox/contract/items.ts';
import { history, timeline, timelineEntry } from '@signalbox/contract/timeline.ts';
import { infiniteQueryOptions, queryOptions, useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';

export const itemQuery = (id: number) =>
  queryOptions({
    queryKey: ['item', id],
    queryFn: ({ signal }) => read(`/api/v1/items/${id}`, { answer: item, signal }),
  });

export const timelineQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/items/${id}/timeline`, { answer: timeline, query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const historyQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['history', id],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/items/${id}/history`, { answer: history, query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const clientItemsQuery = (kind: 'contact' | 'company', id: number) =>
  queryOptions({
    queryKey: ['client-items', kind, id],
    queryFn: ({ signal }) => read(`/api/v1/${paths[kind]}/${id}/items`, { answer: items, signal }),
    select: ({ data }) => data,
  });

const paths = { contact: 'contacts', company: 'companies' } as const;

export const addItem = (body: ItemBody) => writeAndRead('POST', '/api/v1/items', { answer: item, body });

/** `add` may ask for more before it adds. */
export function useAddItem(add: typeof addItem) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: add,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['board'] }),
        client.invalidateQueries({ queryKey: ['client-items'] }),
      ]),
  });
}

export function useSaveItem(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ItemPatch) => writeAndRead('PATCH', `/api/v1/items/${id}`, { answer: item, body }),
    onSuccess: (saved) => {
      client.setQueryData(itemQuery(id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['board'] });
    },
  });
}

/** Null when it stood there already. */
export async function moveItem(id: number, stage: string, pipeline?: number) {
  const answer = z.union([move, notMoved]);
  const moved = await writeAndRead('POST', `/api/v1/items/${id}/moves`, { answer, body: { stage, pipeline } });
  return 'moved' in moved ? null : moved;
}

export const deleteItem = (id: number) => write('DELETE', `/api/v1/items/${id}`);

const commentKey = (id: number) => ['comment', id];

/** `sent` is called even if the form has been left meanwhile. */
export function useAddComment(id: number, sent: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: commentKey(id),
    mutationFn: (text: string) =>
      writeAndRead('POST', `/api/v1/items/${id}/comments`, { answer: timelineEntry, body: { text } }),
    onSuccess: () => {
      sent();
      return client.invalidateQueries({ queryKey: ['timeline', id] });
    },
  });
}

/** Whether a comment on an item is on its way, from whichever form. */
export const useIsCommenting = (id: number) => useIsMutating({ mutationKey: commentKey(id) }) > 0;
