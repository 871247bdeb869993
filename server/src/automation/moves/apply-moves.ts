import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Board } from '@signalbox/automation/engine/board.ts';
import type { Chain, ItemFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { sending } from '../../platform/workspace-dialect.ts';
import { type MoveRow, type Place, takeVisitIds, writeMoves } from '../visits/moves.store.ts';
import { insertNewRuns, type RunColumns, runKey, toRunColumns } from '../visits/new-runs.store.ts';
import { type NewVisit, planVisitRuns, type RunRow } from '../visits/plan-runs.ts';
import { cancelWaitingRuns, queueDueVisits } from '../visits/queue-visits.ts';
import { queueAwaitedParents } from '../visits/replan-item.ts';
import { noticeMoves } from '../visits/reschedule-runs.ts';
import { newRun, type Run } from '../visits/runs.store.ts';

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
  /** When the item left its stage; earlier than now if whatever moves it is late (semantics.md 5.1). */
  readonly at: Date;
  /** This move included. */
  readonly chain: Chain;
}

export interface MoveWorld {
  readonly reference: Reference;
  /** By pipeline; one without a board has neither triggers nor rules. */
  readonly boards: ReadonlyMap<number, Board>;
  readonly now: Date;
  /** No rule of the stage begins: a move is taken back. */
  readonly withoutRules?: boolean;
}

export interface Applied<T> {
  readonly rows: readonly MoveRow[];
  /** What was thought of in the meantime. */
  readonly thought: T;
}

/** How the caller helps: with numbers that it has drawn already, and by carrying out itself what is due at once. */
export interface Applying {
  readonly visitIds?: readonly number[];
  /** True: no job is made for runs that are due now; the caller sees to them in this transaction. */
  readonly runsNow?: boolean;
}

/** A visit that has just begun, and its runs. */
export interface Begun {
  readonly visitId: number;
  readonly runs: readonly Run[];
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
  const { rows, thought } = await applyMovesWith(tx, moves, { ...world, think });
  return { rows, thought };
}

const FEW_MOVES = 50;

/** The same, and what has begun. */
export async function applyMovesWith<T>(
  tx: Tx,
  moves: readonly Move[],
  world: MoveWorld & Applying & { think(rows: readonly MoveRow[]): T },
): Promise<Applied<T> & { readonly begun: readonly Begun[] }> {
  if (moves.length === 0) return { rows: [], thought: world.think([]), begun: [] };
  const { visitIds = [], runsNow = false } = world;
  const ids = visitIds.length < moves.length ? await takeVisitIds(tx, moves.length) : visitIds;
  const rows = moves.map((move, index) => toRow(move, ids[index] ?? missingId(), world));
  const visits = moves.map((move, index) => ({ id: ids[index] ?? missingId(), item: move.item, at: move.at }));
  const sent = sending();
  // PostgreSQL begins while we think on; of few moves the thinking takes less than another write.
  const overlap = async () => (moves.length > FEW_MOVES ? nextTurn() : undefined);
  sent.add(writeMoves(tx, rows, world.now));
  await overlap();
  const planned = planBeginning(visits, world);
  const runIds = sent.add(writeRuns(tx, planned, runsNow));
  sent.add(leaveStages(tx, planned, { now: world.now, runsNow }));
  await overlap();
  const thought = world.think(rows);
  await sent.all();
  await tellWaiting(tx, moves, world.now);
  for (const { itemId } of rows) announce(tx, { topic: 'items', kind: 'moved', item: itemId });
  return { rows, thought, begun: runsNow ? begunOf(planned, await runIds) : [] };
}

/** The stage is a field as others are: what is kept may wait for it, and so may the parents of the items. */
async function tellWaiting(tx: Tx, moves: readonly Move[], now: Date): Promise<void> {
  await noticeMoves(tx, moves, now);
  await queueAwaitedParents(tx, new Map(moves.map(({ item, at }) => [item.id, at])));
}

export interface Entered {
  readonly id: number;
  readonly item: ItemFacts;
  readonly at: Date;
}

/** The runs of visits that have just begun; those that waited on the stages left are cancelled (semantics.md 5.1). */
export async function beginVisits(tx: Tx, entered: readonly Entered[], world: MoveWorld): Promise<void> {
  const planned = planBeginning(entered, world);
  await writeRuns(tx, planned, false);
  await leaveStages(tx, planned, { now: world.now, runsNow: false });
}

interface Beginning {
  readonly entered: readonly Entered[];
  readonly runs: readonly RunRow[];
  readonly columns: RunColumns | null;
}

function planBeginning(entered: readonly Entered[], { reference, boards, now, withoutRules }: MoveWorld): Beginning {
  const visits = entered.flatMap(({ id, item, at }): NewVisit[] => {
    const board = boards.get(item.pipelineId);
    return board === undefined || withoutRules === true
      ? []
      : [{ id, item, board, stageId: item.stageId, enteredAt: at }];
  });
  const runs = planVisitRuns(visits, reference.workspace, now);
  return { entered, runs, columns: toRunColumns(runs) };
}

async function writeRuns(tx: Tx, { columns }: Beginning, ids: boolean): Promise<ReadonlyMap<string, number>> {
  return columns === null ? new Map() : insertNewRuns(tx, columns, { ids });
}

function begunOf({ entered, runs }: Beginning, ids: ReadonlyMap<string, number>): Begun[] {
  const byVisit = Map.groupBy(runs, ({ visitId }) => visitId);
  return entered.map(({ id }) => ({
    visitId: id,
    runs: (byVisit.get(id) ?? []).map((row) => newRun(row, ids.get(runKey(row)) ?? missingId())),
  }));
}

// After the insert: of two visits of an item in one batch, the first one's waiting runs are cancelled like any other's.
async function leaveStages(
  tx: Tx,
  { entered, runs }: Beginning,
  { now, runsNow }: { readonly now: Date; readonly runsNow: boolean },
): Promise<void> {
  const current = new Map(entered.map(({ id, item }) => [item.id, id]));
  // Of several moves of an item the first one left the stage on which the others' runs were waiting.
  const leftAt = new Map(entered.toReversed().map(({ item, at }) => [item.id, at]));
  const left = cancelWaitingRuns(tx, { leftAt, exceptVisitIds: [...current.values()], now });
  const later = runsNow ? runs.filter(({ dueAt }) => dueAt === null || dueAt > now) : runs;
  await Promise.all([left, queueDueVisits(tx, later, now)]);
}

function toRow(move: Move, visitId: number, world: MoveWorld): MoveRow {
  const { item, from, byId, trigger, ruleName, signalId, runId, at, chain } = move;
  const boardVersion = world.boards.get(item.pipelineId)?.version ?? 0;
  return {
    ...{ visitId, itemId: item.id, boardVersion, byId, trigger, ruleName, signalId, runId, at, chain },
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
