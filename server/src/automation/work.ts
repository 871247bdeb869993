import type { Task } from '../platform/jobs.ts';
import { type Deliverer, deliverTask } from './deliver.ts';
import { type Runner, runVisitsTask } from './run-visits.ts';
import { deliverDue, expireLeases, runDueVisits } from './watch-due.ts';

/** What a process with the role `worker` does: runs and deliveries. */
export interface Work {
  readonly runner: Runner;
  readonly deliverer: Deliverer;
}

export function workTasks({ runner, deliverer }: Work): Task[] {
  return [runVisitsTask(runner), deliverTask(deliverer)];
}

const POLL_MS = 1_000;

/** Behind the jobs, which are hints: every second what is due and was not done is done (semantics.md 5.3, 5.8). */
export function startWatching({ runner, deliverer }: Work, everyMs = POLL_MS): { stop(): Promise<void> } {
  const { log } = runner.context;
  let watching: Promise<void> | null = null;
  const watch = async () => {
    await runDueVisits(runner);
    await expireLeases(deliverer);
    await deliverDue(deliverer);
  };
  const timer = setInterval(() => {
    watching ??= watch()
      .catch((error: unknown) => log.error({ err: error }, 'looking for what is due failed; tried again within a second'))
      .finally(() => {
        watching = null;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await watching;
    },
  };
}
