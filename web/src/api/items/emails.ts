import {
  type Email,
  type EmailBody,
  email,
  emailQueued,
  emails,
  rebound,
} from '@signalbox/contract/channels/emails.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';

/** The e-mails of an item, by their id. */
export const emailsQuery = (item: number) =>
  queryOptions({
    queryKey: ['messages', item, 'email'],
    queryFn: ({ signal }) => readPages(item, signal),
    select: (data) => new Map(data.map((one) => [one.id, one])),
  });

const MOST = 200;

// A page ends where its letters are long together.
async function readPages(item: number, signal: AbortSignal): Promise<Email[]> {
  const all: Email[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: MOST - all.length, ...(cursor !== undefined && { cursor }) };
    const page = await read(`/api/v1/items/${item}/emails`, { answer: emails, query, signal });
    all.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && all.length < MOST);
  return all;
}

/** One e-mail with its remote images, which tell its sender that it was read. */
export const emailWithImagesQuery = (id: number, wanted: boolean) =>
  queryOptions({
    queryKey: ['email-images', id],
    queryFn: ({ signal }) => read(`/api/v1/emails/${id}`, { answer: email, query: { images: 1 }, signal }),
    enabled: wanted,
  });

export function useSendEmail(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EmailBody) =>
      writeAndRead('POST', `/api/v1/items/${item}/emails`, { answer: emailQueued, body }),
    onSuccess: () => refetchTalk(client, item),
  });
}

/** Sends a failed or uncertain delivery again, by a person's decision. */
export function useRetryDelivery(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (delivery: number) => write('POST', `/api/v1/deliveries/${delivery}/retry`),
    onSuccess: () => refetchTalk(client, item),
  });
}

export function useRebindEmail(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, to }: { id: number; to: number }) =>
      writeAndRead('POST', `/api/v1/emails/${id}/rebind`, { answer: rebound, body: { item: to } }),
    onSuccess: () => refetchTalk(client, item),
  });
}

/** A received message byte for byte as it came. */
export const rawUrl = (id: number) => `/api/v1/emails/${id}/raw`;

export const attachmentUrl = (id: number, number: number) => `/api/v1/emails/${id}/attachments/${number}`;

const refetchTalk = (client: ReturnType<typeof useQueryClient>, item: number) =>
  Promise.all(['timeline', 'messages'].map((name) => client.invalidateQueries({ queryKey: [name, item] })));
