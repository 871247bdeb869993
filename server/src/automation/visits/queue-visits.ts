import { getCommit } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { addJobs, type NewJob } from '../../platform/jobs/jobs.ts';
import { type Leaving, markCancelledByLeaving } from './runs.store.ts';

export const RUN_VISITS = 'run-visits';
/** More visits share the cost of each statement; fewer share a failure (architecture.md, Runs). */
export const VISITS_PER_JOB = 50;

export interface DueVisit {
  readonly visitId: number;
  /** Null: a link or an empty date; nothing to be queued. */
  readonly dueAt: Date | null;
}

/** Jobs for the runs that are due and, one for each later moment, for those that will be. Hints only: the run row is the truth (semantics.md 5.3). */
export async function queueDueVisits(tx: Tx, rows: readonly DueVisit[], now: Date): Promise<void> {
  const { workspaceId } = getCommit(tx);
  const jobs = [...groupByMoment(rows, now)].flatMap(([moment, visitIds]) =>
    chunk([...visitIds]).map(
      (part): NewJob => ({
        task: RUN_VISITS,
        payload: { workspaceId, visitIds: part },
        ...(moment <= now.getTime() ? {} : { runAt: new Date(moment) }),
      }),
    ),
  );
  await addJobs(tx, jobs);
}

/** Leaving a stage (semantics.md 5.1): cancels what waits for later, and wakes what waited for the cancelled. */
export async function cancelWaitingRuns(tx: Tx, leaving: Leaving & { readonly now: Date }): Promise<void> {
  const visitIds = await markCancelledByLeaving(tx, leaving);
  await queueDueVisits(
    tx,
    visitIds.map((visitId) => ({ visitId, dueAt: leaving.now })),
    leaving.now,
  );
}

// The resolution is one second (semantics.md 5.3): moments of one second share a job.
function groupByMoment(rows: readonly DueVisit[], now: Date): Map<number, Set<number>> {
  const groups = new Map<number, Set<number>>();
  for (const { visitId, dueAt } of rows) {
    if (dueAt === null) continue;
    const moment = dueAt <= now ? 0 : Math.ceil(dueAt.getTime() / 1_000) * 1_000;
    groups.set(moment, (groups.get(moment) ?? new Set()).add(visitId));
  }
  return groups;
}

function chunk(ids: readonly number[]): number[][] {
  const count = Math.ceil(ids.length / VISITS_PER_JOB);
  return Array.from({ length: count }, (_, index) => ids.slice(index * VISITS_PER_JOB, (index + 1) * VISITS_PER_JOB));
}
