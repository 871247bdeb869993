import { z } from 'zod';
import type { Tx } from '../../../platform/db.ts';
import type { Binding } from '../../../signals/binding.ts';
import { noteWhy } from '../kept/call-items.store.ts';
import { findCall } from '../kept/calls.store.ts';
import { loadLine } from '../lines/line.ts';
import { notifyOfCall } from './notify-of-call.ts';
import { showOnItems } from './show-on-items.ts';

const ofCall = z.object({ callId: z.number().int() });

/** Called by the drain in its transaction: the call stands on the chosen items, or on none, with why (semantics.md 2.5). */
export async function bindCalls(tx: Tx, bindings: readonly Binding[]): Promise<void> {
  for (const { kind, payload, itemIds, why } of bindings) {
    const parsed = ofCall.safeParse(payload);
    if (!kind.startsWith('call.') || !parsed.success) continue;
    const call = await findCall(tx, parsed.data.callId);
    const line = call && (await loadLine(tx, call.line_id));
    if (call === undefined || line === undefined) continue;
    const isClosed = kind !== 'call.started';
    await noteWhy(tx, call.id, { how: 'client', ...why });
    if (itemIds.length > 0) await showOnItems(tx, call, { itemIds, line, isClosed });
    else if (isClosed) await notifyOfCall(tx, call, { itemIds, line });
  }
}
