import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../db.ts';
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
