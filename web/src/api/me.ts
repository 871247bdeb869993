import { type MePatch, me } from '@signalbox/contract/session.ts';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { read, writeAndRead } from './request.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => read('/api/v1/me', { answer: me, signal }),
});

/** The signed-in employee; only inside the shell, which has loaded it. */
export const useMe = () => useSuspenseQuery(meQuery).data;

export const saveMe = (body: MePatch) => writeAndRead('PATCH', '/api/v1/me', { answer: me, body });

export function useSaveMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveMe,
    onSuccess: (saved) => client.setQueryData(meQuery.queryKey, saved),
  });
}
