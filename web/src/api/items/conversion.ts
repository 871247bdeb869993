import { type ConvertBody, conversionPlan, converted } from '@signalbox/contract/conversion.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

/** What a conversion of a lead would make. */
export const conversionQuery = (lead: number) =>
  queryOptions({
    queryKey: ['conversion', lead],
    queryFn: ({ signal }) => read(`/api/v1/items/${lead}/conversion`, { answer: conversionPlan, signal }),
    staleTime: 0,
  });

export function useConvert(lead: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ConvertBody) =>
      writeAndRead('POST', `/api/v1/items/${lead}/convert`, { answer: converted, body }),
    onSuccess: () =>
      Promise.all(
        [['item', lead], ['timeline', lead], ['conversion', lead], ['board'], ['client-items']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
