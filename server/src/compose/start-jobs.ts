import type pg from 'pg';
import { pruneAudit } from '../audit/prune-audit.ts';
import { deliverTask } from '../outbox/deliver.ts';
import { deliverDue, expireLeases, probePaused } from '../outbox/watch-due.ts';
import type { Look } from '../parts/part.ts';
import type { Context } from '../platform/context.ts';
import { startHeartbeat } from '../platform/jobs/heartbeat.ts';
import { startWorker } from '../platform/jobs/jobs.ts';
import { listeners, makeSenders, parts } from './parts.ts';

const LOOK_EVERY_MS = 1_000;
const LEASES_EVERY_MS = 5_000;
const PROBES_EVERY_MS = 5_000;
const PRUNE_EVERY_MS = 6 * 3_600_000;

/** The worker role: jobs, the heartbeat that hands on a dead process's jobs, and the looks for work whose hint was lost. */
export async function startJobs(context: Context, pool: pg.Pool): Promise<{ stop(): Promise<void> }> {
  const { log, config } = context;
  const deliverer = { context, senders: makeSenders(context), ...listeners };
  const heartbeat = await startHeartbeat({ pool, log, roles: [...config.roles].join(',') });
  const tasks = [deliverTask(deliverer), ...parts.flatMap((part) => part.tasks?.(context) ?? [])];
  const worker = await startWorker({ pool, log, onWorkers: (ids) => heartbeat.setWorkers(ids) }, tasks);
  const looks = [
    { everyMs: LOOK_EVERY_MS, work: () => deliverDue(deliverer) },
    { everyMs: LEASES_EVERY_MS, work: () => expireLeases(deliverer) },
    { everyMs: PROBES_EVERY_MS, work: () => probePaused(deliverer) },
    { everyMs: PRUNE_EVERY_MS, work: () => pruneAudit(context) },
    ...parts.flatMap((part) => part.looks?.(context) ?? []),
  ].map((look) => repeat(context, look));
  return {
    async stop() {
      await Promise.all(looks.map((look) => look.stop()));
      await worker.stop();
      await heartbeat.stop();
    },
  };
}

/** One after the other, never two at once. */
function repeat({ log }: Context, { everyMs, work }: Look) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = work()
      .catch((error: unknown) => log.error({ err: error }, 'a look for due work failed; the next follows'))
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs);
      });
  };
  timer = setTimeout(turn, everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
