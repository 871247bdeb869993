import type { Tx } from '../../../platform/db.ts';
import { findCall } from '../kept/calls.store.ts';
import { insertRecording } from '../kept/recordings.store.ts';
import { loadLine } from '../lines/line.ts';

const MOST_URL = 4_000;

/** A source says where a recording of the call lies; it is fetched soon, once. Nothing for a line that keeps none. */
export async function orderRecording(
  tx: Tx,
  { callId, url, now }: { callId: number; url: string; now: Date },
): Promise<void> {
  const call = await findCall(tx, callId);
  const line = call && (await loadLine(tx, call.line_id));
  if (line?.recordings !== 'keep' || url.length > MOST_URL) return;
  await insertRecording(tx, { callId, url, fileId: null, now });
}
