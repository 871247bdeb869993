import pg from 'pg';
import type { RealtimeLink } from './realtime.ts';

const CHANNEL = 'signalbox';
const RECONNECT_MS = 1_000;

interface LinkOptions {
  readonly connection: pg.ClientConfig;
  /** Told when the connection is lost; it is made again by itself, and browsers refetch. */
  onLost(error: Error): void;
}

/** One connection that listens and notifies. Losing a notice only delays: engines poll and browsers refetch. */
export async function connectRealtime({
  connection,
  onLost,
}: LinkOptions): Promise<RealtimeLink & { close(): Promise<void> }> {
  let listener: (payload: string) => void = () => {};
  let client: pg.Client | null = null;
  let closed = false;

  const connect = async () => {
    const fresh = new pg.Client(connection);
    fresh.on('notification', (notice) => listener(notice.payload ?? ''));
    fresh.on('error', lose);
    await fresh.connect();
    // A notice is not worth a wait for the disk.
    await fresh.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    client = fresh;
  };
  const lose = (error: Error) => {
    if (client === null || closed) return;
    client = null;
    onLost(error);
    setTimeout(reconnect, RECONNECT_MS).unref();
  };
  const reconnect = () => {
    if (!closed) connect().catch(() => setTimeout(reconnect, RECONNECT_MS).unref());
  };

  await connect();
  return {
    onMessage(next) {
      listener = next;
    },
    async send(payloads) {
      if (client === null || payloads.length === 0) return;
      await client.query('select pg_notify($1, p) from unnest($2::text[]) p', [CHANNEL, payloads]).catch(lose);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
