import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { reachableItems } from '../../../access/reachable-items.store.ts';
import type { Rights } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { type StoredCall, selectCalls } from './calls.store.ts';
import { listStoodInFor } from './stand-ins.store.ts';

export interface CallFilter {
  readonly ids?: readonly number[] | undefined;
  readonly item?: number | undefined;
  readonly client?: { readonly kind: 'contact' | 'company'; readonly id: number } | undefined;
  readonly line?: number | undefined;
  readonly state?: StoredCall['state'] | undefined;
  readonly direction?: StoredCall['direction'] | undefined;
  readonly unreturned?: boolean;
  /** Those that ring or go on. */
  readonly live?: boolean;
  readonly q?: string | undefined;
  readonly before: number | null;
  readonly limit: number;
}

/** Newest first; with rights, those that somebody may see (docs/rights.md). */
export async function listCalls(tx: Tx, filter: CallFilter, rights: Rights | null): Promise<StoredCall[]> {
  const wheres = [...wheresOf(filter), ...(rights === null ? [] : await seenBy(tx, rights))];
  return wheres
    .reduce((query, where) => query.where(where), selectCalls(tx))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
}

type Where = RawBuilder<SqlBool>;

function wheresOf({ ids, item, client, line, state, direction, unreturned, live, q, before }: CallFilter): Where[] {
  const column = client?.kind === 'company' ? sql`company_id` : sql`contact_id`;
  return [
    ...(ids === undefined ? [] : [sql<SqlBool>`id = any(${`{${ids.join(',')}}`}::bigint[])`]),
    ...(before === null ? [] : [sql<SqlBool>`id < ${before}`]),
    ...(item === undefined ? [] : [onItem(sql`c.item_id = ${item}`)]),
    ...(client === undefined ? [] : [sql<SqlBool>`${column} = ${client.id}`]),
    ...(line === undefined ? [] : [sql<SqlBool>`line_id = ${line}`]),
    ...(state === undefined ? [] : [sql<SqlBool>`state = ${state}`]),
    ...(direction === undefined ? [] : [sql<SqlBool>`direction = ${direction}`]),
    ...(unreturned ? [sql<SqlBool>`state = 'missed' and returned_by is null`] : []),
    ...(live ? [sql<SqlBool>`state in ('ringing', 'answered')`] : []),
    ...(q === undefined ? [] : [says(q)]),
  ];
}

function onItem(where: RawBuilder<unknown>): Where {
  return sql`exists (select from call_items c where c.workspace_id = calls.workspace_id and c.call_id = calls.id and ${where})`;
}

function says(words: string): Where {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const digits = `%${words.replace(/\D/g, '')}%`;
  const ofNumber = digits === '%%' ? sql`false` : sql`number like ${digits}`;
  return sql`(${ofNumber} or exists (
      select from contacts n where n.workspace_id = calls.workspace_id and n.id = calls.contact_id and n.name ilike ${pattern})
    or exists (select from companies n where n.workspace_id = calls.workspace_id and n.id = calls.company_id and n.name ilike ${pattern}))`;
}

/**
 * A call is seen by who had it, by those whose phones ring on its line by name or because whoever is named has left, by who may see an item that it stands on, and by who
 * sees all mail.
 */
async function seenBy(tx: Tx, rights: Rights): Promise<Where[]> {
  if (rights.areas.mail) return [];
  const me = rights.employeeId;
  const reached = reachableItems(rights, 'read') ?? sql`true`;
  const onMyLine = sql`exists (
    select from channels l where l.workspace_id = calls.workspace_id and l.id = calls.line_id
      and l.settings -> 'employees' @> jsonb_build_array(jsonb_build_object('employee', ${me}::bigint)))`;
  const onMyItem = sql`exists (
    select from call_items c join items i on i.workspace_id = c.workspace_id and i.id = c.item_id
    where c.workspace_id = calls.workspace_id and c.call_id = calls.id and ${reached})`;
  const stoodInFor = sql`line_id = any(${`{${(await listStoodInFor(tx, me)).join(',')}}`}::bigint[])`;
  return [sql`(employee_id = ${me} or ${me} = any(employee_ids) or ${onMyLine} or ${stoodInFor} or ${onMyItem})`];
}
