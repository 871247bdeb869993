import { type Field, type FieldBody, type FieldPatch, field, fields, fieldUse } from '@signalbox/contract/fields.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';

export const fieldsQuery = (type: string) =>
  queryOptions({
    queryKey: ['fields', type],
    queryFn: ({ signal }) => read('/api/v1/fields', { answer: fields, query: { type }, signal }),
    select: ({ data }) => data,
  });

/** The fields of a type that the caller may see. */
export const useFields = (type: string) =>
  useQuery({ ...fieldsQuery(type), select: ({ data }) => data.filter(isSeen) });

/** Those that are hidden from the caller too, for who sets them up. */
export const useAllFields = (type: string) => useQuery(fieldsQuery(type));

export const isSeen = ({ limit }: Pick<Field, 'limit'>) => limit !== 'hidden';

/** Whether the caller may fill in one of them; not before it is known. */
export function useMayFill(type: string): (code: string) => boolean {
  const { data = [] } = useFields(type);
  return (code) => data.some((field) => field.code === code && field.limit === null);
}

export function useAddField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FieldBody) => writeAndRead('POST', '/api/v1/fields', { answer: field, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['fields'] }),
  });
}

interface Owned {
  readonly type: string;
  readonly code: string;
}

/** What would miss the field. */
export const fieldUseQuery = ({ type, code }: Owned) =>
  queryOptions({
    queryKey: ['fields', type, 'use', code],
    queryFn: ({ signal }) => read(`/api/v1/fields/${type}/${code}/use`, { answer: fieldUse, signal }),
    staleTime: 0,
  });

export function useChangeField({ type, code }: Owned) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FieldPatch) => writeAndRead('PATCH', `/api/v1/fields/${type}/${code}`, { answer: field, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['fields'] }),
  });
}

export function useDeleteField({ type, code }: Owned) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => write('DELETE', `/api/v1/fields/${type}/${code}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['fields'] }),
  });
}

export function useOrderFields(type: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (codes: readonly string[]) => write('PUT', `/api/v1/fields/${type}/order`, { body: { codes } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['fields'] }),
  });
}
