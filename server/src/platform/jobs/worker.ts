import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobHelpers, Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from '../log.ts';
import type { Task } from './jobs.ts';
import { patientPool } from './queue-pool.ts';

export interface WorkerOptions {
  /** A pool of the owner: the queue's own tables belong to it. */
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly concurrency?: number;
  /** Told the ids under which this process locks jobs, for the heartbeat. */
  onWorkers?(workerIds: readonly string[]): void;
}

const AGAIN_AFTER_MS = 1_000;

/**
 * Works off jobs until `stop()`, which lets running ones end, but does not wait for a PostgreSQL that is away. Should the queue give up all
 * the same, it is begun again until it stands, and its jobs are handed on.
 */
export async function startWorker(options: WorkerOptions, tasks: readonly Task[]): Promise<{ stop(): Promise<void> }> {
  const { pool, log } = options;
  const queue = patientPool(pool);
  const over = new AbortController();
  let ids: readonly string[] = [];
  const begin = () => {
    ids = [];
    return runTasks({ ...options, pool: queue.pool }, tasks, (id) => {
      ids = [...ids, id];
      options.onWorkers?.(ids);
    });
  };
  let runner: Runner | null = await begin();
  const beginAgain = async (): Promise<Runner | null> => {
    while (!over.signal.aborted) {
      try {
        if (ids.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1)', [ids]);
        return await begin();
      } catch (error) {
        log.error({ err: error }, 'the queue of jobs cannot begin again yet');
      }
      await sleep(AGAIN_AFTER_MS, undefined, { signal: over.signal }).catch(() => {});
    }
    return null;
  };
  const keepWorking = async () => {
    while (runner !== null) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, 'the queue of jobs gave up'));
      runner = null;
      if (over.signal.aborted) return;
      log.warn('the queue of jobs gave up, and begins again');
      runner = await beginAgain();
      if (over.signal.aborted) await runner?.stop();
    }
  };
  const working = keepWorking();
  return {
    async stop() {
      over.abort();
      // It may have given up just now: keepWorking ends then by itself.
      const stopped = runner
        ?.stop()
        .catch((error: unknown) => log.warn({ err: error }, 'the queue of jobs did not end in order'));
      await Promise.race([Promise.all([stopped, working]), queue.leave()]);
    },
  };
}

function runTasks(
  { pool, log, concurrency = 4 }: WorkerOptions,
  tasks: readonly Task[],
  onWorker: (id: string) => void,
): Promise<Runner> {
  return run({
    pgPool: pool,
    taskList: taskListOf(tasks),
    noHandleSignals: true,
    events: watchWorkers(onWorker),
    logger: workerLogger(log),
    preset: {
      worker: {
        concurrentJobs: concurrency,
        pollInterval: 1_000,
        // Ten times the speed of fetching jobs one by one (architecture.md, Jobs).
        localQueue: { size: 64, ttl: 30_000 },
        completeJobBatchDelay: 5,
        // Without it, a failure that cannot be written down ends the whole process: nobody waits for it there.
        failJobBatchDelay: 5,
      },
    },
  });
}

function taskListOf(tasks: readonly Task[]): TaskList {
  const entries = tasks.map((task) => {
    const runTask = (payload: unknown, { job }: JobHelpers) =>
      task.run(payload, { number: job.attempts, of: job.max_attempts });
    return [task.name, runTask] as const;
  });
  return Object.fromEntries(entries);
}

// The local queue locks jobs under the id of the pool, single workers under their own.
function watchWorkers(onWorker: (id: string) => void): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => onWorker(workerPool.id));
  events.on('worker:create', ({ worker }) => onWorker(worker.workerId));
  return events;
}

function workerLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new Logger((scope) => (level, message, meta) => {
    log[levels[level]]({ ...scope, ...meta }, message);
  });
}
