import type { AuditFilter, AuditKind, AuditObject } from '@signalbox/contract/audit.ts';
import { auditGroups } from '@signalbox/contract/audit.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Author } from '../platform/author.ts';
import type { Tx } from '../platform/db.ts';
import type { Change } from './differences.ts';

export interface NewEntry {
  readonly workspaceId: number;
  readonly kind: AuditKind;
  readonly hourly: string | null;
  readonly fold: string | null;
  readonly object: { readonly kind: AuditObject; readonly id: string; readonly name: string } | null;
  readonly author: Author;
  readonly data: { readonly params: object; readonly changes: readonly Change[] };
  readonly text: string;
}

/** A row; of a fold that is there already the same row counts one more, and remembers the first ten addresses. */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  const { workspaceId, author, object } = entry;
  const addresses = author.address === null ? [] : [author.address];
  await sql`
    insert into audit_log (workspace_id, at, until_at, kind, via, by_id, by_name, via_id, via_name, seen_by_id, seen_by_name,
      session, addresses, object_kind, object_id, object_name, text, data, fold)
    select ${workspaceId}, t.at, t.at, ${entry.kind}, ${author.via}, ${author.byId}::bigint, p.name,
      ${author.tool?.id ?? null}, ${author.tool?.name ?? null}, ${author.seenById}::bigint, s.name,
      ${author.session}, ${addresses}::text[], ${object?.kind ?? null}, ${object?.id ?? null}, ${object?.name ?? null},
      lower(concat_ws(e'\n', p.name, s.name, ${entry.text}::text)), ${JSON.stringify(entry.data)}::jsonb,
      coalesce(${entry.fold}::text, ${entry.hourly}::text || to_char(t.at at time zone 'UTC', ' YYYY-MM-DD HH24'))
    from (select date_trunc('milliseconds', now()) as at) t
      left join employees p on p.workspace_id = ${workspaceId} and p.id = ${author.byId}::bigint
      left join employees s on s.workspace_id = ${workspaceId} and s.id = ${author.seenById}::bigint
    on conflict (workspace_id, fold) where fold is not null do update set
      times = audit_log.times + 1, until_at = excluded.until_at,
      addresses = case
        when audit_log.addresses @> excluded.addresses or cardinality(audit_log.addresses) >= 10 then audit_log.addresses
        else audit_log.addresses || excluded.addresses end`.execute(tx);
}

/** How far an export came, in the row that was written before it began. */
export async function countRows(tx: Tx, fold: string, rows: number): Promise<void> {
  await sql`update audit_log set rows = ${rows}, until_at = date_trunc('milliseconds', now()) where workspace_id = ${workspaceOf(tx)} and fold = ${fold}`.execute(
    tx,
  );
}

export interface EntryRow {
  readonly id: number;
  readonly at: Date;
  readonly until_at: Date;
  readonly times: number;
  readonly kind: string;
  readonly via: string;
  readonly by_id: number | null;
  readonly by_name: string | null;
  readonly via_name: string | null;
  readonly seen_by_id: number | null;
  readonly seen_by_name: string | null;
  readonly session: string | null;
  readonly addresses: string[];
  readonly object_kind: string | null;
  readonly object_id: string | null;
  readonly object_name: string | null;
  readonly data: unknown;
  readonly rows: number | null;
}

interface Page extends AuditFilter {
  readonly before: readonly [atMs: number, id: number] | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listEntries(tx: Tx, { before, limit, ...filter }: Page): Promise<EntryRow[]> {
  const conditions = [sql`workspace_id = ${workspaceOf(tx)}`, ...(await narrow(tx, filter))];
  if (before !== undefined) conditions.push(sql`(at, id) < (${new Date(before[0])}, ${before[1]}::bigint)`);
  const { rows } = await sql<EntryRow>`
    select id, at, until_at, times, kind, via, by_id, by_name, via_name, seen_by_id, seen_by_name, session, addresses,
      object_kind, object_id, object_name, data, rows
    from audit_log where ${sql.join(conditions, sql` and `)} order by at desc, id desc limit ${limit}`.execute(tx);
  return rows;
}

async function narrow(tx: Tx, filter: AuditFilter): Promise<RawBuilder<unknown>[]> {
  const { from, to, by, kind, group, object, objectId, q = '' } = filter;
  return [
    ...(from === undefined ? [] : [sql`at >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [sql`at < ${new Date(to)}`]),
    ...(by === undefined ? [] : [sql`by_id = ${by}`]),
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(group === undefined ? [] : [sql`kind = any(${[...auditGroups[group]]}::text[])`]),
    ...(object === undefined ? [] : [sql`object_kind = ${object}`]),
    ...(objectId === undefined ? [] : [sql`object_id = ${objectId}`]),
    ...(q === '' ? [] : [await holding(tx, q)]),
  ];
}

/** As long as so few rows hold a text they are looked at one by one; more are met soon on the way down the log. */
const FEW = 2_000;
/** Trigrams say nothing of shorter pieces. */
const SHORTEST = 3;

async function holding(tx: Tx, q: string): Promise<RawBuilder<unknown>> {
  const wanted = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  // The planner takes what it cannot estimate for rare, and would read everything to sort it.
  const holds = sql`case when text like lower(${wanted}) then true else false end`;
  if (q.length < SHORTEST) return holds;
  const { rows } = await sql<{ id: number }>`select signalbox_find_audit(${wanted}, ${FEW + 1}) as id`.execute(tx);
  if (rows.length > FEW) return holds;
  return sql`id = any(${`{${rows.map(({ id }) => id).join(',')}}`}::bigint[])`;
}

/** What is older than so many days goes, in every workspace; at least 365. For the system role. */
export async function deleteOlder(tx: Tx, days: number): Promise<{ workspaceId: number; count: number }[]> {
  const { rows } = await sql<{ workspaceId: number; count: number }>`
    select workspace as "workspaceId", gone::int as count from signalbox_prune_audit(${days}::int)`.execute(tx);
  return rows;
}
