import { checkItem } from '../../access/access-item.ts';
import { loadItemRows, removeItem } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import { queueReplanOfParent } from '../visits/replan-item.ts';
import type { Acting } from './acting.ts';
import { keepDeleted } from './deleted-items.store.ts';

/** The item goes, its waiting runs are cancelled; signals and what was decided stay. */
export async function deleteItem(tx: Tx, { rights }: Acting, id: number): Promise<void> {
  const [row] = await loadItemRows(tx, [id], { lock: true });
  if (row === undefined) throw notFound(`item ${id}`);
  checkItem(rights, row, 'delete');
  await keepDeleted(tx, row);
  await removeItem(tx, id);
  await queueReplanOfParent(tx, row);
  announce(tx, { topic: 'items', kind: 'deleted', item: id });
}
