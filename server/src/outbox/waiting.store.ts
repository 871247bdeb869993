import type { Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { type Delivery, listDeliveries } from './outbox.store.ts';
import { reasonColumns } from './reason-columns.ts';

const AT_ONCE = 500;
const CODE = 'channel-paused' satisfies Reason['code'];

/** The channel of a delivery that waits for its turn; undefined when it does not, or has none. */
export async function findDueChannel(
  tx: Tx,
  { id, now }: { readonly id: number; readonly now: Date },
): Promise<number | undefined> {
  const row = await tx
    .selectFrom('outbox')
    .select('channel_id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where('next_at', '<=', now)
    .executeTakeFirst();
  return row?.channel_id ?? undefined;
}

interface Postponed {
  readonly channelId: number;
  readonly until: Date;
  readonly reason: Reason;
  readonly now: Date;
}

/** What is due on the channel, up to 500 at once, is due at `until`. Answers those that did not wait for the channel already. */
export async function postponeDue(tx: Tx, { channelId, until, reason, now }: Postponed): Promise<Delivery[]> {
  const columns = reasonColumns(reason);
  const { rows } = await sql<{ id: number; waited: boolean }>`
    update outbox o set next_at = ${until}, error = ${columns.error}, reason = ${columns.reason}::jsonb
    from (
      select id, coalesce(reason ->> 'code' = ${CODE}, false) as waited from outbox
      where workspace_id = ${workspaceOf(tx)} and channel_id = ${channelId} and state = 'queued' and next_at <= ${now}
      order by next_at limit ${AT_ONCE} for update skip locked) due
    where o.workspace_id = ${workspaceOf(tx)} and o.id = due.id
    returning o.id, due.waited`.execute(tx);
  return listDeliveries(
    tx,
    rows.flatMap(({ id, waited }) => (waited ? [] : [id])),
  );
}

/** Everything that waited for the channel is due now. Answers the ids. */
export async function releaseWaiting(
  tx: Tx,
  { channelId, now }: { readonly channelId: number; readonly now: Date },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update outbox o set next_at = ${now}, error = null, reason = null
    from (
      select id from outbox
      where workspace_id = ${workspaceOf(tx)} and channel_id = ${channelId} and state = 'queued' and reason ->> 'code' = ${CODE}
      for update skip locked) waiting
    where o.workspace_id = ${workspaceOf(tx)} and o.id = waiting.id
    returning o.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** The oldest of what waits is due now, to see whether the provider answers again. */
export async function wakeOne(tx: Tx, channelId: number, now: Date): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    update outbox o set next_at = ${now}
    from (
      select id from outbox
      where workspace_id = ${workspaceOf(tx)} and channel_id = ${channelId} and state = 'queued' and reason ->> 'code' = ${CODE}
      order by id limit 1 for update skip locked) first
    where o.workspace_id = ${workspaceOf(tx)} and o.id = first.id
    returning o.id`.execute(tx);
  return rows[0]?.id;
}
