import { type FieldBody, field, fields } from '@signalbox/contract/fields.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from './request.ts';

export const fieldsQuery = (type: string) =>
  queryOptions({
    queryKey: ['fields', type],
    queryFn: ({ signal }) => read('/api/v1/fields', { answer: fields, query: { type }, signal }),
    select: ({ data }) => data,
  });

export const useFields = (type: string) => useQuery(fieldsQuery(type));

export function useAddField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FieldBody) => writeAndRead('POST', '/api/v1/fields', { answer: field, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['fields'] }),
  });
}
