import type { Board } from '@signalbox/automation/engine/board.ts';
import type { Chain, ItemFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../crm/workspace-facts.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { type MoveRow, type Place, takeVisitIds, writeMoves } from './moves.store.ts';
import { type NewVisit, planVisitRuns } from './plan-runs.ts';
import { cancelWaitingRuns, queueDueVisits } from './queue-visits.ts';
import { insertRuns } from './runs.store.ts';

/** A move that has been decided, by whomever (semantics.md 4). */
export interface Move {
  /** As it is on the new stage. */
  readonly item: ItemFacts;
  readonly from: Place;
  readonly byId: number | null;
  readonly trigger: { readonly id: string; readonly name: string } | null;
  readonly ruleName: string | null;
  readonly signalId: number | null;
  readonly runId: number | null;
  /** This move included. */
  readonly chain: Chain;
}

export interface MoveWorld {
  readonly reference: Reference;
  /** By pipeline; one without a board has neither triggers nor rules. */
  readonly boards: ReadonlyMap<number, Board>;
  readonly now: Date;
}

/**
 * Everything of semantics.md 4, a statement a table, for any number of moves in the order in which they happened. The caller
 * holds the items' locks.
 */
export async function applyMoves(tx: Tx, moves: readonly Move[], world: MoveWorld): Promise<MoveRow[]> {
  if (moves.length === 0) return [];
  const ids = await takeVisitIds(tx, moves.length);
  const rows = moves.map((move, index) => toRow(move, ids[index] ?? missingId(), world));
  await writeMoves(tx, rows, world.now);
  await beginVisits(tx, moves.map((move, index) => ({ id: ids[index] ?? missingId(), item: move.item })), world);
  for (const { itemId } of rows) announce(tx, { topic: 'items', kind: 'moved', id: itemId });
  return rows;
}

/** The runs of visits that have just begun; those that waited on the stages left are cancelled (semantics.md 5.1). */
export async function beginVisits(tx: Tx, entered: readonly { id: number; item: ItemFacts }[], { reference, boards, now }: MoveWorld): Promise<void> {
  const visits = entered.flatMap(({ id, item }): NewVisit[] => {
    const board = boards.get(item.pipelineId);
    return board === undefined ? [] : [{ id, item, board, stageId: item.stageId, enteredAt: now }];
  });
  const runs = planVisitRuns(visits, reference.workspace, now);
  await insertRuns(tx, runs);
  const current = new Map(entered.map(({ id, item }) => [item.id, id]));
  await cancelWaitingRuns(tx, { itemIds: [...current.keys()], exceptVisitIds: [...current.values()], now });
  await queueDueVisits(tx, runs, now);
}

function toRow(move: Move, visitId: number, world: MoveWorld): MoveRow {
  const { item, from, byId, trigger, ruleName, signalId, runId, chain } = move;
  const boardVersion = world.boards.get(item.pipelineId)?.version ?? 0;
  return {
    ...{ visitId, itemId: item.id, boardVersion, byId, trigger, ruleName, signalId, runId, chain },
    from: named(from, world.reference),
    to: named(item, world.reference),
  };
}

function named({ pipelineId, stageId }: Place, reference: Reference): MoveRow['from'] {
  return {
    ...{ pipelineId, stageId },
    stage: reference.stages.get(stageId)?.code ?? '',
    pipeline: reference.pipelines.get(pipelineId)?.name ?? '',
  };
}

function missingId(): never {
  throw new Error('fewer visit ids than moves');
}
