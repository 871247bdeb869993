import type { planRun } from '@signalbox/automation/engine/schedule.ts';
import type { Run } from '../visits/runs.store.ts';
import { findStageRule, resultsOf, type VisitWork } from '../visits/visit-work.ts';
import { momentOfRun } from './run-together.ts';

/** When a run ended: at its own moment, however late it was carried out (semantics.md 5.1). */
export function endOf(run: Run): number | null {
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

/** From when the time of a run is counted (semantics.md 5.3). */
export function countedFrom(work: VisitWork, run: Run, now: Date): number {
  const { rule, enteredAt, previousEndedAt } = questionOf(work, run, now);
  return rule.order === 'after previous' ? (previousEndedAt ?? enteredAt) : enteredAt;
}
