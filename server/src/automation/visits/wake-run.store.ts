import type { HeldBy } from '@signalbox/automation/kit/definitions/define-rule.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { queueDueVisits } from './queue-visits.ts';

interface Waking {
  readonly runId: number;
  readonly heldBy: HeldBy;
  readonly now: Date;
}

/** What a run waited for has happened: it goes on. False when it does not wait for that (semantics.md 5.9). */
export async function wakeRun(tx: Tx, { runId, heldBy, now }: Waking): Promise<boolean> {
  const row = await tx
    .updateTable('runs')
    .set({ due_at: now })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', runId)
    .where('state', '=', 'waiting')
    .where('waiting_for', '=', heldBy)
    .returning('visit_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  await queueDueVisits(tx, [{ visitId: row.visit_id, dueAt: now }], now);
  return true;
}
