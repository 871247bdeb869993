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

/** A rule by its id, with what it waits for; undefined when it is not there or off. Ids are unique on a board. */
export function findStageRule(board: Board, ruleId: string): StageRule | undefined {
  const stageId = board.rules.find(({ id }) => id === ruleId)?.stageId;
  return stageId === undefined ? undefined : listStageRules(board, stageId).find(({ rule }) => rule.id === ruleId);
}

/** As answers say it, for the graph of a visit's rules. */
export function orderOf(board: Board, ruleId: string): { previous: string | null; uses: string[] } {
  const link = findStageRule(board, ruleId);
  return { previous: link?.previous ?? null, uses: [...(link?.uses ?? [])] };
}

const known = new WeakMap<Board, ReadonlyMap<number, readonly StageRule[]>>();

function groupByStage(board: Board): ReadonlyMap<number, readonly StageRule[]> {
  const rules = new Map<number, BoundRule[]>();
  for (const rule of board.rules) rules.set(rule.stageId, [...(rules.get(rule.stageId) ?? []), rule]);
  return new Map([...rules].map(([stageId, ofStage]) => [stageId, chainsOf(ofStage).flat()]));
}
