import type { Board } from '@signalbox/automation/engine/board.ts';
import type { ItemFacts, Results, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import { recallReferenceNow } from '../../crm/facts/known-reference.store.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { loadItemFacts, makeItemFacts } from '../../crm/items/item-facts.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { boardKey, loadBoardVersions } from '../boards/boards.store.ts';
import { listVisitRuns, markOrphansCancelled, type Run } from './runs.store.ts';
import { findStageRule as findRuleOnBoard, type StageRule } from './stage-rules.ts';
import { listVisits, loadLeft, loadSignalFacts, type Visit } from './visits.store.ts';

/** One visit while its runs are carried out. `item` and `runs` change as the rules do their work. */
export interface VisitWork {
  readonly visit: Visit;
  readonly board: Board;
  readonly signal: SignalFacts | null;
  readonly reference: Reference;
  item: ItemFacts;
  /** When the item left the stage; null: it is there. */
  leftAt: Date | null;
  /** In the order in which their rules stand on the stage. */
  runs: Run[];
  readonly boards: ReadonlyMap<string, Board>;
}

/** Locks the visits' items in id order, then reads everything that their rules may look at, a statement a table. */
export async function loadVisitWork(
  tx: Tx,
  { visitIds, now }: { readonly visitIds: readonly number[]; readonly now: Date },
): Promise<VisitWork[]> {
  const visits = await listVisits(tx, visitIds);
  if (visits.length === 0) return [];

  const rows = await loadItemRows(tx, [...new Set(visits.map((visit) => visit.itemId))], { lock: true });
  const reference = await recallReferenceNow(tx);
  const items = await makeItemFacts(tx, rows, reference);
  const orphans = visits.filter((visit) => !items.has(visit.itemId));
  await markOrphansCancelled(tx, { visitIds: orphans.map((visit) => visit.id), now });

  const runs = byVisit(await listVisitRuns(tx, visitIds));
  const boards = await loadBoardVersions(tx, versionsOf(visits, runs), reference);
  const signals = await loadSignalFacts(
    tx,
    visits.flatMap((visit) => visit.signalId ?? []),
  );
  const left = await loadLeft(tx, visitIds);
  return visits.flatMap((visit) => {
    const item = items.get(visit.itemId);
    const board = boards.get(boardKey({ pipelineId: visit.pipelineId, version: visit.boardVersion }));
    if (item === undefined || board === undefined) return [];
    const work = {
      visit,
      item,
      board,
      boards,
      reference,
      signal: visit.signalId === null ? null : (signals.get(visit.signalId) ?? null),
      leftAt: left.get(visit.id) ?? null,
      runs: [],
    };
    return [{ ...work, runs: inOrder(work, runs.get(visit.id) ?? []) }];
  });
}

/** Reads a visit's runs and item again after a rule has changed them through a command. */
export async function refreshVisitWork(tx: Tx, work: VisitWork): Promise<void> {
  const items = await loadItemFacts(tx, [work.item.id], { lock: false });
  work.item = items.get(work.item.id) ?? work.item;
  work.leftAt = (await loadLeft(tx, [work.visit.id])).get(work.visit.id) ?? null;
  work.runs = inOrder(work, await listVisitRuns(tx, [work.visit.id]));
}

/** The rule of a run, from the version of the board that the run keeps to (semantics.md 8.2). */
export function findStageRule(
  { visit, board, boards }: Pick<VisitWork, 'visit' | 'board' | 'boards'>,
  run: Run,
): StageRule | undefined {
  const own =
    run.boardVersion === null
      ? board
      : boards.get(boardKey({ pipelineId: visit.pipelineId, version: run.boardVersion }));
  return own === undefined ? undefined : findRuleOnBoard(own, run.ruleId);
}

/** What the rules of the visit that have ended well gave (semantics.md 5.6). */
export function resultsOf(work: VisitWork): Results {
  const ended = work.runs.filter((run) => run.state === 'done' || run.state === 'uncertain');
  return Object.fromEntries(ended.map((run) => [run.ruleId, run.result ?? {}]));
}

function versionsOf(visits: readonly Visit[], runs: ReadonlyMap<number, readonly Run[]>) {
  return visits.flatMap((visit) => {
    const asked = (runs.get(visit.id) ?? []).flatMap((run) => run.boardVersion ?? []);
    return [visit.boardVersion, ...asked].map((version) => ({ pipelineId: visit.pipelineId, version }));
  });
}

function inOrder(work: Pick<VisitWork, 'visit' | 'board' | 'boards'>, runs: readonly Run[]): Run[] {
  const place = (run: Run) => findStageRule(work, run)?.rule.position ?? Number.POSITIVE_INFINITY;
  return runs.toSorted((a, b) => place(a) - place(b) || a.id - b.id);
}

function byVisit(runs: readonly Run[]): Map<number, Run[]> {
  const groups = new Map<number, Run[]>();
  for (const run of runs) groups.set(run.visitId, [...(groups.get(run.visitId) ?? []), run]);
  return groups;
}
