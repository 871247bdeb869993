import { reset } from '@signalbox/contract/people/password-reset.ts';
import { invitation, type invitationAcceptance, type SignInBody } from '@signalbox/contract/people/session.ts';
import { type SetupBody, setupState } from '@signalbox/contract/people/setup.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write } from '../transport/request.ts';

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => read('/api/v1/setup', { answer: setupState, signal }),
});

export const useSetup = () => useQuery(setupQuery);

export const makeFirstAccount = (body: SetupBody) => write('POST', '/api/v1/setup', { body });
export const signIn = (body: SignInBody) => write('POST', '/api/v1/session', { body });
export const signOut = () => write('DELETE', '/api/v1/session');

export const askReset = (email: string) => write('POST', '/api/v1/password-resets', { body: { email } });

export const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ['reset', token],
    queryFn: ({ signal }) => read(`/api/v1/password-resets/${encodeURIComponent(token)}`, { answer: reset, signal }),
    retry: false,
  });

export const choosePassword = (token: string, password: string) =>
  write('POST', `/api/v1/password-resets/${encodeURIComponent(token)}`, { body: { password } });

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => read(`/api/v1/invitations/${encodeURIComponent(token)}`, { answer: invitation, signal }),
  });

export const acceptInvitation = (token: string, body: z.infer<typeof invitationAcceptance>) =>
  write('POST', `/api/v1/invitations/${encodeURIComponent(token)}`, { body });
