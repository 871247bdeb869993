import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import './tables.ts';

/** The call stands on these items from now on; answers those on which it did not yet. */
export async function addCallItems(tx: Tx, callId: number, itemIds: readonly number[]): Promise<number[]> {
  if (itemIds.length === 0) return [];
  const rows = await tx
    .insertInto('call_items')
    .values(itemIds.map((item_id) => ({ workspace_id: workspaceOf(tx), call_id: callId, item_id })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('item_id as itemId')
    .execute();
  return rows.map(({ itemId }) => itemId);
}

export async function listCallItems(
  tx: Tx,
  callIds: readonly number[],
): Promise<{ callId: number; id: number; title: string; type: string }[]> {
  if (callIds.length === 0) return [];
  return tx
    .selectFrom('call_items as c')
    .innerJoin('items as i', (join) =>
      join.onRef('i.workspace_id', '=', 'c.workspace_id').onRef('i.id', '=', 'c.item_id'),
    )
    .select(['c.call_id as callId', 'i.id', 'i.title', 'i.type'])
    .where('c.workspace_id', '=', workspaceOf(tx))
    .where('c.call_id', 'in', [...callIds])
    .orderBy('i.id')
    .execute();
}

/** Signals of an item are recorded under its lock (semantics.md 1.4). */
export async function lockItem(tx: Tx, itemId: number): Promise<void> {
  await tx
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', itemId)
    .forUpdate()
    .execute();
}

/** Why it stands where it stands, or nowhere (semantics.md 2.5); the first reason stays unless a person gives one. */
export async function noteWhy(tx: Tx, callId: number, why: object, { byPerson = false } = {}): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ tied_by: JSON.stringify(why) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', callId)
    .$if(!byPerson, (query) => query.where('tied_by', 'is', null))
    .execute();
}
