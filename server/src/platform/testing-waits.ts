import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from './testing.ts';
import { withClient } from './testing-databases.ts';

const PATIENCE_MS = 60_000;

/** Looks again and again until it holds; fails saying what was waited for. */
export async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(5);
  }
}

/** How many sessions of the database wait for a lock at this moment. */
export async function countBlocked({ url }: Pick<TestDatabase, 'url'>): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]?.count ?? 0;
  });
}
