import { EventEmitter } from 'node:events';
import { type JobHelpers, Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import type { Tx } from '../db.ts';
import type { Log } from '../log.ts';
import { send } from '../workspace-dialect.ts';

export interface NewJob {
  readonly task: string;
  /** Plain JSON with `workspaceId`; the task parses it. */
  readonly payload: object;
  readonly runAt?: Date;
  /** Jobs with the same key replace each other while they wait. */
  readonly key?: string;
  readonly keyMode?: 'replace' | 'preserve_run_at' | 'unsafe_dedupe';
  readonly maxAttempts?: number;
  /** Lower numbers first; 0 when left out. */
  readonly priority?: number;
}

/** Jobs are hints: they are given this long before a look for due work takes over what they should have done. */
export const HINT_GRACE_MS = 2_000;

export interface Task {
  readonly name: string;
  run(payload: unknown, attempt: { readonly number: number; readonly of: number }): Promise<void>;
}

/** A kind of job: its payload is parsed at the door, then handed to one command. */
export function defineTask<S extends z.ZodType>(task: {
  readonly name: string;
  readonly payload: S;
  run(payload: z.output<S>, attempt: { readonly number: number; readonly of: number }): Promise<void>;
}): Task {
  return { name: task.name, run: (payload, attempt) => task.run(task.payload.parse(payload), attempt) };
}

/** Adds the jobs in the transaction of what they belong to. */
export async function addJobs(tx: Tx, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await send(tx, sql`select signalbox_add_jobs(${JSON.stringify(jobs)}::json)`);
}

export interface WorkerOptions {
  /** A pool of the owner: the queue's own tables belong to it. */
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly concurrency?: number;
  /** Told the ids under which this process locks jobs, for the heartbeat. */
  onWorkers?(workerIds: readonly string[]): void;
}

/** Works off jobs until `stop()`, which lets running ones end. */
export async function startWorker(options: WorkerOptions, tasks: readonly Task[]): Promise<{ stop(): Promise<void> }> {
  const runner = await run({
    pgPool: options.pool,
    taskList: taskListOf(tasks),
    noHandleSignals: true,
    events: watchWorkers(options),
    logger: workerLogger(options.log),
    preset: {
      worker: {
        concurrentJobs: options.concurrency ?? 4,
        pollInterval: 1_000,
        // Ten times the speed of fetching jobs one by one (architecture.md, Jobs).
        localQueue: { size: 64, ttl: 30_000 },
        completeJobBatchDelay: 5,
      },
    },
  });
  return { stop: () => runner.stop() };
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
function watchWorkers({ onWorkers }: WorkerOptions): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  const known: string[] = [];
  const add = (id: string) => {
    known.push(id);
    onWorkers?.(known);
  };
  events.on('pool:create', ({ workerPool }) => add(workerPool.id));
  events.on('worker:create', ({ worker }) => add(worker.workerId));
  return events;
}

function workerLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new Logger((scope) => (level, message, meta) => {
    log[levels[level]]({ ...scope, ...meta }, message);
  });
}
