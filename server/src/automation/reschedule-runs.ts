import { planRun } from '@signalbox/automation/engine/schedule.ts';
import type { Tx } from '../platform/db.ts';
import { queueDueVisits } from './queue-visits.ts';
import { questionOf } from './run-visit.ts';
import { listTimedRuns, type Run, saveRuns } from './runs.store.ts';
import { findStageRule, loadVisitWork, type VisitWork } from './visit-work.ts';

export interface Rescheduling {
  readonly itemIds: readonly number[];
  /** By name; `invoice.` means every field of the tied invoice. */
  readonly changedFields: readonly string[];
  readonly now: Date;
}

/** Computes the moments of waiting runs again when a date that they depend on has changed; the caller holds the items' locks (semantics.md 5.3). */
export async function rescheduleRuns(tx: Tx, { itemIds, changedFields, now }: Rescheduling): Promise<void> {
  if (itemIds.length === 0 || changedFields.length === 0) return;
  const timed = await listTimedRuns(tx, itemIds);
  if (timed.length === 0) return;

  const visitIds = [...new Set(timed.map((run) => run.visitId))];
  const works = await loadVisitWork(tx, { visitIds, now });
  const changed = works.flatMap((work) =>
    work.runs.flatMap((run) => rescheduled(work, run, { changedFields, now }) ?? []),
  );
  await saveRuns(tx, changed);
  await queueDueVisits(tx, changed, now);
}

function rescheduled(
  work: VisitWork,
  run: Run,
  { changedFields, now }: Pick<Rescheduling, 'changedFields' | 'now'>,
): Run | undefined {
  const field = timeField(work, run);
  if (
    run.state !== 'waiting' ||
    run.entry ||
    run.waitingFor !== 'time' ||
    field === null ||
    !changedFields.some((changed) => changed === field || (changed.endsWith('.') && field.startsWith(changed)))
  )
    return undefined;

  const plan = planRun(questionOf(work, run, now));
  // What is due or to be skipped now is the runner's, which looks once more.
  const dueAt = plan.state === 'waiting' ? plan.dueAt : now.getTime();
  if (dueAt === (run.dueAt?.getTime() ?? null)) return undefined;
  return { ...run, dueAt: dueAt === null ? null : new Date(dueAt) };
}

function timeField(work: VisitWork, run: Run): string | null {
  const time = findStageRule(work, run)?.rule.time;
  return time !== undefined && 'field' in time ? (time.field?.replace(/^item\./, '') ?? null) : null;
}
