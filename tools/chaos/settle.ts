import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Place } from '../outside/server.ts';

const SETTLE_WITHIN_MS = 180_000;

const health = z.object({ backlog: z.object({ signals: z.number(), runsDue: z.number(), deliveriesDue: z.number() }) });

/** Waits until nothing is due any more, or for so long. */
export async function settle({ url }: Place): Promise<void> {
  let quiet = 0;
  for (const deadline = Date.now() + SETTLE_WITHIN_MS; Date.now() < deadline; await sleep(250)) {
    const response = await fetch(`${url}/healthz`);
    const { backlog } = health.parse(await response.json());
    quiet = backlog.signals + backlog.runsDue + backlog.deliveriesDue === 0 ? quiet + 1 : 0;
    // Longer than the longest delay of a rule: what waits for its moment is not due yet.
    if (quiet >= 12) return;
  }
}
