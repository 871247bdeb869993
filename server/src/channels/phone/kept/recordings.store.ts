import { type Selectable, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { DB } from '../../../platform/schema.ts';
import { arrays } from '../../../platform/sql-arrays.ts';
import './tables.ts';

export type StoredRecording = Selectable<DB['call_recordings']>;

/** Of one call and one address there is one, however often it is told. */
export async function insertRecording(
  tx: Tx,
  recording: { callId: number; url: string | null; fileId: number | null; keepDays: number; now: Date },
): Promise<void> {
  const { callId, url, fileId, keepDays, now } = recording;
  await sql`
    insert into call_recordings (workspace_id, call_id, url, file_id, state, keep_days, next_at, created_at)
    values (${workspaceOf(tx)}, ${callId}, ${url}::text, ${fileId}::bigint, ${fileId === null ? 'waiting' : 'kept'}, ${keepDays}::int, ${now}, ${now})
    on conflict do nothing`.execute(tx);
}

export interface Heard {
  readonly callId: number;
  readonly state: StoredRecording['state'];
  /** In English; `reason` for those who read other languages, null for what failed before there was one. */
  readonly error: string | null;
  readonly reason: unknown;
  readonly fileId: number | null;
  readonly name: string;
  readonly size: number;
}

/** The newest of each call that is there or on its way. */
export async function listRecordings(tx: Tx, callIds: readonly number[]): Promise<ReadonlyMap<number, Heard>> {
  if (callIds.length === 0) return new Map();
  const { rows } = await sql<Heard>`
    select distinct on (r.call_id) r.call_id as "callId", r.state, r.error, r.reason, r.file_id as "fileId",
      coalesce(f.name, '') as name, coalesce(f.size, 0)::float8 as size
    from call_recordings r left join files f on f.workspace_id = r.workspace_id and f.id = r.file_id
    where r.workspace_id = ${workspaceOf(tx)} and r.call_id = any(${`{${callIds.join(',')}}`}::bigint[]) and r.state <> 'deleted'
      and (r.state <> 'kept' or f.id is not null)
    order by r.call_id, (r.state = 'kept') desc, r.id desc`.execute(tx);
  return new Map(rows.map((row) => [row.callId, row]));
}

export interface Due {
  readonly workspaceId: number;
  readonly id: number;
  readonly callId: number;
  readonly url: string;
  readonly tries: number;
}

interface Claiming {
  readonly now: Date;
  readonly again: Date;
  readonly limit: number;
  /** Of one workspace. */
  readonly ofOne: number;
  /** Workspaces whose turn it is not. */
  readonly except: readonly number[];
}

/** Of all workspaces: takes those that are due, and puts them off until `again`, should whoever takes them die. Needs the system role. */
export async function claimDue(tx: Tx, { now, again, limit, ofOne, except }: Claiming): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (
      select workspace_id, id, row_number() over (partition by workspace_id order by next_at, id) as place
      from call_recordings
      where state = 'waiting' and next_at <= ${now} and not workspace_id = any(${arrays.numbers(except)}::bigint[])
    ), taken as (
      select r.workspace_id, r.id from call_recordings r join due d on d.workspace_id = r.workspace_id and d.id = r.id
      where d.place <= ${ofOne}::int and r.state = 'waiting' and r.next_at <= ${now}
      order by r.next_at limit ${limit}::int for update of r skip locked
    )
    update call_recordings r set next_at = ${again}, tries = tries + 1 from taken t
    where r.workspace_id = t.workspace_id and r.id = t.id
    returning r.workspace_id as "workspaceId", r.id, r.call_id as "callId", r.url, r.tries`.execute(tx);
  return rows;
}

export async function setRecording(
  tx: Tx,
  id: number,
  columns: Partial<Pick<StoredRecording, 'state' | 'error' | 'file_id' | 'next_at'>> & {
    readonly reason?: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('call_recordings')
    .set(columns)
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** Of all workspaces: recordings that their line does not keep so long, or did not when it was there. Needs the system role. */
export async function listOutlived(
  tx: Tx,
  { now, limit }: { now: Date; limit: number },
): Promise<{ workspaceId: number; id: number; callId: number; fileId: number }[]> {
  const { rows } = await sql<{ workspaceId: number; id: number; callId: number; fileId: number }>`
    select r.workspace_id as "workspaceId", r.id, r.call_id as "callId", r.file_id as "fileId"
    from call_recordings r join calls c on c.workspace_id = r.workspace_id and c.id = r.call_id
    left join channels l on l.workspace_id = c.workspace_id and l.id = c.line_id and l.kind = 'phone-line'
    cross join lateral (
      select case when l.id is null then r.keep_days else coalesce((l.settings ->> 'keepRecordingsDays')::numeric, 0) end as days
    ) k
    where r.state = 'kept' and k.days > 0 and r.created_at < ${now}::timestamptz - k.days * interval '1 day'
    order by r.created_at limit ${limit}::int`.execute(tx);
  return rows;
}

/** Every recording of a call, those on their way too. */
export async function listOfCall(tx: Tx, callId: number): Promise<StoredRecording[]> {
  return tx
    .selectFrom('call_recordings')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('call_id', '=', callId)
    .where('state', '<>', 'deleted')
    .execute();
}
