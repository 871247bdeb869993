import { planRun } from '@signalbox/automation/engine/schedule.ts';
import type { Tx } from '../../platform/db.ts';
import { questionOf } from '../running/run-visit.ts';
import { queueDueVisits } from './queue-visits.ts';
import { listTimedRuns, type Run, saveRuns } from './runs.store.ts';
import { findStageRule, loadVisitWork, type VisitWork } from './visit-work.ts';

/** What changes besides fields of the item: the company's calendar and time zone, and the responsible person's being at work. */
export const CALENDAR = '(calendar)';
export const PRESENCE = '(presence)';

export interface Rescheduling {
  readonly itemIds: readonly number[];
  /** By name; `invoice.` means every field of the tied invoice. */
  readonly changedFields: readonly string[];
  readonly now: Date;
  /** When it was to change, if that is late: what it makes due was due then (semantics.md 5.1). */
  readonly asOf?: Date;
}

/** Computes the moments of waiting runs again when something that they depend on has changed; the caller holds the items' locks (semantics.md 5.3, 5.4). */
export async function rescheduleRuns(tx: Tx, { itemIds, changedFields, now, asOf = now }: Rescheduling): Promise<void> {
  if (itemIds.length === 0 || changedFields.length === 0) return;
  const timed = await listTimedRuns(tx, itemIds);
  if (timed.length === 0) return;

  const visitIds = [...new Set(timed.map((run) => run.visitId))];
  const works = await loadVisitWork(tx, { visitIds, now });
  const changed = works.flatMap((work) =>
    work.runs.flatMap((run) => rescheduled(work, run, { changedFields, asOf }) ?? []),
  );
  await saveRuns(tx, changed);
  await queueDueVisits(tx, changed, now);
}

function rescheduled(
  work: VisitWork,
  run: Run,
  { changedFields, asOf }: { readonly changedFields: readonly string[]; readonly asOf: Date },
): Run | undefined {
  const dependsOn = dependenciesOf(work, run);
  if (
    run.state !== 'waiting' ||
    run.entry ||
    run.movedBy !== null ||
    run.waitingFor !== 'time' ||
    !changedFields.some((changed) => dependsOn.some((field) => isPartOf(field, changed)))
  )
    return undefined;

  const plan = planRun(questionOf(work, run, asOf));
  // What is due or to be skipped now is the runner's, which looks once more.
  const dueAt = plan.state === 'waiting' ? plan.dueAt : asOf.getTime();
  if (dueAt === (run.dueAt?.getTime() ?? null)) return undefined;
  return { ...run, dueAt: dueAt === null ? null : new Date(dueAt) };
}

/** The date of a run's time, and the time zone in which days begin; with working hours also whose they are and their being at work (semantics.md 5.3, 5.4). */
function dependenciesOf(work: VisitWork, run: Run): readonly string[] {
  const rule = findStageRule(work, run)?.rule;
  if (rule === undefined) return [];
  const { time, hours } = rule;
  return [
    ...('field' in time && time.field !== null ? [time.field.replace(/^item\./, '')] : []),
    CALENDAR,
    ...(hours.includes('responsible') ? ['responsible', PRESENCE] : []),
  ];
}

const isPartOf = (field: string, changed: string) =>
  changed === field || (changed.endsWith('.') && field.startsWith(changed));
