import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { addCallItems } from '../kept/call-items.store.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import type { Line } from '../lines/line.ts';
import { notifyOfCall } from './notify-of-call.ts';

interface Showing {
  readonly itemIds: readonly number[];
  readonly line: Pick<Line, 'name' | 'employees' | 'responsible'>;
  /** It has ended: whoever is responsible hears what became of it. */
  readonly isClosed: boolean;
}

/** The call stands on the timeline of its items, once each; the entry shows what the call has become. */
export async function showOnItems(tx: Tx, call: StoredCall, { itemIds, line, isClosed }: Showing): Promise<void> {
  const fresh = await addCallItems(tx, call.id, itemIds);
  const { id, direction, number, started_at: at } = call;
  const entry = { kind: 'call' as const, at, authorId: null, text: '', data: { call: id, direction, number } };
  await appendTimeline(
    tx,
    fresh.map((itemId) => ({ ...entry, itemId })),
  );
  for (const item of itemIds) if (!fresh.includes(item)) announce(tx, { topic: 'timeline', kind: 'changed', item });
  if (isClosed) await notifyOfCall(tx, call, { itemIds, line });
}
