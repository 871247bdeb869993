import { itemTypes } from '@signalbox/contract/item-types.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { read } from './request.ts';

export const itemTypesQuery = queryOptions({
  queryKey: ['item-types'],
  queryFn: ({ signal }) => read('/api/v1/item-types', { answer: itemTypes, signal }),
  select: ({ data }) => data,
});

/** The types that people have made here. */
export function useSmartProcesses() {
  return (useQuery(itemTypesQuery).data ?? []).filter(({ standard }) => !standard);
}

export interface TypeNames {
  /** Of one: "Deal", "Contact", "Service request". */
  one(type: string): string;
  /** Of many: "Deals". */
  many(type: string): string;
}

/** What a type of item is called, or a kind of client: by the texts if it is standard, else as its makers call it. */
export function useTypeNames(): TypeNames {
  const { t } = useTranslation();
  const own = new Map(useSmartProcesses().map((process) => [process.code, process]));
  const name = (type: string, number: 'one' | 'many') => {
    const known = inTexts.find((one) => one === type);
    if (known !== undefined) return t(`types.${known}.${number}`);
    return own.get(type)?.[number === 'one' ? 'name' : 'plural'] ?? type;
  };
  return { one: (type) => name(type, 'one'), many: (type) => name(type, 'many') };
}

const inTexts = ['lead', 'deal', 'quote', 'invoice', 'contact', 'company'] as const;
