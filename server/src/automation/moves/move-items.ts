import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { makeItemFacts } from '../../crm/items/item-facts.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import type { Acting } from './acting.ts';
import { applyMoves } from './apply-moves.ts';
import { findStage, toMove } from './move-item.ts';

export interface MovesWish {
  readonly itemIds: readonly number[];
  readonly pipelineId: number;
  /** The code. */
  readonly stageCode: string;
}

const AT_ONCE = 500;

/** What `moveItem` does, for many items that go to one stage; who stands there already stays. The caller has stopped other moves. */
export async function moveItems(tx: Tx, acting: Acting, wish: MovesWish): Promise<number> {
  const ids = wish.itemIds.toSorted((one, other) => one - other);
  let moved = 0;
  for (let from = 0; from < ids.length; from += AT_ONCE)
    moved += await moveSome(tx, acting, { ...wish, itemIds: ids.slice(from, from + AT_ONCE) });
  return moved;
}

async function moveSome(tx: Tx, acting: Acting, { itemIds, pipelineId, stageCode }: MovesWish): Promise<number> {
  const rows = await loadItemRows(tx, itemIds, { lock: true });
  const reference = await loadReference(tx);
  const type = reference.pipelines.get(pipelineId)?.type ?? '';
  const to = findStage(reference, pipelineId, { type, code: stageCode });
  const standing = rows.filter(({ stageId }) => stageId !== to.stageId);
  const facts = await makeItemFacts(tx, standing, reference);
  const boards = await loadNewestBoards(tx, [pipelineId], reference);
  const moves = standing.flatMap((row) => {
    const item = facts.get(row.id);
    return item === undefined ? [] : [toMove(acting, { row, item, to, reference })];
  });
  await applyMoves(tx, moves, { reference, boards, now: acting.now }, () => null);
  return moves.length;
}
