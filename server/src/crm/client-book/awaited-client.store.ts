import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { addJobs } from '../../platform/jobs/jobs.ts';
import type { ClientKind } from './clients.store.ts';

/** The job that asks conditions about a client again (automation/visits/notice-client.ts). */
export const NOTICE_CLIENT = 'notice-client';

// A job of its own: to lock the items here, with the client's row in hand, would break the order of locks (semantics.md 4).
/** After this commit: when a run of an item of the client waits for a condition, which may be about the client. */
export async function queueNoticeOfClient(
  tx: Tx,
  { kind, id, at }: { readonly kind: ClientKind; readonly id: number; readonly at: Date },
): Promise<void> {
  const column = kind === 'contact' ? sql`i.contact_id` : sql`i.company_id`;
  const { rows } = await sql`
    select from items i join runs r on r.workspace_id = i.workspace_id and r.item_id = i.id
    where i.workspace_id = ${workspaceOf(tx)} and ${column} = ${id}
      and r.state = 'waiting' and not r.entry and r.waiting_for = 'condition' limit 1`.execute(tx);
  if (rows.length > 0)
    await addJobs(tx, [
      { task: NOTICE_CLIENT, payload: { workspaceId: workspaceOf(tx), kind, id, at: at.toISOString() } },
    ]);
}
