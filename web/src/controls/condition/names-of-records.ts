import { parseClientRef } from '@signalbox/contract/fields.ts';
import { queryOptions, useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import { clientQuery } from '../../api/items/clients.ts';
import { itemQuery } from '../../api/items/items.ts';
import { queryClient } from '../../api/transport/query-client.ts';
import type { Variable } from '../form-facts.tsx';
import { isGroup, type Node } from './tree.ts';
import { variableAt } from './variable-at.ts';

/** What clients and items are called, by `client contact:5` and `item 7`. */
export type NamesOfRecords = Readonly<Record<string, string>>;

type Kind = 'client' | 'item';
export const recordKey = (kind: Kind, value: unknown) => `${kind} ${String(value)}`;

/** The clients and items that a condition names. */
export function recordsIn(node: Node, variables: readonly Variable[]): readonly string[] {
  if (isGroup(node)) return [...new Set(node.nodes.flatMap((child) => recordsIn(child, variables)))];
  const kind = variableAt(variables, node.field)?.field.kind;
  if (kind !== 'client' && kind !== 'item') return [];
  return valuesOf(node.value).map((value) => recordKey(kind, value));
}

// One, a list, or what it changed from and to.
const valuesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [value];

/** Their names as they come in; one that is gone keeps what the condition says. */
export function useNamesOfRecords(records: readonly string[]): NamesOfRecords {
  const told = records.join();
  const combine = useCallback(
    (answers: readonly { readonly data: string | undefined }[]): NamesOfRecords =>
      Object.fromEntries(
        told.split(',').flatMap((record, at) => (answers[at]?.data ? [[record, answers[at].data]] : [])),
      ),
    [told],
  );
  return useQueries({ queries: records.map(nameQuery), combine });
}

const nameQuery = (record: string) =>
  queryOptions({ queryKey: ['name of', record], queryFn: () => nameOf(record), retry: false });

async function nameOf(record: string): Promise<string> {
  const [kind, value = ''] = record.split(' ');
  if (kind === 'item') return (await queryClient.fetchQuery(itemQuery(Number(value)))).title;
  const client = parseClientRef(value);
  return client === undefined ? value : (await queryClient.fetchQuery(clientQuery(client.kind, client.id))).name;
}
