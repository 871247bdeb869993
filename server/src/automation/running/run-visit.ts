import type { PlacedRule } from '@signalbox/automation/engine/board.ts';
import { planRun } from '@signalbox/automation/engine/schedule.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { isHeld, listDueBeside, ON_TIME_MS, type Run, type RunState } from '../visits/runs.store.ts';
import type { StageRule } from '../visits/stage-rules.ts';
import { findStageRule, loadVisitWork, refreshVisitWork, type VisitWork } from '../visits/visit-work.ts';
import { comesAfterSignal } from './earlier-signals.ts';
import { endOf, questionOf } from './run-question.ts';
import { carryOut } from './run-rule.ts';
import { endRun, momentOfRun, type RunTogether, saveChanged, setRun } from './run-together.ts';

const ended: readonly RunState[] = ['done', 'failed', 'skipped', 'cancelled', 'uncertain'];

/**
 * Carries out what is due of an item's visits, in the order of the moments, then of the board, chain after chain (semantics.md 5.1, 5.2).
 * What a late rule makes due on another visit of the item takes its turn with them.
 */
export async function runItem(together: RunTogether, begun: readonly VisitWork[]): Promise<readonly VisitWork[]> {
  const works = [...begun];
  for (const work of works) planLinks(together, work);
  for (let next = nextDue(works, together.now); next !== undefined; next = nextDue(works, together.now)) {
    const { work, run, at } = next;
    if (await comesAfterSignal(together, run)) break;
    await runDue(together, work, run);
    planLinks(together, work);
    if (at < together.now.getTime() - ON_TIME_MS && together.undecided.earliest === null)
      works.push(...(await findOthers(together, works)));
    if (works.length > 1) await tellOthers(together, works, work);
  }
  return works;
}

/** Visits of the item on which something has become due. */
async function findOthers(together: RunTogether, works: readonly VisitWork[]): Promise<VisitWork[]> {
  const { tx, now } = together;
  await saveChanged(together, works);
  const visitIds = await listDueBeside(
    tx,
    works.map(({ visit }) => visit.id),
    now,
  );
  if (visitIds.length === 0) return [];
  const others = await loadVisitWork(tx, { visitIds, now });
  for (const other of others) planLinks(together, other);
  return others;
}

interface Due {
  readonly work: VisitWork;
  readonly run: Run;
  readonly at: number;
}

function nextDue(works: readonly VisitWork[], now: Date): Due | undefined {
  let first: Due | undefined;
  for (const work of works)
    for (const run of work.runs) {
      if (run.state !== 'waiting' || run.dueAt === null || run.dueAt > now) continue;
      const at = run.dueAt.getTime();
      const one = { work, run, at };
      if (first === undefined || at < first.at || (at === first.at && isFirstOf(one, first))) first = one;
    }
  return first;
}

// At the same moment, on another visit: what is due at entry is carried out with the move if it can be, so it comes before what the stage
// left behind; all else goes by the visits.
function isFirstOf({ work, run }: Due, first: Due): boolean {
  if (work === first.work) return false;
  return run.entry === first.run.entry ? work.visit.id < first.work.visit.id : run.entry;
}

// Visits of one item see what the others have done only through the database.
async function tellOthers(together: RunTogether, works: readonly VisitWork[], done: VisitWork): Promise<void> {
  await saveChanged(together, works);
  for (const work of works) if (work !== done) await refreshVisitWork(together.tx, work);
}

async function runDue(together: RunTogether, work: VisitWork, run: Run): Promise<void> {
  const stageRule = findStageRule(work, run);
  if (stageRule === undefined)
    return setRun(together, work, endRun(run, { state: 'failed', reason: because('unknown-rule'), now: together.now }));

  const moved = run.askedBy === null && run.movedBy === null && !isHeld(run) ? planAgain(together, work, run) : null;
  if (moved !== null) return setRun(together, work, moved);
  await carryOut(together, work, { run, rule: stageRule.rule });
}

/** The run with its moment computed again: null when it is still due (semantics.md 5.3, 5.4). */
function planAgain({ now }: RunTogether, work: VisitWork, run: Run): Run | null {
  const stageRule = findStageRule(work, run);
  if (stageRule === undefined) return null;
  const link =
    run.waitingFor === null && stageRule.waitsFor.length > 0 ? planLinkAgain(work, { run, stageRule, now }) : null;
  if (link !== null || !mayHaveMoved(stageRule.rule)) return link;

  const plan = planRun(questionOf(work, run, asOf(stageRule.rule, run, now)));
  if (plan.state === 'skip') return endRun(run, { state: 'skipped', reason: plan.reason, now });
  // What was due at entry stays so, or what runs would depend on load (semantics.md 5.1).
  if (plan.state === 'due' || run.entry) return null;
  return { ...run, dueAt: toDate(plan.dueAt), waitingFor: 'time' };
}

