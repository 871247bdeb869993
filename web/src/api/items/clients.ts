import {
  type Company,
  type CompanyBody,
  type Contact,
  type ContactBody,
  companies,
  company,
  contact,
  contacts,
} from '@signalbox/contract/clients.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

export type ClientKind = 'contact' | 'company';
export type Client = (Contact | Company) & { company?: number | null };

export const clientsQuery = (kind: ClientKind, q: string) =>
  infiniteQueryOptions({
    queryKey: ['clients', kind, q],
    queryFn: ({ signal, pageParam }): Promise<{ data: Client[]; nextCursor: string | null }> => {
      const query = { q, cursor: pageParam, limit: 50 };
      return kind === 'contact'
        ? read('/api/v1/contacts', { answer: contacts, query, signal })
        : read('/api/v1/companies', { answer: companies, query, signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Those that `q` finds, as a file. */
export const clientsCsvAddress = (kind: ClientKind, q: string) =>
  `/api/v1/${kind === 'contact' ? 'contacts' : 'companies'}.csv${q === '' ? '' : `?${new URLSearchParams({ q })}`}`;

export const clientQuery = (kind: ClientKind, id: number) =>
  queryOptions({
    queryKey: ['client', kind, id],
    queryFn: ({ signal }): Promise<Client> =>
      kind === 'contact'
        ? read(`/api/v1/contacts/${id}`, { answer: contact, signal })
        : read(`/api/v1/companies/${id}`, { answer: company, signal }),
  });

export function useAddClient(kind: ClientKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ContactBody | CompanyBody): Promise<Client> =>
      kind === 'contact'
        ? writeAndRead('POST', '/api/v1/contacts', { answer: contact, body })
        : writeAndRead('POST', '/api/v1/companies', { answer: company, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['clients'] }),
  });
}

export function useSaveClient(kind: ClientKind, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<ContactBody & CompanyBody>): Promise<Client> =>
      kind === 'contact'
        ? writeAndRead('PATCH', `/api/v1/contacts/${id}`, { answer: contact, body })
        : writeAndRead('PATCH', `/api/v1/companies/${id}`, { answer: company, body }),
    onSuccess: (saved) => {
      client.setQueryData(clientQuery(kind, id).queryKey, saved);
      return Promise.all(['clients', 'item', 'board'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    },
  });
}
