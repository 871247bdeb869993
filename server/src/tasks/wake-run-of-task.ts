import { wakeRun } from '../automation/visits/wake-run.store.ts';
import type { Tx } from '../platform/db.ts';
import type { StoredTask } from './kept/task-row.ts';

/** The rule that made the task and waits for it goes on (semantics.md 5.9). The item is locked. */
export async function wakeRunOfTask(tx: Tx, { madeBy }: Pick<StoredTask, 'madeBy'>, now: Date): Promise<void> {
  if (madeBy !== null) await wakeRun(tx, { runId: madeBy.runId, heldBy: 'task', now });
}
