import type { Board } from '@signalbox/automation/engine/board.ts';
import { dueAtEntry } from '@signalbox/automation/engine/due-at-entry.ts';
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
  /** The visit's. */
  readonly pipelineId: number;
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
    const links = listStageRules(visit.board, visit.stageId);
    const entry = { enteredAt: visit.enteredAt.getTime(), item: visit.item, workspace };
    const atEntry = dueAtEntry(
      links.map(({ rule }) => rule),
      entry,
    );
    return links.map((link) => {
      const plan = planRun({
        ...entry,
        rule: link.rule,
        previousEndedAt: entry.enteredAt,
        results: {},
        now: Math.max(now.getTime(), entry.enteredAt),
      });
      return toRow({ visit, link, plan, entry: atEntry.has(link.rule.id) });
    });
  });
}

// A run to be skipped counts as due: the runner skips it and writes the reason down.
function toRow({
  visit,
  link,
  plan,
  entry,
}: {
  visit: NewVisit;
  link: StageRule;
  plan: RunPlan;
  entry: boolean;
}): RunRow {
  const waits = link.waitsFor.length > 0;
  return {
    visitId: visit.id,
    itemId: visit.item.id,
    pipelineId: visit.item.pipelineId,
    ruleId: link.rule.id,
    entry,
    keep: link.rule.onLeave === 'keep',
    waitingFor: waits || plan.state !== 'waiting' ? null : 'time',
    dueAt: waits ? null : dueAtOf(plan, visit.enteredAt),
  };
}

function dueAtOf(plan: RunPlan, enteredAt: Date): Date | null {
  if (plan.state === 'skip') return enteredAt;
  // Of a late entry some moments have passed already, and the runs take their turn by them (semantics.md 5.1).
  if (plan.state === 'due') return new Date(plan.at);
  return plan.dueAt === null ? null : new Date(plan.dueAt);
}
