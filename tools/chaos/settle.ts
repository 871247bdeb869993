import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Place } from '../outside/server.ts';
import { withDatabase } from './with-database.ts';

const SETTLE_WITHIN_MS = 180_000;

const health = z.object({ backlog: z.object({ signals: z.number(), runsDue: z.number(), deliveriesDue: z.number() }) });

/** Waits until everything has ended, what is tried again later and what a lease still holds too, or for so long. */
export async function settle(place: Place): Promise<void> {
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  do await untilNothingIsDue(place, deadline);
  while ((await countUnfinished(place)) > 0 && Date.now() < deadline);
}

async function untilNothingIsDue({ url }: Place, deadline: number): Promise<void> {
  let quiet = 0;
  for (; Date.now() < deadline; await sleep(250)) {
    const response = await fetch(`${url}/healthz`);
    const { backlog } = health.parse(await response.json());
    quiet = backlog.signals + backlog.runsDue + backlog.deliveriesDue === 0 ? quiet + 1 : 0;
    if (quiet >= 12) return;
  }
}

const countUnfinished = ({ dataDir }: Place) =>
  withDatabase(dataDir, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select ((select count(*) from runs where state in ('waiting', 'running'))
        + (select count(*) from outbox where state in ('queued', 'sending')))::int as count`,
    );
    return rows[0]?.count ?? 0;
  });
