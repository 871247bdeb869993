import type { PlacedRule } from '@signalbox/automation/engine/board.ts';
import { planRun } from '@signalbox/automation/engine/schedule.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { isHeld, type Run, type RunState } from '../visits/runs.store.ts';
import { findStageRule, refreshVisitWork, resultsOf, type VisitWork } from '../visits/visit-work.ts';
import { findLeft } from '../visits/visits.store.ts';
import { comesAfterSignal } from './earlier-signals.ts';
import { carryOut } from './run-rule.ts';
import { endRun, momentOfRun, type RunTogether, saveChanged, setRun } from './run-together.ts';

const ended: readonly RunState[] = ['done', 'failed', 'skipped', 'cancelled', 'uncertain'];

/** Carries out what is due of an item's visits, in the order of the moments, then of the board, chain after chain (semantics.md 5.1, 5.2). */
export async function runItem(together: RunTogether, works: readonly VisitWork[]): Promise<void> {
  for (const work of works) await planLinks(together, work);
  for (let next = nextDue(works, together.now); next !== undefined; next = nextDue(works, together.now)) {
    const { work, run } = next;
    if (await comesAfterSignal(together, run)) return;
    await runDue(together, work, run);
    await planLinks(together, work);
    if (works.length > 1) await tellOthers(together, works, work);
  }
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
      if (first === undefined || at < first.at) first = { work, run, at };
    }
  return first;
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
  if (stageRule === undefined || !mayHaveMoved(stageRule.rule)) return null;

  const plan = planRun(questionOf(work, run, now));
  if (plan.state === 'skip') return endRun(run, { state: 'skipped', reason: plan.reason, now });
  // What was due at entry stays so, or what runs would depend on load (semantics.md 5.1).
  if (plan.state === 'due' || run.entry) return null;
  return { ...run, dueAt: toDate(plan.dueAt), waitingFor: 'time' };
}

function mayHaveMoved({ time, hours }: Pick<PlacedRule, 'time' | 'hours'>): boolean {
  return hours.length > 0 || ('field' in time && time.field !== null);
}

/** Gives links their moment once everything that they wait for has ended (semantics.md 5.2). */
async function planLinks(together: RunTogether, work: VisitWork): Promise<void> {
  for (const run of work.runs) {
    if (!isReadyLink(work, run)) continue;
    setRun(together, work, await planLink(together, work, run));
  }
}

function isReadyLink(work: VisitWork, run: Run): boolean {
  if (run.state !== 'waiting' || run.dueAt !== null || run.waitingFor !== null) return false;
  const waitsFor = findStageRule(work, run)?.waitsFor ?? [];
  return waitsFor.every((id) => work.runs.every((other) => other.ruleId !== id || ended.includes(other.state)));
}

async function planLink({ tx, now }: RunTogether, work: VisitWork, run: Run): Promise<Run> {
  const stageRule = findStageRule(work, run);
  if (stageRule === undefined) return { ...run, dueAt: now };
  // What is due at entry belongs to the entry; what would have come after the item left waits for nothing any more, late or in time.
  const leftAt = run.entry || run.keep ? null : await findLeft(tx, run);
  const before = work.runs.filter((other) => stageRule.waitsFor.includes(other.ruleId));
  const left = () => endRun(run, { state: 'cancelled', reason: because('left-stage'), now: leftAt ?? now });
  if (leftAt !== null && before.some((other) => isLeftBehind(other, leftAt))) return left();
  const plan = planRun(questionOf(work, run, now));
  if (plan.state === 'skip') return { ...run, dueAt: now };

  const ends = before.map((other) => endOf(other) ?? 0);
  const dueAt = plan.state === 'due' ? Math.min(Math.max(plan.at, ...ends), now.getTime()) : plan.dueAt;
  if (leftAt !== null && (dueAt === null || dueAt > leftAt.getTime())) return left();
  // It may have seemed due at entry, but a rule before it has moved its date: it waits for later now, as if it always had.
  return plan.state === 'due'
    ? { ...run, dueAt: toDate(dueAt) }
    : { ...run, entry: false, dueAt: toDate(dueAt), waitingFor: 'time' };
}

/** Whether it was still to come when the item left: what follows it waited for that, and waits no longer. */
function isLeftBehind({ state, endedAt }: Run, leftAt: Date): boolean {
  return state === 'cancelled' && endedAt !== null && endedAt >= leftAt;
}

/** When a run ended: at its own moment, however late it was carried out (semantics.md 5.1). */
function endOf(run: Run): number | null {
  if (run.endedAt === null) return null;
  return run.state === 'cancelled' ? run.endedAt.getTime() : momentOfRun(run, run.endedAt).getTime();
}

/** What `planRun` is asked about a run of this visit. */
export function questionOf(work: VisitWork, run: Run, now: Date): Parameters<typeof planRun>[0] {
  const stageRule = findStageRule(work, run);
  if (stageRule === undefined) throw new Error(`run ${run.id} has no rule`);
  const previous = work.runs.find((other) => other.ruleId === stageRule.previous);
  const enteredAt = work.visit.enteredAt.getTime();
  return {
    rule: stageRule.rule,
    enteredAt,
    previousEndedAt: previous === undefined ? enteredAt : endOf(previous),
    item: work.item,
    workspace: work.reference.workspace,
    results: resultsOf(work),
    now: now.getTime(),
  };
}

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
