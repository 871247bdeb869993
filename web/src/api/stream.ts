import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { reportConnection } from './connection.ts';

const happening = z.object({ topic: z.string(), kind: z.string().default(''), id: z.number().nullish() });
export type Happening = z.infer<typeof happening>;

// Which queries (by the first word of their key) are stale after something of this topic has happened.
const staleAfter: Record<string, readonly string[]> = {
  items: ['board', 'items', 'item', 'client-items', 'stats'],
  timeline: ['timeline'],
  notifications: ['notifications', 'me'],
  signals: ['signals', 'stats'],
  runs: ['runs', 'board', 'stats'],
  emails: ['emails', 'timeline', 'sandbox', 'board'],
  boards: ['automation', 'versions', 'stats'],
  clients: ['clients', 'client', 'board'],
  contacts: ['clients', 'client', 'board'],
  companies: ['clients', 'client', 'board'],
  pipelines: ['pipelines', 'board'],
  fields: ['fields'],
  'item-types': ['item-types', 'pipelines', 'fields'],
  people: ['users', 'departments'],
  channels: ['channels'],
};

// An item's own pages follow it; ['item', 12, …] is refetched only if it was item 12.
const ofOneItem = ['item', 'timeline', 'history', 'signals', 'runs', 'emails'];

// The id of these events is an item's.
const aboutItems = ['items', 'timeline', 'runs', 'emails'];

const gatherMs = 120;
const reopenMs = 2000;

/** Follows the server's events while signed in, and refetches what they make stale. */
export function useLiveUpdates() {
  const client = useQueryClient();
  useEffect(() => followStream(client), [client]);
}

function followStream(client: QueryClient): () => void {
  const gathered = gatherHappenings(client);
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let interrupted = false;

  const open = () => {
    source = new EventSource('/api/v1/stream');
    source.onmessage = (message) => gathered.add(message.data);
    source.onopen = () => {
      reportConnection(true);
      if (interrupted) void client.invalidateQueries();
      interrupted = false;
    };
    source.onerror = () => {
      interrupted = true;
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, reopenMs);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    gathered.stop();
    source?.close();
  };
}

// A trigger that moves a hundred cards must not refetch the board a hundred times.
function gatherHappenings(client: QueryClient) {
  let waiting: Happening[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const batch = waiting;
    waiting = [];
    refetchStale(client, batch);
  };
  return {
    add: (data: string) => {
      waiting.push(...parseHappenings(data));
      timer ??= setTimeout(flush, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}

function parseHappenings(data: string): Happening[] {
  const parsed = z.union([z.array(happening), happening.transform((one) => [one])]).safeParse(JSON.parse(data));
  return parsed.data ?? [];
}

function refetchStale(client: QueryClient, batch: readonly Happening[]) {
  const ids = new Set(batch.filter(({ topic }) => aboutItems.includes(topic)).map(({ id }) => id));
  const many = batch.some(({ kind }) => kind === 'many');
  const names = new Set(batch.flatMap(({ topic }) => staleAfter[topic] ?? [topic]));
  void client.invalidateQueries({
    predicate: ({ queryKey: [name, id] }) => {
      if (typeof name !== 'string') return false;
      if (ofOneItem.includes(name) && ids.size > 0 && (many || ids.has(Number(id)))) return true;
      return names.has(name) && name !== 'item';
    },
  });
}
