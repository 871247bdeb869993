import { access } from '@signalbox/contract/people/roles.ts';
import { queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

export type Accessed = 'items' | 'contacts' | 'companies';

/** Who can see it, and why. */
export const accessQuery = (noun: Accessed, id: number) =>
  queryOptions({
    queryKey: ['access', noun, id],
    queryFn: ({ signal }) => read(`/api/v1/${noun}/${id}/access`, { answer: access, signal }),
    staleTime: 0,
  });
