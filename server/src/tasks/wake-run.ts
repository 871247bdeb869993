import { queueDueVisits } from '../automation/visits/queue-visits.ts';
import type { Tx } from '../platform/db.ts';
import type { StoredTask } from './kept/task-row.ts';
import { setDue } from './kept/tasks.store.ts';

/** The rule that made the task and waits for it goes on (semantics.md 5.9). The item is locked. */
export async function wakeRun(tx: Tx, { madeBy }: Pick<StoredTask, 'madeBy'>, now: Date): Promise<void> {
  if (madeBy === null) return;
  const visitId = await setDue(tx, madeBy.runId, now);
  if (visitId !== undefined) await queueDueVisits(tx, [{ visitId, dueAt: now }], now);
}
