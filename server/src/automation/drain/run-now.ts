import type { Board } from '@signalbox/automation/engine/board.ts';
import type { ItemFacts, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { isWorthRetrying, type Tx } from '../../platform/db.ts';
import type { Begun, Move } from '../moves/apply-moves.ts';
import type { Run } from '../visits/runs.store.ts';
import type { WaitingSignal } from './signal-queue.store.ts';
import type { World } from './world.ts';

/** An item that has just entered a stage, and the runs that its visit begins with. */
export interface EnteredVisit {
  readonly id: number;
  readonly item: ItemFacts;
  readonly board: Board;
  readonly signal: SignalFacts | null;
  readonly chain: Move['chain'];
  readonly enteredAt: Date;
  readonly runs: readonly Run[];
}

export interface EnteredVisits {
  readonly visits: readonly EnteredVisit[];
  readonly reference: Reference;
  readonly now: Date;
}

/** A rule that was due at entry failed so that the whole transaction did: the batch is decided again, its rules left to jobs. */
export class EntryFailed extends Error {
  override readonly name = 'EntryFailed';
}

/** More than this would keep the items and the workspace locked for too long: jobs do it, several at once. */
const MOST_MOVES = 50;

/** Whether the drain itself carries out what is due at entry. An item that moved twice is left to jobs: it has moved on meanwhile. */
export function isQuicklyRun({ moves }: World): boolean {
  return moves.length <= MOST_MOVES && new Set(moves.map(({ item }) => item.id)).size === moves.length;
}

interface Running {
  readonly signals: readonly WaitingSignal[];
  /** In the order of the moves. */
  readonly begun: readonly Begun[];
  runEntered?(tx: Tx, entered: EnteredVisits): Promise<void>;
}

/** What a job would do later: the world it would read is in memory, and a commit is saved. */
export async function runNow(tx: Tx, world: World, { signals, begun, runEntered }: Running): Promise<void> {
  const facts = new Map(signals.map((signal) => [signal.facts.id, signal.facts]));
  const visits = world.moves.flatMap((move, index): EnteredVisit[] => {
    const visit = begun[index];
    const board = world.boards.get(move.item.pipelineId);
    if (visit === undefined || visit.runs.length === 0 || board === undefined) return [];
    const signal = move.signalId === null ? null : (facts.get(move.signalId) ?? null);
    return [{ ...visit, id: visit.visitId, item: move.item, chain: move.chain, enteredAt: move.at, board, signal }];
  });
  if (visits.length === 0) return;
  try {
    await runEntered?.(tx, { visits, reference: world.reference, now: world.now });
  } catch (cause) {
    if (isWorthRetrying(cause)) throw cause;
    throw new EntryFailed('a rule due at entry failed', { cause });
  }
}
