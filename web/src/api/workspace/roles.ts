import { type RoleBody, type RolePatch, role, roles } from '@signalbox/contract/people/roles.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => read('/api/v1/roles', { answer: roles, query: { limit: 1000 }, signal }),
  select: ({ data }) => data,
});
export const useRoles = () => useQuery(rolesQuery);

export function useMakeRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RoleBody) => writeAndRead('POST', '/api/v1/roles', { answer: role, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['roles'] }),
  });
}

export function useSaveRole(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RolePatch) => writeAndRead('PATCH', `/api/v1/roles/${id}`, { answer: role, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['roles'] }),
  });
}

export function useDeleteRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => write('DELETE', `/api/v1/roles/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['roles'] }),
  });
}
