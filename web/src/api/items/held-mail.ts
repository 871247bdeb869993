import {
  emails,
  type forwardedBody,
  forwardedDecided,
  type heldBody,
  heldDecided,
  trustedSenders,
} from '@signalbox/contract/channels/emails.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';

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

/** Lets mail through that was taken for a machine's, or keeps it. */
export function useDecideHeld() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: z.input<typeof heldBody> & { id: number }) =>
      writeAndRead('POST', `/api/v1/emails/${id}/held`, { answer: heldDecided, body }),
    onSuccess: () =>
      Promise.all(['held-mail', 'trusted'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Whose mail is never held back. */
export const trustedQuery = queryOptions({
  queryKey: ['trusted'],
  queryFn: ({ signal }) => read('/api/v1/trusted-senders', { answer: trustedSenders, signal }),
  select: ({ data }) => data,
});

export function useDistrust() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => write('DELETE', `/api/v1/trusted-senders/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['trusted'] }),
  });
}
