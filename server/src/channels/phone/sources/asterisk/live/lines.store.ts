import { sql } from 'kysely';
import { workspaceOf } from '../../../../../platform/after-commit.ts';
import type { Tx } from '../../../../../platform/db.ts';
import '../../../kept/tables.ts';
import './tables.ts';

/** A line whose exchange is to be followed. */
export interface HeldLine {
  readonly workspaceId: number;
  readonly lineId: number;
}

/** Of all workspaces: takes the lines that nobody follows, and keeps those that `holder` has. Needs the system role. */
export async function holdLines(
  tx: Tx,
  { provider, holder, leaseMs }: { provider: string; holder: string; leaseMs: number },
): Promise<HeldLine[]> {
  const { rows } = await sql<HeldLine>`
    insert into line_leases (workspace_id, channel_id, holder, held_until)
    select workspace_id, id, ${holder}::uuid, clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    from channels where kind = 'phone-line' and provider = ${provider} and enabled
    order by workspace_id, id
    on conflict (workspace_id, channel_id) do update
      set holder = excluded.holder, held_until = excluded.held_until,
        connected_at = case when line_leases.holder = excluded.holder then line_leases.connected_at end
      where line_leases.holder = excluded.holder or line_leases.held_until < clock_timestamp()
    returning workspace_id as "workspaceId", channel_id as "lineId"`.execute(tx);
  return rows;
}

/** Others need not wait. Needs the system role. */
export async function releaseLines(tx: Tx, holder: string): Promise<void> {
  await tx.deleteFrom('line_leases').where('holder', '=', holder).execute();
}

/** Null: it is not connected any more. */
export async function setConnected(tx: Tx, lineId: number, at: Date | null): Promise<void> {
  await tx
    .updateTable('line_leases')
    .set({ connected_at: at })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('channel_id', '=', lineId)
    .execute();
}

/** Calls of a line that have not ended. */
export async function listOpenCalls(tx: Tx, lineId: number): Promise<{ sourceCallId: string; startedAt: Date }[]> {
  return tx
    .selectFrom('calls')
    .select(['source_call_id as sourceCallId', 'started_at as startedAt'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('line_id', '=', lineId)
    .where('state', 'in', ['ringing', 'answered'])
    .execute();
}
