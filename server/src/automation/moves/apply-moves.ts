import type { Board } from '@signalbox/automation/engine/board.ts';
import type { Chain, ItemFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { meanwhile } from '../../platform/meanwhile.ts';
import { announce } from '../../platform/realtime.ts';
import { type MoveRow, type Place, takeVisitIds, writeMoves } from '../visits/moves.store.ts';
import { insertNewRuns, type RunColumns, toRunColumns } from '../visits/new-runs.store.ts';
import { type NewVisit, planVisitRuns, type RunRow } from '../visits/plan-runs.ts';
import { cancelWaitingRuns, queueDueVisits } from '../visits/queue-visits.ts';

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

export interface Applied<T> {
  readonly rows: readonly MoveRow[];
  /** What was thought of in the meantime. */
  readonly thought: T;
}

/**
 * Everything of semantics.md 4, a statement a table, for any number of moves in the order in which they happened. The caller
 * holds the items' locks. `think` prepares what the caller writes next while PostgreSQL is busy.
 */
export async function applyMoves<T>(
  tx: Tx,
  moves: readonly Move[],
  world: MoveWorld,
  think: (rows: readonly MoveRow[]) => T,
): Promise<Applied<T>> {
  if (moves.length === 0) return { rows: [], thought: think([]) };
  const ids = await takeVisitIds(tx, moves.length);
  const rows = moves.map((move, index) => toRow(move, ids[index] ?? missingId(), world));
  const visits = moves.map((move, index) => ({ id: ids[index] ?? missingId(), item: move.item }));
  const planned = await meanwhile(writeMoves(tx, rows, world.now), () => planBeginning(visits, world));
  const thought = await meanwhile(writeRuns(tx, planned), () => think(rows));
  await leaveStages(tx, planned, world.now);
  for (const { itemId } of rows) announce(tx, { topic: 'items', kind: 'moved', item: itemId });
  return { rows, thought };
}

export interface Entered {
  readonly id: number;
  readonly item: ItemFacts;
}

/** The runs of visits that have just begun; those that waited on the stages left are cancelled (semantics.md 5.1). */
export async function beginVisits(tx: Tx, entered: readonly Entered[], world: MoveWorld): Promise<void> {
  const planned = planBeginning(entered, world);
  await writeRuns(tx, planned);
  await leaveStages(tx, planned, world.now);
}

interface Beginning {
  readonly entered: readonly Entered[];
  readonly runs: readonly RunRow[];
  readonly columns: RunColumns | null;
}

function planBeginning(entered: readonly Entered[], { reference, boards, now }: MoveWorld): Beginning {
  const visits = entered.flatMap(({ id, item }): NewVisit[] => {
    const board = boards.get(item.pipelineId);
    return board === undefined ? [] : [{ id, item, board, stageId: item.stageId, enteredAt: now }];
  });
  const runs = planVisitRuns(visits, reference.workspace, now);
  return { entered, runs, columns: toRunColumns(runs) };
}

async function writeRuns(tx: Tx, { columns }: Beginning): Promise<void> {
  if (columns !== null) await insertNewRuns(tx, columns);
}

// After the insert: of two visits of an item in one batch, the first one's waiting runs are cancelled like any other's.
async function leaveStages(tx: Tx, { entered, runs }: Beginning, now: Date): Promise<void> {
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
