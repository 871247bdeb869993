import { randomUUID } from 'node:crypto';
import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { type FieldChanged, readChanges } from '../../crm/items/item-changes.ts';
import { type ItemRow, loadItemRows, updateItem } from '../../crm/items/items.store.ts';
import { addHistory } from '../../crm/timeline/history.store.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { hasDate, queueAwaitedParents, queueReplanOfParent } from '../visits/replan-item.ts';
import { rescheduleRuns } from '../visits/reschedule-runs.ts';
import type { Acting } from './acting.ts';

export interface ItemChange {
  readonly itemId: number;
  /** New values by field code; standard and custom, the stage never (that is `moveItem`). */
  readonly changes: Readonly<Record<string, FieldValue>>;
  /** What the one who saves had read: a later save by somebody else is a conflict instead of lost. */
  readonly expectedUpdatedAt?: Date;
}

/** One save: history, and one `item.changed` signal with every field that is different now (semantics.md 4). */
export async function changeItem(
  tx: Tx,
  acting: Acting,
  change: ItemChange,
): Promise<{ changed: string[]; changes: readonly FieldChanged[]; signalId: number | null }> {
  const [row] = await loadItemRows(tx, [change.itemId], { lock: true });
  if (row === undefined) throw notFound(`item ${change.itemId}`);
  checkUnchanged(row, change.expectedUpdatedAt);

  const reference = await loadReference(tx);
  const { columns, changed } = readChanges(row, change.changes, reference);
  if (changed.length === 0) return { changed: [], changes: [], signalId: null };

  await updateItem(tx, row.id, { columns, now: acting.now });
  await writeHistory(tx, acting, { itemId: row.id, changed });
  const [signal] = await recordSignals(tx, [signalOf(acting, { itemId: row.id, changed })]);
  const codes = changed.map(({ field }) => field);
  const { now, asOf = now } = acting;
  await rescheduleRuns(tx, { itemIds: [row.id], changedFields: codes, now, asOf });
  if (hasDate(codes, row.type, reference)) await queueReplanOfParent(tx, row, asOf);
  else await queueAwaitedParents(tx, new Map([[row.id, asOf]]));
  announce(tx, { topic: 'items', kind: 'changed', item: row.id });
  return { changed: codes, changes: withCurrency(row, columns, changed), signalId: signal?.id ?? null };
}

interface Changed {
  readonly itemId: number;
  readonly changed: readonly FieldChanged[];
}

// The first amount brings the currency along, though nobody has named it.
function withCurrency(
  { currency: from }: ItemRow,
  { currency: to }: { readonly currency?: string | null },
  changed: readonly FieldChanged[],
): readonly FieldChanged[] {
  const first = changed.find(({ field, from: before }) => field === 'amount' && before === null);
  const isNamed = changed.some(({ field }) => field === 'currency');
  if (first === undefined || isNamed || to === undefined || to === from) return changed;
  return [...changed, { field: 'currency', from, to }];
}

function checkUnchanged(row: ItemRow, expected: Date | undefined): void {
  if (expected === undefined || expected.getTime() === row.updatedAt.getTime()) return;
  throw conflict(
    'changed-meanwhile',
    `Item ${row.id} was changed at ${row.updatedAt.toISOString()}, after you had read it`,
  );
}

function signalOf(acting: Acting, { itemId, changed }: Changed) {
  return {
    kind: 'item.changed',
    sourceKey: `item.changed ${itemId} ${randomUUID()}`,
    occurredAt: acting.now,
    payload: { changes: changed, by: acting.byId },
    items: [itemId],
    chain: acting.chain,
    causeRunId: acting.runId ?? null,
  };
}

async function writeHistory(tx: Tx, acting: Acting, { itemId, changed }: Changed): Promise<void> {
  const { now: at, byId: authorId, trigger, ruleName = null, signalId = null } = acting;
  const by = { at, authorId, triggerName: trigger?.name ?? null, ruleName, signalId };
  await addHistory(
    tx,
    changed.map(({ field, from, to }) => ({ itemId, field, from, to, ...by })),
  );
}
