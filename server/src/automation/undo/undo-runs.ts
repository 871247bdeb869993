import { endedChain } from '@signalbox/automation/engine/chain.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { checkItem } from '../../access/access-item.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import { appendTimeline } from '../../crm/timeline/append-timeline.store.ts';
import { worded } from '../../outbox/reason-columns.ts';
import type { Undoes, Undoing } from '../../parts/undoing.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import type { Acting } from '../moves/acting.ts';
import { holdStages } from '../moves/hold-stages.ts';
import { queueDueVisits } from '../visits/queue-visits.ts';
import { findRun, isHeld, listVisitRuns, type Run, saveRuns } from '../visits/runs.store.ts';
import { findBegun, markUndone } from './undo.store.ts';
import { attempt, type UndoneDeed, undoDeeds } from './undo-deeds.ts';
import { takeBackMove } from './undo-move.ts';

export interface Undone {
  readonly item: ItemRow;
  readonly visitId: number;
  readonly parts: readonly UndoneDeed[];
  /** Runs of the visit that waited and do no longer. */
  readonly cancelled: number;
}

export interface UndoWish {
  readonly undoes: Undoes;
  readonly overwrite: readonly string[];
  /** Only to see what would become of it: the caller rolls it back. */
  readonly dryRun: boolean;
}

/** Takes back what one run did, at most once: the second click is told so. */
export async function undoRun(
  tx: Tx,
  acting: Acting,
  { id, ...wish }: UndoWish & { readonly id: number },
): Promise<Undone> {
  await holdStages(tx);
  const seen = await findRun(tx, id);
  if (seen === undefined) throw notFound(`Run ${id}`);
  const item = await lockItem(tx, acting, seen.itemId);
  const run = await findRun(tx, id);
  if (run === undefined) throw notFound(`Run ${id}`);
  if (run.undone !== null) throw conflict('already-undone', 'What this rule did has been taken back already');
  const parts = await takeBack(tx, acting, { item, runs: [run], ...wish });
  const waits = run.state === 'waiting';
  if (waits) await cancel(tx, acting, [run]);
  // Of a wait there is nothing else to be taken back.
  const cancelled = waits && parts.length === 0 && isHeld(run) ? 1 : 0;
  return finish(tx, acting, { item, visitId: run.visitId, runId: run.id, parts, cancelled, dryRun: wish.dryRun });
}

export interface VisitWish extends UndoWish {
  readonly itemId: number;
  readonly visitId: number;
  /** Also to the stage from which it came, if it has not moved on. */
  readonly moveBack: boolean;
}

/** The same of all runs of a visit, the last first; what of it still waits is cancelled. */
export async function undoVisit(tx: Tx, acting: Acting, wish: VisitWish): Promise<Undone> {
  await holdStages(tx);
  const item = await lockItem(tx, acting, wish.itemId);
  const begun = await findBegun(tx, wish.visitId);
  if (begun?.itemId !== item.id) throw notFound(`Visit ${wish.visitId}`);
  const all = await listVisitRuns(tx, [wish.visitId]);
  const waiting = all.filter(({ state }) => state === 'waiting');
  await cancel(tx, acting, waiting);
  const runs = all.filter(({ did, undone }) => did !== null && undone === null);
  const parts = await takeBack(tx, acting, { item, runs: runs.toSorted(lastFirst), ...wish });
  const moved = wish.moveBack ? await moveBack(tx, acting, { item, wish, parts }) : [];
  return finish(tx, acting, {
    ...{ item, visitId: wish.visitId, runId: null },
    ...{ parts: [...parts, ...moved], cancelled: waiting.length, dryRun: wish.dryRun },
  });
}

function lastFirst(one: Run, other: Run): number {
  return (
    (other.endedAt?.getTime() ?? Number.MAX_VALUE) - (one.endedAt?.getTime() ?? Number.MAX_VALUE) || other.id - one.id
  );
}

