import { type MePatch, me } from '@signalbox/contract/people/session.ts';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => read('/api/v1/me', { answer: me, signal }),
});

/** The signed-in employee; only inside the shell, which has loaded it. */
export const useMe = () => useSuspenseQuery(meQuery).data;

export const saveMe = (body: MePatch) => writeAndRead('PATCH', '/api/v1/me', { answer: me, body });

const savingMe = ['save me'];

/** Shown at once: who ticks several columns does not wait for each. */
export function useSaveMe() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: savingMe,
    // What waits behind another has the last word on what both say: only that is sent.
    mutationFn: (body: MePatch) => {
      const waiting = client.getMutationCache().findAll({ mutationKey: savingMe, status: 'pending' });
      const place = waiting.findIndex(({ state }) => state.variables === body);
      const later = waiting.slice(place + 1).map(({ state }) => state.variables);
      return later.some((one) => saysAllOf(one, body)) ? Promise.resolve(null) : saveMe(body);
    },
    // One after the other, so that the last wish is the one that stays.
    scope: { id: 'me' },
    onMutate: async (body) => {
      await client.cancelQueries({ queryKey: meQuery.queryKey });
      client.setQueryData(meQuery.queryKey, (before) => before && { ...before, ...body });
    },
    onSettled: (_saved, _error, { language }) => {
      // The server words some answers in the person's language.
      if (language !== undefined) return client.invalidateQueries();
      if (client.isMutating({ mutationKey: savingMe }) === 1) return client.invalidateQueries(meQuery);
    },
  });
}

function saysAllOf(one: unknown, body: MePatch): boolean {
  return typeof one === 'object' && one !== null && Object.keys(body).every((key) => Object.hasOwn(one, key));
}
