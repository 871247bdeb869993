import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { reportConnection } from './connection.ts';
import { type Happening, isStale } from './stale-after.ts';

// Any topic: a server that is newer than this page may tell of more.
const happening = z.object({ topic: z.string(), kind: z.string(), id: z.number() });
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
  const parsed = happening.safeParse(JSON.parse(data));
  return parsed.success ? [parsed.data] : [];
}

function refetchStale(client: QueryClient, batch: readonly Happening[]) {
  void client.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey, batch) });
}
