import { type ItemTypeBody, type ItemTypePatch, itemTypeEntry, itemTypes } from '@signalbox/contract/item-types.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { read, write, writeAndRead } from '../transport/request.ts';

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
  const { data: types } = useQuery(itemTypesQuery);
  const own = new Map(types?.map((process) => [process.code, process]));
  // Of a type that is gone its code is all that is left.
  const unknown = (type: string) => (types === undefined ? '…' : type);
  const name = (type: string, number: 'one' | 'many') => {
    const known = inTexts.find((one) => one === type);
    if (known !== undefined) return t(`types.${known}.${number}`);
    return own.get(type)?.[number === 'one' ? 'name' : 'plural'] ?? unknown(type);
  };
  return { one: (type) => name(type, 'one'), many: (type) => name(type, 'many') };
}

const inTexts = ['lead', 'deal', 'quote', 'invoice', 'contact', 'company'] as const;

/** How other programs name the type in `target=` of a webhook: `DEAL`, `DYNAMIC_128`. */
export function useWebhookTarget(type: string): string {
  const own = useSmartProcesses().find(({ code }) => code === type);
  return own === undefined ? (targets[type] ?? type.toUpperCase()) : `DYNAMIC_${own.id}`;
}

const targets: Readonly<Record<string, string>> = { invoice: 'SMART_INVOICE' };

export function useMakeItemType() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ItemTypeBody) => writeAndRead('POST', '/api/v1/item-types', { answer: itemTypeEntry, body }),
    onSuccess: refresh,
  });
}

export function useChangeItemType() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ code, ...body }: ItemTypePatch & { code: string }) =>
      writeAndRead('PATCH', `/api/v1/item-types/${code}`, { answer: itemTypeEntry, body }),
    onSuccess: refresh,
  });
}

export function useDeleteItemType() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (code: string) => write('DELETE', `/api/v1/item-types/${code}`),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all(['item-types', 'pipelines', 'fields'].map((name) => client.invalidateQueries({ queryKey: [name] })));
}
