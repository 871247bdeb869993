import {
  type confirmation,
  ownSessions,
  type passwordChange,
  passwordChanged,
} from '@signalbox/contract/people/own-account.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';
import { signByOwnPasskey } from './passkeys.ts';

export const ownSessionsQuery = queryOptions({
  queryKey: ['own sessions'],
  queryFn: async ({ signal }) => (await read('/api/v1/me/sessions', { answer: ownSessions, signal })).data,
});

/** One by its id, or all but this one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: string | 'others') =>
      write('DELETE', `/api/v1/me/sessions${which === 'others' ? '' : `/${encodeURIComponent(which)}`}`),
    onSettled: () => client.invalidateQueries(ownSessionsQuery),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof passwordChange>) =>
      writeAndRead('POST', '/api/v1/me/password', { answer: passwordChanged, body }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries(ownSessionsQuery), client.invalidateQueries({ queryKey: ['keys'] })]),
  });
}

export const confirmByPasskey = async () => confirmPassword({ passkey: await signByOwnPasskey() });

export const confirmPassword = (body: z.infer<typeof confirmation>) =>
  write('POST', '/api/v1/session/confirm', { body });
