import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const PAUSE_MS = 100;
const CANNOT_CONNECT_NOW = '57P03';
const CRASH_SHUTDOWN = '57P02';

/** A connection to a server that may be recovering from a crash, or restarting after one of its processes was killed. */
export async function connectPatiently(config: pg.ClientConfig, patienceMs = 60_000): Promise<pg.Client> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(PAUSE_MS)) {
    const client = new pg.Client(config);
    // What is lost here is tried again; what is lost later is the query's error.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > deadline || !isRecovering(error)) throw error;
    }
  }
}

function isRecovering(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error))
    return error instanceof Error && /terminated/i.test(error.message);
  return [CANNOT_CONNECT_NOW, CRASH_SHUTDOWN].includes(String(error.code));
}
