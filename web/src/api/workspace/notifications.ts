import { notifications } from '@signalbox/contract/notifications.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../transport/request.ts';

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => read('/api/v1/notifications', { answer: notifications, query: { limit: 30 }, signal }),
  select: ({ data }) => data,
});

export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      Promise.all(ids.map((id) => write('POST', `/api/v1/notifications/${id}/read`))),
    onSettled: () => Promise.all(['notifications', 'me'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
