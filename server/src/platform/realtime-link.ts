import pg from 'pg';
import type { RealtimeLink } from './realtime.ts';

const CHANNEL = 'signalbox';
const RECONNECT_MS = 1_000;
const COUNT_MS = 10_000;
const LISTENER = 'signalbox_realtime';
const HELLO = 'hello';

interface LinkOptions {
  readonly connection: pg.ClientConfig;
  /** Told when the connection is lost; it is made again by itself, and browsers refetch. */
  onLost(error: Error): void;
}

/**
 * One connection that listens and notifies. Losing a notice only delays: engines poll and browsers refetch. While no other process
 * listens nothing is sent, which would cost every change a statement; who begins to listen says so, and is counted now and then.
 */
export async function connectRealtime({
  connection,
  onLost,
}: LinkOptions): Promise<RealtimeLink & { close(): Promise<void> }> {
  let listener: (payload: string) => void = () => {};
  let client: pg.Client | null = null;
  let hasOthers = false;
  let closed = false;

  const connect = async () => {
    const fresh = new pg.Client(connection);
    fresh.on('notification', ({ payload = '', processId }) => {
      if (processId !== ownPid(fresh)) hasOthers = true;
      if (payload !== HELLO) listener(payload);
    });
    fresh.on('error', lose);
    await fresh.connect();
    // A notice is not worth a wait for the disk.
    await fresh.query(
      `set synchronous_commit = off; set application_name = '${LISTENER}'; listen ${CHANNEL}; notify ${CHANNEL}, '${HELLO}'`,
    );
    hasOthers = await areOthersThere(fresh);
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
  const count = async () => {
    if (client !== null) hasOthers = await areOthersThere(client);
  };

  await connect();
  const counting = setInterval(() => void count().catch(lose), COUNT_MS).unref();
  return {
    onMessage(next) {
      listener = next;
    },
    async send(payloads) {
      if (client === null || payloads.length === 0 || !hasOthers) return;
      await client.query('select pg_notify($1, p) from unnest($2::text[]) p', [CHANNEL, payloads]).catch(lose);
    },
    async close() {
      closed = true;
      clearInterval(counting);
      await client?.end();
    },
  };
}

async function areOthersThere(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ others: boolean }>(
    `select exists (select from pg_stat_activity
       where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()) as others`,
    [LISTENER],
  );
  return rows[0]?.others ?? true;
}

// The driver knows it, its types do not say so.
function ownPid(client: pg.Client): unknown {
  return 'processID' in client ? client.processID : undefined;
}
