import type { PlacedRule } from '@signalbox/automation/engine/board.ts';
import { planRun } from '@signalbox/automation/engine/schedule.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { Run, RunState } from '../visits/runs.store.ts';
import { findStageRule, resultsOf, type VisitWork } from '../visits/visit-work.ts';
import { loadCurrentVisits } from '../visits/visits.store.ts';
import { carryOut } from './run-rule.ts';
import { endRun, type RunTogether, setRun } from './run-together.ts';

const ended: readonly RunState[] = ['done', 'failed', 'skipped', 'cancelled', 'uncertain'];

/** Carries out what is due of one visit, in the order of its stage, chain after chain (semantics.md 5.2). */
export async function runVisit(together: RunTogether, work: VisitWork): Promise<void> {
  await planLinks(together, work);
  for (let run = nextDue(work, together.now); run !== undefined; run = nextDue(work, together.now)) {
    await runDue(together, work, run);
    await planLinks(together, work);
  }
}

function nextDue(work: VisitWork, now: Date): Run | undefined {
  return work.runs.find((run) => run.state === 'waiting' && run.dueAt !== null && run.dueAt <= now);
}

async function runDue(together: RunTogether, work: VisitWork, run: Run): Promise<void> {
  const stageRule = findStageRule(work, run);
  if (stageRule === undefined)
    return setRun(together, work, endRun(run, { state: 'failed', reason: because('unknown-rule'), now: together.now }));

  const moved = run.askedBy === null ? planAgain(together, work, run) : null;
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
  if (findStageRule(work, run) === undefined) return { ...run, dueAt: now };
  const plan = planRun(questionOf(work, run, now));
  if (plan.state !== 'waiting') return { ...run, dueAt: now };

  // It seemed due at entry, but a rule before it has moved its date: it waits for later now, as if it always had.
  const left = run.entry && !run.keep && (await loadCurrentVisits(tx, [run.itemId])).get(run.itemId) !== run.visitId;
  if (left) return endRun(run, { state: 'cancelled', reason: because('left-stage'), now });
  return { ...run, entry: false, dueAt: toDate(plan.dueAt), waitingFor: 'time' };
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
    previousEndedAt: previous === undefined ? enteredAt : (previous.endedAt?.getTime() ?? null),
    item: work.item,
    workspace: work.reference.workspace,
    results: resultsOf(work),
    now: now.getTime(),
  };
}

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
