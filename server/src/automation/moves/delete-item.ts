import { checkItem } from '../../access/access-item.ts';
import { type Act, record } from '../../audit/record.ts';
import { loadItemRows, removeItem } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import { queueReplanOfParent } from '../visits/replan-item.ts';
import { type Acting, authorByRule } from './acting.ts';
import { keepDeleted } from './deleted-items.store.ts';

/** The item goes, its waiting runs are cancelled; signals and what was decided stay. */
export async function deleteItem(tx: Tx, acting: Acting, id: number): Promise<void> {
  const [row] = await loadItemRows(tx, [id], { lock: true });
  if (row === undefined) throw notFound(`item ${id}`);
  checkItem(acting.rights, row, 'delete');
  await keepDeleted(tx, row);
  await removeItem(tx, id);
  await queueReplanOfParent(tx, row, acting.asOf ?? acting.now);
  const act: Act = { kind: 'item-deleted', on: { kind: 'item', id, name: row.title }, params: { type: row.type } };
  await (acting.ruleName == null ? record(tx, act) : record(tx, act, authorByRule(acting)));
  announce(tx, { topic: 'items', kind: 'deleted', item: id });
}
