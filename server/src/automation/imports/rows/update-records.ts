import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { findClient } from '../../../crm/client-book/clients.store.ts';
import { changeClient } from '../../../crm/clients/save-client.ts';
import { readChanges } from '../../../crm/items/item-changes.ts';
import { loadItemRows, updateItem } from '../../../crm/items/items.store.ts';
import { addHistory } from '../../../crm/timeline/history.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { announce } from '../../../platform/realtime.ts';
import { changeItem } from '../../moves/change-item.ts';
import { moveItem } from '../../moves/move-item.ts';
import type { ClientKind } from './create-clients.store.ts';
import type { ImportedItem } from './create-items.store.ts';
import { type RowInput, textOf, type World } from './import-world.ts';
import { clientChanges, itemChanges, type TiedRow } from './record-changes.ts';

interface ItemUpdate {
  readonly id: number;
  readonly item: ImportedItem;
  readonly given: RowInput;
}

/** Changes what the row says anew; the code of the refusal, or null. Quietly, no rule runs, so the stage stays. */
export async function updateItemOfRow(tx: Tx, world: World, { id, item, given }: ItemUpdate): Promise<string | null> {
  const [before] = await loadItemRows(tx, [id], { lock: true });
  if (before === undefined) return 'not_found';
  const { acting, plan, reference } = world;
  return refusalOf(async () => {
    const changes = itemChanges(world, before, { given, tied: item });
    if (!plan.runRules) return updateQuietly(tx, world, { id, changes });
    await changeItem(tx, acting, { itemId: id, changes });
    const code = reference.stages.get(item.stageId)?.code;
    if (textOf(given, 'stage') !== null && code !== undefined)
      await moveItem(tx, acting, { itemId: id, stageCode: code, pipelineId: item.pipelineId });
  });
}

async function updateQuietly(
  tx: Tx,
  { acting, reference }: World,
  { id, changes }: { id: number; changes: Record<string, FieldValue> },
): Promise<void> {
  const [row] = await loadItemRows(tx, [id], { lock: true });
  if (row === undefined) return;
  const { columns, changed } = readChanges(row, changes, reference);
  if (changed.length === 0) return;
  await updateItem(tx, id, { columns, now: acting.now });
  const { now: at, byId: authorId } = acting;
  await addHistory(
    tx,
    changed.map(({ field, from, to }) => ({ itemId: id, at, authorId, field, from, to })),
  );
  announce(tx, { topic: 'items', kind: 'changed', item: id });
}

interface ClientUpdate extends TiedRow {
  readonly kind: ClientKind;
  readonly id: number;
}

/** Changes what the row says anew; the code of the refusal, or null. */
export async function updateClientOfRow(
  tx: Tx,
  world: World,
  { kind, id, given, tied }: ClientUpdate,
): Promise<string | null> {
  const before = await findClient(tx, kind, id);
  if (before === undefined) return 'not_found';
  const body = clientChanges(world, before, { given, tied });
  if (Object.keys(body).length === 0) return null;
  return refusalOf(() => changeClient(tx, id, { kind, body, now: world.acting.now }));
}

// Both check before they write.
async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.errors[0]?.code ?? error.code;
    throw error;
  }
}
