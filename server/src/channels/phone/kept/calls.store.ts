import { type Selectable, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { DB } from '../../../platform/schema.ts';
import './tables.ts';

export type StoredCall = Selectable<DB['calls']>;

/** The columns that follow from what was said. */
export type CallColumns = Pick<
  StoredCall,
  | ('direction' | 'number' | 'contact_id' | 'company_id' | 'employee_id' | 'employee_ids')
  | ('started_at' | 'answered_at' | 'ended_at' | 'talk_seconds' | 'waiting_seconds' | 'state' | 'status_code')
>;

interface NewCall extends CallColumns {
  readonly lineId: number;
  readonly sourceCallId: string;
  readonly itemId: number | null;
  readonly afterHours: boolean;
  readonly fold: object;
  readonly now: Date;
}

/** Held until the transaction ends: events of one call that come at the same moment follow each other. */
export async function lockCall(
  tx: Tx,
  { lineId, sourceCallId }: Pick<NewCall, 'lineId' | 'sourceCallId'>,
): Promise<StoredCall | undefined> {
  return selectCalls(tx)
    .where('line_id', '=', lineId)
    .where('source_call_id', '=', sourceCallId)
    .forUpdate()
    .executeTakeFirst();
}

/** Undefined if somebody else has just put it there. */
export async function insertCall(tx: Tx, call: NewCall): Promise<StoredCall | undefined> {
  const { lineId, sourceCallId, itemId, afterHours, fold, now, ...columns } = call;
  return tx
    .insertInto('calls')
    .values({
      ...{ ...columns, workspace_id: workspaceOf(tx), line_id: lineId, source_call_id: sourceCallId },
      ...{ item_id: itemId, after_hours: afterHours, fold: JSON.stringify(fold), heard_at: now },
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'line_id', 'source_call_id']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateCall(
  tx: Tx,
  id: number,
  { fold, now, ...columns }: CallColumns & { readonly fold: object; readonly now: Date },
): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ ...columns, fold: JSON.stringify(fold), heard_at: now })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

export async function findCall(tx: Tx, id: number): Promise<StoredCall | undefined> {
  return selectCalls(tx).where('id', '=', id).executeTakeFirst();
}

export async function findCalls(tx: Tx, ids: readonly number[]): Promise<StoredCall[]> {
  if (ids.length === 0) return [];
  return selectCalls(tx)
    .where('id', 'in', [...ids])
    .execute();
}

export async function setNote(tx: Tx, id: number, note: string): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ note })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

export async function setOutbox(tx: Tx, id: number, outboxId: number): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ outbox_id: outboxId })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

export async function findCallInOutbox(tx: Tx, outboxId: number): Promise<StoredCall | undefined> {
  return selectCalls(tx).where('outbox_id', '=', outboxId).executeTakeFirst();
}

/** By the exchange's own name of it from now on, unless that has told of a call already. */
export async function renameCall(
  tx: Tx,
  { callId, lineId, sourceCallId }: { callId: number; lineId: number; sourceCallId: string },
): Promise<void> {
  const known = await lockCall(tx, { lineId, sourceCallId });
  if (known !== undefined) return;
  await tx
    .updateTable('calls')
    .set({ source_call_id: sourceCallId })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', callId)
    .execute();
}

export function selectCalls(tx: Tx) {
  return tx.selectFrom('calls').selectAll().where('workspace_id', '=', workspaceOf(tx));
}

/** Missed calls of a number are returned once somebody has talked to it; answers which were. */
export async function markReturned(
  tx: Tx,
  call: { readonly id: number; readonly number: string; readonly at: Date; readonly startedAt: Date },
): Promise<number[]> {
  const rows = await tx
    .updateTable('calls')
    .set({ returned_by: call.id, returned_at: call.at })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('number', '=', call.number)
    .where('state', '=', 'missed')
    .where('returned_by', 'is', null)
    .where('started_at', '<=', call.startedAt)
    .where('id', '<>', call.id)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

interface Forgetting {
  readonly now: Date;
  readonly ringingBefore: Date;
  readonly talkingBefore: Date;
  readonly limit: number;
}

/** Of all workspaces: calls that nobody will close, the longest first, and when they ended: now where their line has been deleted. Needs the system role. */
export async function listForgotten(
  tx: Tx,
  { now, ringingBefore, talkingBefore, limit }: Forgetting,
): Promise<{ workspaceId: number; lineId: number; sourceCallId: string; endedAt: Date }[]> {
  const { rows } = await sql<{ workspaceId: number; lineId: number; sourceCallId: string; endedAt: Date }>`
    select c.workspace_id as "workspaceId", c.line_id as "lineId", c.source_call_id as "sourceCallId",
      case when l.id is null then ${now}::timestamptz else c.heard_at end as "endedAt"
    from calls c left join channels l on l.workspace_id = c.workspace_id and l.id = c.line_id
    where (c.state = 'ringing' and (l.id is null or c.heard_at < ${ringingBefore}))
      or (c.state = 'answered' and (l.id is null or c.heard_at < ${talkingBefore}))
    order by c.heard_at limit ${limit}::int`.execute(tx);
  return rows;
}
