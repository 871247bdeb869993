import type { Board, BoundRule } from '@signalbox/automation/engine/board.ts';

/** A rule of a stage and what it waits for (semantics.md 5.2). */
export interface StageRule {
  readonly rule: BoundRule;
  /** The rule above it, when it is set to "after previous"; its end is where a delay begins. */
  readonly previous: string | null;
  /** Every rule that must have ended first: the one above and those whose results it uses. */
  readonly needs: readonly string[];
}

/** The enabled rules of a stage as they stand there; made once for a board and stage. */
export function listStageRules(board: Board, stageId: number): readonly StageRule[] {
  const byStage = known.get(board) ?? groupByStage(board);
  known.set(board, byStage);
  return byStage.get(stageId) ?? [];
}

const known = new WeakMap<Board, ReadonlyMap<number, readonly StageRule[]>>();

function groupByStage(board: Board): ReadonlyMap<number, readonly StageRule[]> {
  const byStage = new Map<number, StageRule[]>();
  for (const rule of board.rules) {
    if (!rule.enabled) continue;
    const above = byStage.get(rule.stageId) ?? [];
    byStage.set(rule.stageId, [...above, joinTo(above, rule)]);
  }
  return byStage;
}

function joinTo(above: readonly StageRule[], rule: BoundRule): StageRule {
  const previous = rule.order === 'after previous' ? (above.at(-1)?.rule.id ?? null) : null;
  const results = rule.usesResultsOf.filter((id) => above.some((other) => other.rule.id === id));
  return { rule, previous, needs: [...new Set([...(previous === null ? [] : [previous]), ...results])] };
}
