import type { Tx } from '../../../platform/db.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { findSignalAbout, judgeAgain } from '../../../signals/judge-again.ts';
import { listCallItems, lockItem, noteWhy } from '../kept/call-items.store.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import { goneLine, loadLine } from '../lines/line.ts';
import { showOnItems } from '../telling/show-on-items.ts';

/** Ties a call to another item as well, and has what it reported judged there (semantics.md 2.5). */
export async function rebindCall(
  tx: Tx,
  call: StoredCall,
  { itemId, by }: { itemId: number; by: number },
): Promise<void> {
  await lockItem(tx, itemId);
  const items = await listCallItems(tx, [call.id]);
  if (items.some(({ id }) => id === itemId))
    throw invalidAt('item', 'call-already-there', 'The call stands on this item already');
  const line = (await loadLine(tx, call.line_id)) ?? goneLine(call.line_id);
  await noteWhy(tx, call.id, { how: 'person', by, item: itemId }, { byPerson: true });
  await showOnItems(tx, call, { itemIds: [itemId], line, isClosed: false });
  for (const kind of ['call.started', 'call.ended', 'call.missed']) {
    const signalId = await findSignalAbout(tx, { kind, payload: { callId: call.id }, itemId: items[0]?.id ?? null });
    if (signalId !== undefined) await judgeAgain(tx, { signalId, itemId });
  }
}
