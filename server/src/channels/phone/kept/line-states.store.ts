import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

interface LineState {
  readonly line: number;
  /** Null: nobody is logged in to its exchange, or it has none that is followed. */
  readonly connectedSince: Date | null;
  readonly lastCallAt: Date | null;
}

/** How each line of the workspace is heard; a process that is gone follows nothing. */
export async function listLineStates(tx: Tx): Promise<LineState[]> {
  const { rows } = await sql<LineState>`
    select channels.id as line,
      (select connected_at from line_leases where line_leases.workspace_id = channels.workspace_id
        and channel_id = channels.id and held_until > clock_timestamp()) as "connectedSince",
      (select max(started_at) from calls where calls.workspace_id = channels.workspace_id and line_id = channels.id) as "lastCallAt"
    from channels where channels.workspace_id = ${workspaceOf(tx)} and kind = 'phone-line'
    order by channels.id`.execute(tx);
  return rows;
}
