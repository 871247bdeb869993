import type { Tx } from '../../../platform/db.ts';
import { findCall } from '../kept/calls.store.ts';
import { keepOrder } from '../kept/keep-order.ts';
import { loadLine } from '../lines/line.ts';

/** A source says where a recording of the call lies; it is fetched soon, once. Nothing for a line that keeps none. */
export async function orderRecording(
  tx: Tx,
  { callId, url, now }: { callId: number; url: string; now: Date },
): Promise<void> {
  const call = await findCall(tx, callId);
  const line = call && (await loadLine(tx, call.line_id));
  if (line !== undefined) await keepOrder(tx, line, { callId, url, at: now });
}