function mayHaveMoved({ time, hours }: Pick<PlacedRule, 'time' | 'hours'>): boolean {
  return hours.length > 0 || ('field' in time && time.field !== null);
}

/** A run is judged as of its moment, however late that is; but who is at work is known of now alone. */
function asOf({ hours }: Pick<PlacedRule, 'hours'>, run: Run, now: Date): Date {
  return hours.includes('responsible') ? now : momentOfRun(run, now);
}

interface Link {
  readonly run: Run;
  readonly stageRule: StageRule;
  readonly now: Date;
}

/** Leaving cancelled something that this link may have waited for, and had it looked at: null when that was its moment. */
function planLinkAgain(work: VisitWork, link: Link): Run | null {
  const { run, stageRule } = link;
  if (!hasAllEnded(work, stageRule)) return { ...run, dueAt: null };
  const planned = run.entry ? run : planLink(work, link);
  return planned.dueAt?.getTime() === run.dueAt?.getTime() && planned.state === run.state ? null : planned;
}

/** Gives links their moment once everything that they wait for has ended (semantics.md 5.2); what the item has left behind is cancelled. */
function planLinks(together: RunTogether, work: VisitWork): void {
  for (let run = nextPlanned(work, together.now); run !== undefined; run = nextPlanned(work, together.now))
    setRun(together, work, run);
}

function nextPlanned(work: VisitWork, now: Date): Run | undefined {
  for (const run of work.runs) {
    if (run.state !== 'waiting' || run.dueAt !== null || run.waitingFor !== null) continue;
    const stageRule = findStageRule(work, run);
    if (stageRule === undefined) return { ...run, dueAt: now };
    if (hasAllEnded(work, stageRule)) return planLink(work, { run, stageRule, now });
  }
  const { leftAt } = work;
  if (leftAt === null) return undefined;
  const isCaughtUp = !work.runs.some(({ state, dueAt }) => state === 'waiting' && dueAt !== null && dueAt <= leftAt);
  const left = work.runs.find((run) => (run.dueAt === null ? isCaughtUp : run.dueAt > leftAt) && isLeft(run));
  return left && leaveBehind(left, leftAt);
}

/** Whether leaving cancels it when it was to come later; not what belongs to the entry, is kept, or was asked for by a person. */
function isLeft({ state, entry, keep, askedBy }: Run): boolean {
  return state === 'waiting' && !entry && !keep && askedBy === null;
}

function hasAllEnded(work: VisitWork, { waitsFor }: StageRule): boolean {
  return waitsFor.every((id) => work.runs.every((other) => other.ruleId !== id || ended.includes(other.state)));
}

function planLink(work: VisitWork, { run, stageRule, now }: Link): Run {
  const { leftAt } = work;
  const before = work.runs.filter((other) => stageRule.waitsFor.includes(other.ruleId));
  // What would have come after the item left waits for nothing any more; what is due at entry belongs to the entry.
  if (leftAt !== null && !run.entry && !run.keep && before.some((other) => isLeftBehind(other, leftAt)))
    return leaveBehind(run, leftAt);

  const plan = planRun(questionOf(work, run, now));
  const ends = Math.max(0, ...before.map((other) => endOf(other) ?? 0));
  // The runner skips it and writes the reason down.
  if (plan.state === 'skip') return { ...run, dueAt: new Date(ends) };
  if (plan.state === 'due') return { ...run, dueAt: new Date(Math.min(Math.max(plan.at, ends), now.getTime())) };
  // It may have seemed due at entry, but a rule before it has moved its date: it waits for later now, as if it always had.
  return { ...run, entry: false, dueAt: toDate(plan.dueAt), waitingFor: 'time' };
}

/** Whether it was still to come when the item left: what follows it waited for that, and waits no longer. */
function isLeftBehind({ state, endedAt }: Run, leftAt: Date): boolean {
  return state === 'cancelled' && endedAt !== null && endedAt >= leftAt;
}

function leaveBehind(run: Run, leftAt: Date): Run {
  return endRun(run, { state: 'cancelled', reason: because('left-stage'), now: leftAt });
}

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