async function lockItem(tx: Tx, { rights }: Acting, itemId: number): Promise<ItemRow> {
  const [item] = await loadItemRows(tx, [itemId], { lock: true });
  if (item === undefined) throw notFound(`Item ${itemId}`);
  checkItem(rights, item, 'change');
  return item;
}

interface TakingBack extends UndoWish {
  readonly item: ItemRow;
  readonly runs: readonly Run[];
}

async function takeBack(tx: Tx, acting: Acting, { item, runs, ...wish }: TakingBack): Promise<UndoneDeed[]> {
  const parts: UndoneDeed[] = [];
  for (const run of runs) {
    const made = await undoDeeds(wish.undoes, { ...undoingOf(tx, acting, { item, ...wish }), run }, run);
    // A letter that has left is not to be called taken back because what stood beside it was.
    const someBack = made.some(({ reason }) => reason === null);
    if (someBack) await markUndone(tx, { runId: run.id, byId: acting.byId, now: acting.now });
    parts.push(...made);
  }
  return parts;
}

function undoingOf(
  tx: Tx,
  { byId, now, rights, workspaceId }: Acting,
  { item, overwrite }: Pick<TakingBack, 'item' | 'overwrite'>,
): Omit<Undoing, 'run'> {
  const { id, type, stageId } = item;
  return {
    ...{ tx, byId, now, rights, workspaceId, item: { id, type } },
    ...{ chain: endedChain(id, stageId), overwrite: new Set(overwrite) },
  };
}

interface MovingBack {
  readonly item: ItemRow;
  readonly wish: VisitWish;
  readonly parts: readonly UndoneDeed[];
}

/** From the visit itself, or from the one by which a run of it was taken back to it. */
async function moveBack(tx: Tx, acting: Acting, { item, wish, parts }: MovingBack): Promise<UndoneDeed[]> {
  const wentOn = parts.some(({ kind, reason }) => kind === 'stage' && reason === null);
  const [now] = await loadItemRows(tx, [item.id], { lock: true });
  const standsOn = wentOn ? (now?.visitId ?? 0) : wish.visitId;
  const undoing = undoingOf(tx, acting, { item, overwrite: [] });
  const made = await attempt(tx, () => takeBackMove(undoing, { visit: wish.visitId, standsOn }));
  return made.map((part) => ({ ...part, runId: null, kind: 'stage' as const }));
}

/** What still waits begins no more; what has begun and was held is left to its undo. */
async function cancel(tx: Tx, { now }: Acting, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const ended = { state: 'cancelled', waitingFor: null, endedAt: now, ...worded(because('taken-back')) } as const;
  await saveRuns(
    tx,
    runs.map((run) => ({ ...run, ...ended })),
  );
  await queueDueVisits(
    tx,
    [...new Set(runs.map(({ visitId }) => visitId))].map((visitId) => ({ visitId, dueAt: now })),
    now,
  );
}

interface Finishing extends Undone {
  readonly runId: number | null;
  readonly dryRun: boolean;
}

const MOST_TOLD = 40;

async function finish(tx: Tx, { byId, now }: Acting, { runId, dryRun, ...undone }: Finishing): Promise<Undone> {
  const { item, visitId, parts, cancelled } = undone;
  const back = parts.filter(({ reason }) => reason === null).length;
  if (back === 0 && cancelled === 0 && !dryRun) throw conflict('nothing-to-undo', 'Nothing of it can be taken back');
  const lines = parts.slice(0, MOST_TOLD).map(({ kind, about, reason }) => ({ kind, about, reason }));
  const data = { run: runId, visit: visitId, back, stays: parts.length - back, cancelled, lines };
  const text = 'Took back what automation did';
  await appendTimeline(tx, [{ itemId: item.id, kind: 'undone', at: now, authorId: byId, text, data }]);
  announce(tx, { topic: 'runs', kind: 'changed', item: item.id });
  return undone;
}
