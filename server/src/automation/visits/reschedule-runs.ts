import { planRun } from '@signalbox/automation/engine/schedule.ts';
import { dueOf, noticeChange, readAwaiting } from '@signalbox/automation/kit/definitions/awaiting.ts';
import type { ItemFacts } from '@signalbox/automation/kit/facts.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { questionOf } from '../running/run-question.ts';
import { queueDueVisits } from './queue-visits.ts';
import { listRunsThatWait, type Run, saveRuns } from './runs.store.ts';
import { findStageRule, loadVisitWork, resultsOf, type VisitWork } from './visit-work.ts';

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
  await lookAgain(tx, { itemIds, now, waitingFor: ['time', 'condition'] }, (work, run) =>
    run.waitingFor === 'condition' ? noticed(work, run, asOf) : rescheduled(work, run, { changedFields, asOf }),
  );
}

/** Asks the conditions again that runs wait for; the caller holds the items' locks (semantics.md 5.9). */
export async function noticeChanges(
  tx: Tx,
  { itemIds, now, asOf = now }: Omit<Rescheduling, 'changedFields'>,
): Promise<void> {
  await lookAgain(tx, { itemIds, now, waitingFor: ['condition'] }, (work, run) => noticed(work, run, asOf));
}

/** The item as it is on the stage that it came to, and when that was. */
export interface Moved {
  readonly item: ItemFacts;
  readonly at: Date;
}

/** The same after moves, in their order: a stage that an item only passed through was reached all the same, and a late move counts from when it was to happen. */
export async function noticeMoves(tx: Tx, moves: readonly Moved[], now: Date): Promise<void> {
  const byItem = Map.groupBy(moves, ({ item }) => item.id);
  await lookAgain(tx, { itemIds: [...byItem.keys()], now, waitingFor: ['condition'] }, (work, run) => {
    let next = run;
    for (const { item, at } of byItem.get(run.itemId) ?? []) next = noticed({ ...work, item }, next, at) ?? next;
    return next === run ? undefined : next;
  });
}

interface Looking extends Pick<Rescheduling, 'itemIds' | 'now'> {
  readonly waitingFor: readonly ('time' | 'condition')[];
}

async function lookAgain(
  tx: Tx,
  { itemIds, now, waitingFor }: Looking,
  look: (work: VisitWork, run: Run) => Run | undefined,
): Promise<void> {
  if (itemIds.length === 0) return;
  const waiting = await listRunsThatWait(tx, itemIds, waitingFor);
  if (waiting.length === 0) return;

  const visitIds = [...new Set(waiting.map((run) => run.visitId))];
  const works = await loadVisitWork(tx, { visitIds, now });
  const changed = works.flatMap((work) => work.runs.flatMap((run) => look(work, run) ?? []));
  await saveRuns(tx, changed);
  await queueDueVisits(
    tx,
    changed.filter(({ waitingFor: held, dueAt }) => held === 'time' || (dueAt !== null && dueAt <= now)),
    now,
  );
  for (const itemId of new Set(changed.map((run) => run.itemId)))
    announce(tx, { topic: 'runs', kind: 'changed', item: itemId });
}

/** The run with what the change does to its wait: due when its condition has become true. */
function noticed(work: VisitWork, run: Run, asOf: Date): Run | undefined {
  const rule = findStageRule(work, run)?.rule;
  const awaited = rule?.definition.awaits(rule.settings) ?? null;
  const awaiting = readAwaiting(run.result);
  if (run.state !== 'waiting' || awaited === null || awaiting === undefined) return undefined;

  const { item, reference, signal } = work;
  const facts = { item, workspace: reference.workspace, signal, results: resultsOf(work) };
  const next = noticeChange(awaiting, awaited, { facts, at: asOf.getTime() });
  if (next === null) return undefined;
  return { ...run, result: next, ...(run.askedBy === null && { dueAt: new Date(dueOf(next)) }) };
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
