import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { ringAfterCommit } from '../platform/realtime.ts';

/** Queues a recorded signal once more, for this item alone; the signal itself is never edited (semantics.md 2.5). */
export async function judgeAgain(
  tx: Tx,
  { signalId, itemId }: { readonly signalId: number; readonly itemId: number },
): Promise<void> {
  await sql`
    insert into signal_queue (workspace_id, signal_id, item_ids) values (${workspaceOf(tx)}, ${signalId}, array[${itemId}::bigint])
    on conflict (workspace_id, signal_id) do update set item_ids = excluded.item_ids, parked_at = null, attempts = 0, error = null`.execute(
    tx,
  );
  ringAfterCommit(tx);
}

export interface Reported {
  readonly kind: string;
  /** What its payload holds among other things, e.g. `{ emailId: 5 }`. */
  readonly payload: Readonly<Record<string, number>>;
  /** The item that its activity is tied to now; null: none. */
  readonly itemId: number | null;
}

/** The latest signal that reported an activity: waiting, or decided on the activity's item or on none. */
export async function findSignalAbout(tx: Tx, { kind, payload, itemId }: Reported): Promise<number | undefined> {
  const workspaceId = workspaceOf(tx);
  const { rows } = await sql<{ id: number }>`
    select s.id from signals s
    where s.workspace_id = ${workspaceId} and s.kind = ${kind} and s.payload @> ${JSON.stringify(payload)}::jsonb and s.id in (
      select signal_id from decisions where workspace_id = ${workspaceId} and item_id in (0, ${itemId ?? 0}::bigint)
      union all select signal_id from signal_queue where workspace_id = ${workspaceId})
    order by s.id desc limit 1`.execute(tx);
  return rows[0]?.id;
}
