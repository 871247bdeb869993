import type pg from 'pg';
import { pruneAudit } from '../audit/prune-audit.ts';
import { deliverTask } from '../outbox/deliver.ts';
import { createDispatcher, type Dispatcher } from '../outbox/dispatch.ts';
import { expireLeases, listDue, probePaused } from '../outbox/watch-due.ts';
import type { Poll } from '../parts/part.ts';
import type { Context } from '../platform/context.ts';
import { startHeartbeat } from '../platform/jobs/heartbeat.ts';
import { startWorker } from '../platform/jobs/worker.ts';
import { listeners, makeSenders, parts } from './parts.ts';
import { tidyUp } from './tidy-up.ts';

const POLL_EVERY_MS = 1_000;
const LEASES_EVERY_MS = 5_000;
const PROBES_EVERY_MS = 5_000;
const PRUNE_EVERY_MS = 6 * 3_600_000;
const TIDY_EVERY_MS = 3_600_000;

/** The worker role: jobs, the heartbeat that hands on a dead process's jobs, and the polls for work whose hint was lost. */
export async function startJobs(context: Context, pool: pg.Pool): Promise<{ stop(): Promise<void> }> {
  const { log, config } = context;
  const deliverer = { context, senders: makeSenders(context), ...listeners };
  const dispatcher = createDispatcher(deliverer);
  const heartbeat = await startHeartbeat({ pool, log, roles: [...config.roles].join(',') });
  const tasks = [deliverTask(dispatcher.dispatch), ...parts.flatMap((part) => part.tasks?.(context) ?? [])];
  const worker = await startWorker({ pool, log, onWorkers: (ids) => heartbeat.setWorkers(ids) }, tasks);
  const polls = [
    { everyMs: POLL_EVERY_MS, work: () => sendDue(context, dispatcher) },
    { everyMs: LEASES_EVERY_MS, work: () => expireLeases(deliverer) },
    { everyMs: PROBES_EVERY_MS, work: () => probePaused(deliverer) },
    { everyMs: PRUNE_EVERY_MS, work: () => pruneAudit(context) },
    { everyMs: TIDY_EVERY_MS, work: () => tidyUp(context) },
    ...parts.flatMap((part) => part.polls?.(context) ?? []),
  ].map((poll) => repeat(context, poll));
  return {
    async stop() {
      await Promise.all(polls.map((poll) => poll.stop()));
      await worker.stop();
      await dispatcher.stop();
      await heartbeat.stop();
    },
  };
}

// Begun side by side and not waited for: the next look comes although a peer is slow.
async function sendDue(context: Context, { dispatch }: Dispatcher): Promise<void> {
  for (const posted of await listDue(context)) void dispatch(posted);
}

/** One after the other, never two at once. */
function repeat({ log }: Context, { everyMs, work }: Poll) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = work()
      .catch((error: unknown) => log.error({ err: error }, 'a poll for due work failed; the next follows'))
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
