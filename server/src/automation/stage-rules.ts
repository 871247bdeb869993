import type { Board, BoundRule } from '@signalbox/automation/engine/board.ts';
import { type ChainLink, chainsOf } from '@signalbox/automation/engine/rule-chains.ts';

/** A rule of a stage and what it waits for (semantics.md 5.2). */
export type StageRule = ChainLink;

/** The enabled rules of a stage as they stand there; made once for a board and stage. */
export function listStageRules(board: Board, stageId: number): readonly StageRule[] {
  const byStage = known.get(board) ?? groupByStage(board);
  known.set(board, byStage);
  return byStage.get(stageId) ?? [];
}

const known = new WeakMap<Board, ReadonlyMap<number, readonly StageRule[]>>();

function groupByStage(board: Board): ReadonlyMap<number, readonly StageRule[]> {
  const rules = new Map<number, BoundRule[]>();
  for (const rule of board.rules) rules.set(rule.stageId, [...(rules.get(rule.stageId) ?? []), rule]);
  return new Map([...rules].map(([stageId, ofStage]) => [stageId, chainsOf(ofStage).flat()]));
}
