import type { Tx } from '../../../platform/db.ts';
import { insertRecording } from './recordings.store.ts';

interface LineKeeps {
  readonly recordings: 'keep' | 'refuse';
  readonly keepRecordingsDays: number;
}

interface Order {
  readonly callId: number;
  readonly url: string;
  /** Not fetched before. */
  readonly at: Date;
}

const MOST_URL = 4_000;

/** Of one call and one address there is one order; none for a line that keeps no recordings, nor for an address without end. */
export async function keepOrder(
  tx: Tx,
  { recordings, keepRecordingsDays: keepDays }: LineKeeps,
  { callId, url, at }: Order,
): Promise<void> {
  if (recordings !== 'keep' || url.length > MOST_URL) return;
  await insertRecording(tx, { callId, url, fileId: null, keepDays, now: at });
}
