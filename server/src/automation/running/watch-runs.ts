import { inSystem } from '../../platform/db.ts';
import { HINT_GRACE_MS } from '../../platform/jobs/jobs.ts';
import { VISITS_PER_JOB } from '../visits/queue-visits.ts';
import { listDueVisits } from '../visits/runs.store.ts';
import { type Runner, runVisits } from './run-visits.ts';

const BATCH = 500;

/** Carries out runs whose hint was lost; answers how many visits were looked at (semantics.md 5.3). */
export async function runDueVisits(runner: Runner, graceMs = HINT_GRACE_MS): Promise<number> {
  const before = new Date(runner.context.clock.now().getTime() - graceMs);
  const due = await inSystem(runner.context.databases.system, (tx) => listDueVisits(tx, { before, limit: BATCH }));
  const byWorkspace = new Map<number, Set<number>>();
  for (const { workspaceId, visitId } of due)
    byWorkspace.set(workspaceId, (byWorkspace.get(workspaceId) ?? new Set()).add(visitId));
  for (const [workspaceId, visits] of byWorkspace) {
    const ids = [...visits];
    for (let from = 0; from < ids.length; from += VISITS_PER_JOB) {
      const job = { workspaceId, visitIds: ids.slice(from, from + VISITS_PER_JOB) };
      await runVisits(runner, job).catch((error: unknown) =>
        runner.context.log.error({ err: error, ...job }, 'due runs could not be carried out; tried again in a second'),
      );
    }
  }
  return due.length;
}
