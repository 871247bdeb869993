import { emails, type forwardedBody, forwardedDecided } from '@signalbox/contract/channels/emails.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, writeAndRead } from '../transport/request.ts';

/** Mail that waits for somebody to say what it is. */
export const heldMailQuery = queryOptions({
  queryKey: ['held-mail'],
  queryFn: ({ signal }) => read('/api/v1/held-mail', { answer: emails, query: { limit: 100 }, signal }),
  select: ({ data }) => data,
});

/** Says whether the letter that a colleague passed on is the client's. */
export function useDecideForwarded() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: z.input<typeof forwardedBody> & { id: number }) =>
      writeAndRead('POST', `/api/v1/emails/${id}/forwarded`, { answer: forwardedDecided, body }),
    onSuccess: () =>
      Promise.all(['held-mail', 'messages', 'timeline'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
