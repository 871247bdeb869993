import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { rescheduleRuns } from '../automation/visits/reschedule-runs.ts';
import { readValues } from '../crm/facts/read-values.ts';
import { loadItemRows, updateItem } from '../crm/items/items.store.ts';
import { addHistory } from '../crm/timeline/history.store.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { findNextPlanned } from './kept/planned.store.ts';
import type { TaskActing } from './telling/acting.ts';

const fields = { call: 'nextCall', meeting: 'nextMeeting' } as const;
type Planned = keyof typeof fields;

/**
 * The item's next call and meeting, after one was planned, moved, held or deleted: dates for conditions and for rules that wait for them
 * (semantics.md 5.3). Nobody has saved the item, so that there is no signal. The item is locked.
 */
export async function keepNextPlanned(tx: Tx, acting: TaskActing, itemId: number | null): Promise<void> {
  const [row] = itemId === null ? [] : await loadItemRows(tx, [itemId], { lock: true });
  if (row === undefined) return;
  const before = readValues(row.fields);
  const next = await findNextPlanned(tx, row.id, acting.now);
  const changed = kinds.flatMap((kind) => {
    const [field, from, to] = [fields[kind], before[fields[kind]] ?? null, next[kind]?.toISOString() ?? null];
    return from === to ? [] : [{ field, from, to }];
  });
  if (changed.length === 0) return;
  const after: Record<string, FieldValue> = { ...before };
  for (const { field, to } of changed) after[field] = to;
  await updateItem(tx, row.id, { columns: { fields: JSON.stringify(after) }, now: acting.now });
  const by = { at: acting.now, authorId: acting.byId, ruleName: acting.ruleName ?? null };
  await addHistory(
    tx,
    changed.map((one) => ({ itemId: row.id, ...one, ...by })),
  );
  const { now, asOf = now } = acting;
  await rescheduleRuns(tx, { itemIds: [row.id], changedFields: changed.map(({ field }) => field), now, asOf });
  announce(tx, { topic: 'items', kind: 'changed', item: row.id });
}

const kinds: readonly Planned[] = ['call', 'meeting'];
