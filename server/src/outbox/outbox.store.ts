import { type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { type ExpressionBuilder, type Selectable, sql, type Updateable } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import type { DB } from '../platform/schema.ts';
import { reasonColumns } from './reason-columns.ts';

/** One thing that leaves Signalbox (semantics.md 5.8). */
export interface Delivery {
  readonly id: number;
  readonly workspaceId: number;
  readonly kind: string;
  readonly channelId: number | null;
  readonly runId: number | null;
  readonly itemId: number | null;
  readonly payload: unknown;
  /** The same at every try, for providers that take one. */
  readonly idempotencyKey: string;
  readonly attempts: number;
  /** The run waits for what comes of it. */
  readonly holds: boolean;
}

export interface NewDelivery {
  /** Of the part whose sender takes it: `mail` … */
  readonly kind: string;
  readonly channelId: number | null;
  /** Whose timeline and which run hear of trouble; null for none. */
  readonly subject: { readonly itemId: number | null; readonly runId: number | null };
  /** The run waits for what comes of it (semantics.md 5.9). */
  readonly holds?: boolean;
  readonly at: Date;
}

export async function insertDelivery(
  tx: Tx,
  { kind, channelId, subject, holds = false, idempotencyKey, at }: NewDelivery & { readonly idempotencyKey: string },
): Promise<number> {
  const { id } = await tx
    .insertInto('outbox')
    .values({
      ...{ workspace_id: workspaceOf(tx), kind, channel_id: channelId, run_id: subject.runId, item_id: subject.itemId },
      ...{ payload: '{}', holds, idempotency_key: idempotencyKey, next_at: at, created_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface Lease {
  readonly token: string;
  readonly until: Date;
}

/** With the provider of its channel: `sandbox`, `smtp` …; null without a channel. */
export interface Claimed extends Delivery {
  readonly provider: string | null;
}

export interface Claiming {
  readonly id: number;
  readonly lease: Lease;
  readonly now: Date;
  /** Although its channel is paused, to see whether it goes again. */
  readonly probing?: boolean;
}

/** Takes a queued delivery that is due; undefined when somebody else has it, or nobody may, or its channel is paused. */
export async function claimDelivery(
  tx: Tx,
  { id, lease, now, probing = false }: Claiming,
): Promise<Claimed | undefined> {
  const row = await tx
    .updateTable('outbox')
    .set({ state: 'sending', lease_token: lease.token, lease_until: lease.until, attempts: sql<number>`attempts + 1` })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where('next_at', '<=', now)
    .$if(!probing, (query) => query.where(({ not, exists }) => not(exists(pauseOf))))
    .returningAll()
    .returning((query) => providerOf(query).as('provider'))
    .executeTakeFirst();
  return row === undefined ? undefined : { ...toDelivery(row), provider: row.provider };
}

/** False when it has been taken away. */
export async function renewLease(
  tx: Tx,
  { id, token, until }: { readonly id: number; readonly token: string; readonly until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ lease_until: until })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('lease_token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type Ending =
  | { readonly state: 'sent'; readonly at: Date }
  | { readonly state: 'queued'; readonly nextAt: Date; readonly reason: Reason }
  | { readonly state: 'failed'; readonly reason: Reason };

/** Only the holder of the lease may finish; false when it has been taken away (semantics.md 5.8). */
export async function finishDelivery(
  tx: Tx,
  { id, token, ending }: { readonly id: number; readonly token: string; readonly ending: Ending },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({
      state: ending.state,
      lease_token: null,
      lease_until: null,
      ...reasonColumns(ending.state === 'sent' ? null : ending.reason),
      ...(ending.state === 'sent' ? { sent_at: ending.at } : {}),
      ...(ending.state === 'queued' ? { next_at: ending.nextAt } : {}),
    })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('lease_token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Queued again by a person: one delivery, or those of a run (semantics.md 5.8). Answers the ids. */
export async function requeue(
  tx: Tx,
  { ids, now }: { readonly ids: readonly number[]; readonly now: Date },
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .updateTable('outbox')
    .set({ state: 'queued', next_at: now, attempts: 0, ...reasonColumns(null), lease_token: null, lease_until: null })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids])
    .where('state', 'in', ['failed', 'uncertain'])
    .returning(['id', 'item_id'])
    .execute();
  for (const { item_id: item } of rows) if (item !== null) announce(tx, { topic: 'deliveries', kind: 'queued', item });
  return rows.map((row) => row.id);
}

/** What waits leaves at another moment; false when it does not wait any more. */
export async function postpone(tx: Tx, { id, at }: { readonly id: number; readonly at: Date }): Promise<boolean> {
  return setQueued(tx, id, { next_at: at, ...reasonColumns(null) });
}

/** What waits does not leave at all; false when it does not wait any more. */
export async function giveUp(
  tx: Tx,
  { id, reason }: { readonly id: number; readonly reason: Reason },
): Promise<boolean> {
  return setQueued(tx, id, { state: 'failed', ...reasonColumns(reason) });
}

async function setQueued(tx: Tx, id: number, columns: Updateable<DB['outbox']>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set(columns)
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface StoredDelivery extends Delivery {
  readonly state: Selectable<DB['outbox']>['state'];
  readonly error: string | null;
  readonly reason: Reason | null;
}

/** How these stand now, for what shows their messages. */
export async function listDeliveries(tx: Tx, ids: readonly number[]): Promise<StoredDelivery[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('outbox')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({
    ...toDelivery(row),
    state: row.state,
    error: row.error,
    reason: readReason(row.reason),
  }));
}

export async function findDelivery(tx: Tx, id: number): Promise<StoredDelivery | undefined> {
  return (await listDeliveries(tx, [id]))[0];
}

/** Through what a delivery leaves; undefined when it does not wait for its turn. */
export async function findRoute(
  tx: Tx,
  id: number,
): Promise<{ channelId: number | null; provider: string | null } | undefined> {
  const row = await tx
    .selectFrom('outbox')
    .select('channel_id')
    .select((query) => providerOf(query).as('provider'))
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return row && { channelId: row.channel_id, provider: row.provider };
}

function providerOf(query: ExpressionBuilder<DB, 'outbox'>) {
  return query
    .selectFrom('channels as c')
    .select('c.provider')
    .whereRef('c.workspace_id', '=', 'outbox.workspace_id')
    .whereRef('c.id', '=', 'outbox.channel_id');
}

function pauseOf(query: ExpressionBuilder<DB, 'outbox'>) {
  return query
    .selectFrom('failing_channels as f')
    .select('f.channel_id')
    .whereRef('f.workspace_id', '=', 'outbox.workspace_id')
    .whereRef('f.channel_id', '=', 'outbox.channel_id')
    .where('f.paused_until', 'is not', null);
}

export function toDelivery(row: Selectable<DB['outbox']>): Delivery {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    channelId: row.channel_id,
    runId: row.run_id,
    itemId: row.item_id,
    payload: row.payload,
    idempotencyKey: row.idempotency_key,
    attempts: row.attempts,
    holds: row.holds,
  };
}

/** Those of them that have not left and can be withdrawn. */
export async function listHeld(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx
    .selectFrom('outbox')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids, 0])
    .where('state', 'in', ['queued', 'failed'])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Takes what has not left out of the outbox again; false: it has, or is about to. */
export async function withdraw(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    delete from outbox o using (
      select id from outbox where workspace_id = ${workspaceOf(tx)} and id = ${id} and state in ('queued', 'failed')
      for update skip locked) waiting
    where o.workspace_id = ${workspaceOf(tx)} and o.id = waiting.id
    returning o.id`.execute(tx);
  return rows.length > 0;
}
