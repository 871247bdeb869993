import { type ReferenceKind, references } from '@signalbox/contract/automation/references.ts';
import { channels } from '@signalbox/contract/channels/channels.ts';
import { fields } from '@signalbox/contract/fields.ts';
import { items } from '@signalbox/contract/items.ts';
import { departments } from '@signalbox/contract/people/departments.ts';
import { keyMade, users } from '@signalbox/contract/people/users.ts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read, writeAndRead } from '../transport/request.ts';
import { automationQuery, type BoardAddress } from './automation.ts';
import { pipelinesQuery } from './pipelines.ts';

const LATEST = 20;

/** What the settings forms choose from. Keys are those of the other screens, so that one answer serves both. */
export const automationFactsQueries = {
  fields: (type: string) =>
    queryOptions({
      queryKey: ['fields', type],
      queryFn: ({ signal }) => read('/api/v1/fields', { answer: fields, query: { type }, signal }),
      select: ({ data }) => data,
    }),
  clientFields: queryOptions({
    queryKey: ['fields', 'contact'],
    queryFn: ({ signal }) => read('/api/v1/fields', { answer: fields, query: { type: 'contact' }, signal }),
    select: ({ data }) => data,
  }),
  users: queryOptions({
    queryKey: ['users'],
    queryFn: ({ signal }) => read('/api/v1/users', { answer: users, query: { limit: 500 }, signal }),
    select: ({ data }) =>
      data.filter(({ dismissedAt }) => dismissedAt === null).map(({ id, name, email }) => ({ id, name, email })),
  }),
  departments: queryOptions({
    queryKey: ['departments'],
    queryFn: ({ signal }) => read('/api/v1/departments', { answer: departments, signal }),
    select: ({ data }) => data.map(({ name }) => name),
  }),
  channels: queryOptions({
    queryKey: ['channels'],
    queryFn: ({ signal }) => read('/api/v1/channels', { answer: channels, query: { limit: 1_000 }, signal }),
    select: ({ data }) =>
      data.map(({ id, kind, name, enabled, settings: { number } }) => ({
        ...{ id, kind, enabled },
        name: typeof number === 'string' && !name.includes(number) ? `${name} (${number})` : name,
      })),
  }),
  references: (kind: ReferenceKind) =>
    queryOptions({
      queryKey: ['references', kind],
      queryFn: ({ signal }) => read(`/api/v1/references/${kind}`, { answer: references, signal }),
      select: ({ data }) => data.map(({ id, name }) => ({ value: String(id), label: name })),
    }),
  latestItems: (type: string) =>
    queryOptions({
      queryKey: ['items', 'latest', type],
      queryFn: async ({ signal }) => {
        const { data } = await read('/api/v1/items', { answer: items, query: { type, limit: LATEST }, signal });
        return data.map(({ id, title }) => ({ id, title }));
      },
    }),
};

/** Asks at once for all that the automation screen waits for; what fails is asked for again, and told, by the screen. */
export function fetchScreen(client: QueryClient, address: BoardAddress): Promise<unknown> {
  const { fields, clientFields, users, departments, channels } = automationFactsQueries;
  return Promise.all([
    client.prefetchQuery(automationQuery(address)),
    client.prefetchQuery(pipelinesQuery),
    client.prefetchQuery(fields(address.type)),
    client.prefetchQuery(clientFields),
    client.prefetchQuery(users),
    client.prefetchQuery(departments),
    client.prefetchQuery(channels),
  ]);
}

/** The address that other systems call in this employee's name; its secret is answered only now. */
export async function makeWebhook(employeeId: number): Promise<string> {
  const made = await writeAndRead('POST', `/api/v1/users/${employeeId}/keys`, {
    answer: keyMade,
    body: { kind: 'webhook', name: 'automation' },
  });
  return (made.url ?? `${location.origin}/rest/${employeeId}/${made.key}`).replace(/\/$/, '');
}

const answer = z.looseObject({ error_description: z.string().optional() });

/** Calls an address of ours as another system would; null when it was taken, else what was answered. */
export async function callAddress(url: string): Promise<string | null> {
  const response = await fetch(url, { method: 'POST', credentials: 'omit' });
  if (response.ok) return null;
  const said = answer.safeParse(await response.json().catch(() => ({})));
  return said.data?.error_description ?? String(response.status);
}
