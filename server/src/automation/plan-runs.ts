import type { Board } from '@signalbox/automation/engine/board.ts';
import { planRun, type RunPlan } from '@signalbox/automation/engine/schedule.ts';
import type { ItemFacts, WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import { listStageRules, type StageRule } from './stage-rules.ts';

/** An item that has just entered a stage. */
export interface NewVisit {
  readonly id: number;
  readonly item: ItemFacts;
  readonly board: Board;
  readonly stageId: number;
  readonly enteredAt: Date;
}

/** A run as it is first written; `dueAt` null: a link of a chain, or a date that is still empty (semantics.md 5.9). */
export interface RunRow {
  readonly visitId: number;
  readonly itemId: number;
  readonly ruleId: string;
  readonly waitingFor: 'time' | null;
  /** Due at entry: never cancelled by leaving (semantics.md 5.1). */
  readonly entry: boolean;
  readonly keep: boolean;
  readonly dueAt: Date | null;
}

/** The runs that visits begin with, one for each enabled rule of the stage (semantics.md 5.1, 5.2). */
export function planVisitRuns(visits: readonly NewVisit[], workspace: WorkspaceFacts, now: Date): RunRow[] {
  return visits.flatMap((visit) => {
    const atEntry = new Set<string>();
    return listStageRules(visit.board, visit.stageId).map((stageRule) => {
      const plan = planAtEntry(stageRule, { visit, workspace, now });
      const entry = isDue(plan) && stageRule.needs.every((id) => atEntry.has(id));
      if (entry) atEntry.add(stageRule.rule.id);
      return toRow({ visit, stageRule, plan, entry });
    });
  });
}

interface Entry {
  readonly visit: NewVisit;
  readonly workspace: WorkspaceFacts;
  readonly now: Date;
}

// As if the rules before it had ended at once: a link is due at entry only if it has no delay of its own.
function planAtEntry({ rule }: StageRule, { visit, workspace, now }: Entry): RunPlan {
  const enteredAt = visit.enteredAt.getTime();
  const at = Math.max(now.getTime(), enteredAt);
  return planRun({ rule, enteredAt, previousEndedAt: enteredAt, item: visit.item, workspace, results: {}, now: at });
}

// A run to be skipped is skipped by the runner, which writes the reason down.
function isDue(plan: RunPlan): boolean {
  return plan.state !== 'waiting';
}

function toRow(made: { visit: NewVisit; stageRule: StageRule; plan: RunPlan; entry: boolean }): RunRow {
  const { visit, stageRule, plan, entry } = made;
  const link = stageRule.needs.length > 0;
  return {
    visitId: visit.id,
    itemId: visit.item.id,
    ruleId: stageRule.rule.id,
    entry,
    keep: stageRule.rule.onLeave === 'keep',
    waitingFor: link || plan.state !== 'waiting' ? null : 'time',
    dueAt: link ? null : dueAtOf(plan, visit.enteredAt),
  };
}

function dueAtOf(plan: RunPlan, enteredAt: Date): Date | null {
  if (plan.state !== 'waiting') return enteredAt;
  return plan.dueAt === null ? null : new Date(plan.dueAt);
}
