import {
  type ChannelBody,
  type ChannelKind,
  channel,
  type channelPatch,
  channels,
  channelTest,
  channelUse,
} from '@signalbox/contract/channels/channels.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';

const ALL = 1_000;

export const channelsQuery = (kind: ChannelKind) =>
  queryOptions({
    queryKey: ['channels', kind],
    queryFn: ({ signal }) => read('/api/v1/channels', { answer: channels, query: { kind, limit: ALL }, signal }),
    select: ({ data }) => data,
  });

export const channelUseQuery = (id: number) =>
  queryOptions({
    queryKey: ['channels', 'use', id],
    queryFn: ({ signal }) => read(`/api/v1/channels/${id}/use`, { answer: channelUse, signal }),
    staleTime: 0,
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

/** Sends what waits for a paused channel, without waiting for the pause to end. */
export function useResumeChannel(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => write('POST', `/api/v1/channels/${id}/resume`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
}

/** Tries it now; what comes of it is no state of the channel. */
export function useTestChannel(id: number) {
  return useMutation({
    mutationFn: () => writeAndRead('POST', `/api/v1/channels/${id}/test`, { answer: channelTest }),
  });
}

export function useDeleteChannel(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => write('DELETE', `/api/v1/channels/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
}
