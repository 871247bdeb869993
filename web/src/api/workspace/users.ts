import { department, type departmentBody, departments } from '@signalbox/contract/people/departments.ts';
import { type invitationBody, invitationMade } from '@signalbox/contract/people/session.ts';
import { type keyBody, keyMade, keys, type UserPatch, user, users } from '@signalbox/contract/people/users.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => read('/api/v1/users', { answer: users, query: { limit: 500 }, signal }),
  select: ({ data }) => data,
});
export const useUsers = () => useQuery(usersQuery);

export const departmentsQuery = queryOptions({
  queryKey: ['departments'],
  queryFn: ({ signal }) => read('/api/v1/departments', { answer: departments, signal }),
  select: ({ data }) => data,
});
export const useDepartments = () => useQuery(departmentsQuery);

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof invitationBody>) =>
      writeAndRead('POST', '/api/v1/invitations', { answer: invitationMade, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useSaveUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserPatch & { id: number }) =>
      writeAndRead('PATCH', `/api/v1/users/${id}`, { answer: user, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useAddDepartment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof departmentBody>) =>
      writeAndRead('POST', '/api/v1/departments', { answer: department, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['departments'] }),
  });
}

export const keysQuery = (userId: number) =>
  queryOptions({
    queryKey: ['keys', userId],
    queryFn: ({ signal }) => read(`/api/v1/users/${userId}/keys`, { answer: keys, signal }),
    select: ({ data }) => data,
  });

export function useMakeKey(userId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof keyBody>) =>
      writeAndRead('POST', `/api/v1/users/${userId}/keys`, { answer: keyMade, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys', userId] }),
  });
}

export function useRevokeKey(userId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: number) => write('DELETE', `/api/v1/users/${userId}/keys/${key}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys', userId] }),
  });
}
