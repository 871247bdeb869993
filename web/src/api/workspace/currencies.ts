import { type CurrenciesBody, currencies } from '@signalbox/contract/currencies.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, writeAndRead } from '../transport/request.ts';

/** The exchange rates, with what they were before. */
export const currenciesQuery = queryOptions({
  queryKey: ['currencies'],
  queryFn: ({ signal }) => read('/api/v1/currencies', { answer: currencies, query: { all: 1 }, signal }),
});

export function useSaveCurrencies() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CurrenciesBody) => writeAndRead('PUT', '/api/v1/currencies', { answer: currencies, body }),
    onSuccess: () => Promise.all(['currencies', 'me'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
