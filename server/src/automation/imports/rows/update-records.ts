import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { changeClient } from '../../../crm/clients/save-client.ts';
import { readValues } from '../../../crm/facts/read-values.ts';
import { readChanges } from '../../../crm/items/item-changes.ts';
import { loadItemRows, updateItem } from '../../../crm/items/items.store.ts';
import { addHistory } from '../../../crm/timeline/history.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { announce } from '../../../platform/realtime.ts';
import { changeItem } from '../../moves/change-item.ts';
import { moveItem } from '../../moves/move-item.ts';
import type { ClientKind, ImportedClient } from './create-clients.store.ts';
import type { ImportedItem } from './create-items.store.ts';
import { type RowInput, textOf, type World } from './import-world.ts';

interface ItemUpdate {
  readonly id: number;
  readonly item: ImportedItem;
  readonly given: RowInput;
}

/** Fills what the row fills; the code of the refusal, or null. Quietly, no rule runs, so the stage stays. */
export async function updateItemOfRow(tx: Tx, world: World, { id, item, given }: ItemUpdate): Promise<string | null> {
  const changes = changesOf(item, given);
  const { acting, plan, reference } = world;
  return refusalOf(async () => {
    if (!plan.runRules) return updateQuietly(tx, world, { id, changes });
    await changeItem(tx, acting, { itemId: id, changes });
    const code = reference.stages.get(item.stageId)?.code;
    if (textOf(given, 'stage') !== null && code !== undefined)
      await moveItem(tx, acting, { itemId: id, stageCode: code, pipelineId: item.pipelineId });
  });
}

function changesOf(item: ImportedItem, given: RowInput): Record<string, FieldValue> {
  const { amount, currency, contactId, companyId } = item;
  return {
    ...readValues(item.fields),
    ...(textOf(given, 'title') !== null && { title: item.title }),
    ...(amount !== null && { amount: { amount, currency } }),
    ...(contactId !== null && { contact: contactId }),
    ...(companyId !== null && { company: companyId }),
    ...(typeof given.values.responsible === 'number' && { responsible: given.values.responsible }),
  };
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

interface ClientUpdate {
  readonly id: number;
  readonly client: ImportedClient;
}

export async function updateClientOfRow(
  tx: Tx,
  { acting }: World,
  { kind, id, client }: ClientUpdate & { kind: ClientKind },
): Promise<string | null> {
  const valuesOf = (address: 'email' | 'phone') =>
    client.addresses.filter((one) => one.kind === address).map(({ value }) => value);
  const [emails, phones] = [valuesOf('email'), valuesOf('phone')];
  const body = {
    name: client.name,
    ...(client.firstName && { firstName: client.firstName }),
    ...(client.lastName && { lastName: client.lastName }),
    ...(client.companyId && { company: client.companyId }),
    ...(emails.length > 0 && { emails }),
    ...(phones.length > 0 && { phones }),
    fields: client.fields,
  };
  return refusalOf(() => changeClient(tx, id, { kind, body, now: acting.now }));
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
