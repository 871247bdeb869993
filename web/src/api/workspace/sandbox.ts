import { fetched, machines, replied, sandboxMails } from '@signalbox/contract/channels/sandbox.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

export const sandboxMailQuery = infiniteQueryOptions({
  queryKey: ['sandbox', 'mail'],
  queryFn: ({ signal, pageParam }) =>
    read('/api/v1/sandbox/mail', { answer: sandboxMails, query: { cursor: pageParam }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export const machinesQuery = queryOptions({
  queryKey: ['machines'],
  queryFn: ({ signal }) => read('/api/v1/sandbox/machines', { answer: machines, signal }),
  select: ({ data }) => data,
});

export type SandboxAct =
  | { do: 'open'; as: string }
  | { do: 'click'; as: string; url: string }
  | { do: 'reply'; text: string; auto: boolean };

/** Opens, clicks or answers a mail as its receiver, through the public addresses in it. */
export function useSandboxAct(mail: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ do: verb, ...body }: SandboxAct) => {
      const path = `/api/v1/sandbox/mail/${mail}/${verb}`;
      if (verb === 'reply') await writeAndRead('POST', path, { answer: replied, body });
      else await writeAndRead('POST', path, { answer: fetched, body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['sandbox'] }),
  });
}
