import type { Tx } from '../platform/db.ts';
import { ringAfterCommit } from '../platform/realtime.ts';
import { queueAgain } from './signal-queue.store.ts';

/** After re-binding to another item: the signal, which itself is never edited, is judged there (semantics.md 2.5). */
export async function judgeAgain(
  tx: Tx,
  { signalId, itemId }: { readonly signalId: number; readonly itemId: number },
): Promise<void> {
  await queueAgain(tx, signalId, [itemId]);
  ringAfterCommit(tx);
}
