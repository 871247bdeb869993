import {
  type ChannelBody,
  channel,
  channelKinds,
  type channelPatch,
  channels,
} from '@signalbox/contract/channels/channels.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, writeAndRead } from './request.ts';

export const mailboxesQuery = queryOptions({
  queryKey: ['channels', 'mailbox'],
  queryFn: ({ signal }) => read('/api/v1/channels', { answer: channels, query: { kind: 'mailbox' }, signal }),
  select: ({ data }) => data,
});

export const channelKindsQuery = queryOptions({
  queryKey: ['channel-kinds'],
  queryFn: ({ signal }) => read('/api/v1/channels/kinds', { answer: channelKinds, signal }),
  select: ({ data }) => data,
});

export function useAddChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChannelBody) => writeAndRead('POST', '/api/v1/channels', { answer: channel, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
}

export function useSaveChannel(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof channelPatch>) =>
      writeAndRead('PATCH', `/api/v1/channels/${id}`, { answer: channel, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
}
