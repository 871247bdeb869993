import { handedOver, holdings } from '@signalbox/contract/people/hand-over.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { read, write, writeAndRead } from '../transport/request.ts';

/** What a colleague is responsible for. */
export const holdingsQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id, 'holdings'],
    queryFn: ({ signal }) => read(`/api/v1/users/${id}/holdings`, { answer: holdings, signal }),
  });

/** Hands everything over to another colleague if one is given, then dismisses. `left`: items that still wait, while it goes on. */
export function useDismiss(id: number) {
  const client = useQueryClient();
  const [left, setLeft] = useState<number | null>(null);
  const mutation = useMutation({
    mutationFn: async (to: number | null) => {
      for (let waiting = to === null ? 0 : 1; waiting > 0; ) {
        const body = { to: to ?? 0 };
        const answer = await writeAndRead('POST', `/api/v1/users/${id}/hand-over`, { answer: handedOver, body });
        waiting = answer.left;
        setLeft(waiting);
      }
      await write('PATCH', `/api/v1/users/${id}`, { body: { dismissed: true } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  return { ...mutation, left };
}
