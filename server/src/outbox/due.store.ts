import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { Posted } from './put-in-outbox.ts';

interface Look {
  readonly before: Date;
  readonly limit: number;
  readonly limitOfChannel: number;
}

/**
 * Of all workspaces what is due, the oldest of each channel: a workspace after the other, and within it a channel after the other,
 * so that thousands that wait for one are before nobody. Reads no more than it answers: the index tells which channels there are.
 */
export async function listDueInTurn(tx: Tx, { before, limit, limitOfChannel }: Look): Promise<Posted[]> {
  const { rows } = await sql<Posted>`
    with recursive routes as (
      (select workspace_id, channel_id from outbox where state = 'queued' and channel_id is not null
        order by workspace_id, channel_id limit 1)
      union all
      select next.* from routes r, lateral (
        select o.workspace_id, o.channel_id from outbox o
        where o.state = 'queued' and (o.workspace_id, o.channel_id) > (r.workspace_id, r.channel_id)
        order by o.workspace_id, o.channel_id limit 1) next),
    of_channels as (
      select r.workspace_id, due.id, due.next_at, due.place from routes r, lateral (
        select o.id, o.next_at, row_number() over (order by o.next_at) as place from outbox o
        where o.workspace_id = r.workspace_id and o.channel_id = r.channel_id and o.state = 'queued' and o.next_at < ${before}
        order by o.next_at limit ${limitOfChannel}) due),
    of_none as (
      select w.id as workspace_id, due.id, due.next_at, due.place from workspaces w, lateral (
        select o.id, o.next_at, row_number() over (order by o.next_at) as place from outbox o
        where o.workspace_id = w.id and o.channel_id is null and o.state = 'queued' and o.next_at < ${before}
        order by o.next_at limit ${limitOfChannel}) due),
    due as (select * from of_channels union all select * from of_none)
    select workspace_id as "workspaceId", id as "outboxId" from (
      select *, row_number() over (partition by workspace_id order by place, next_at) as turn from due) d
    order by turn, next_at limit ${limit}`.execute(tx);
  return rows;
}
