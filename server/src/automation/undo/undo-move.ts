import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { checkNewItem } from '../../access/access-item.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import type { Undoing, UndonePart, UndoOf } from '../../parts/undoing.ts';
import { notFound } from '../../platform/errors.ts';
import { moveItem } from '../moves/move-item.ts';
import { findBegun } from './undo.store.ts';
import { waitAgain } from './wait-again.ts';

/** The item goes back to the stage from which it came, if it has not moved on; no rule of that stage begins. */
export const undoStage: UndoOf<'stage'> = {
  undo: (undoing, { visit }) => takeBackMove(undoing, { visit, standsOn: visit }),
  async findRestorable({ tx, item }, left) {
    const [row] = await loadItemRows(tx, [item.id], { lock: false });
    const last = left.filter(({ deed }) => deed.visit === row?.visitId);
    const begun = last.length === 0 ? undefined : await findBegun(tx, row?.visitId ?? 0);
    const isThere = (await loadReference(tx)).stages.has(begun?.fromStageId ?? 0);
    return isThere ? last.map(({ runId }) => runId) : [];
  },
};

interface Entered {
  readonly visit: number;
  /** The visit on which the item has to stand: the same, or one by which it was brought back to it. */
  readonly standsOn: number;
}

/** The undo of a move that no run has to have made. */
type Moving = Omit<Undoing, 'run'>;

export async function takeBackMove(undoing: Moving, { visit, standsOn }: Entered): Promise<readonly UndonePart[]> {
  const { tx, item, now } = undoing;
  const [row] = await loadItemRows(tx, [item.id], { lock: true });
  const begun = await findBegun(tx, visit);
  if (row === undefined || begun === undefined) throw notFound(`Item ${item.id}`);
  const reference = await loadReference(tx);
  const from = nameOf(row.stageId, reference);
  const to = reference.stages.get(begun.fromStageId ?? 0);
  const about = reference.stages.get(begun.fromStageId ?? 0)?.name ?? '';
  if (row.visitId !== standsOn)
    return [{ about, from, to: about, reason: because('undo-moved-since', { stage: from }) }];
  if (to === undefined || begun.fromPipelineId === null)
    return [{ about, from, to: null, reason: because('undo-stage-gone') }];
  checkMayPut(undoing, row, begun.fromPipelineId);
  const { visitId } = await goBack(undoing, { pipelineId: begun.fromPipelineId, stageCode: to.code });
  const lost =
    begun.before === null || visitId === null
      ? []
      : await waitAgain(tx, { itemId: item.id, left: begun.before, visitId, now });
  return [
    { about, from, to: about, reason: null },
    ...lost.map((rule) => ({ about: rule, reason: because('undo-not-again') })),
  ];
}

async function goBack(
  { tx, item, workspaceId, byId, now, rights }: Moving,
  place: { readonly pipelineId: number; readonly stageCode: string },
): Promise<{ visitId: number | null }> {
  // A person moves it: a new chain begins (semantics.md 7), and nothing stands on it that could run.
  const acting = { workspaceId, byId, now, rights, chain: null };
  const made = await moveItem(tx, acting, { itemId: item.id, ...place, withoutRules: true });
  return { visitId: made.moved ? made.move.visitId : null };
}

// Into another pipeline only who could put it there.
function checkMayPut({ rights }: Moving, row: ItemRow, pipelineId: number): void {
  if (pipelineId !== row.pipelineId) checkNewItem(rights, { ...row, pipelineId });
}

function nameOf(stageId: number, { stages }: Reference): string {
  return stages.get(stageId)?.name ?? '';
}
