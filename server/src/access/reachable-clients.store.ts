import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { reachableItems } from './reachable-items.store.ts';

type Kind = 'contact' | 'company';

/**
 * Which of `contacts c` or `companies c` rights reach; undefined: all. A client belongs to who is responsible for it, and to who
 * may do the same to one of its items (docs/rights.md). What may not be seen is not reached by any other right either.
 */
export function reachableClients(rights: Rights, kind: Kind, verb: RightVerb): RawBuilder<unknown> | undefined {
  const verbs: readonly RightVerb[] = verb === 'read' ? ['read'] : ['read', verb];
  const wheres = verbs.flatMap((one) => within(rights, kind, one) ?? []);
  return wheres.length === 0 ? undefined : sql`(${sql.join(wheres, sql` and `)})`;
}

function within(rights: Rights, kind: Kind, verb: RightVerb): RawBuilder<unknown> | undefined {
  const reach = rights.clients[verb];
  if (reach === 'all') return undefined;
  if (reach === 'none') return sql`false`;
  const people = reach === 'own' ? [rights.employeeId] : rights.department;
  const client = kind === 'contact' ? sql`i.contact_id` : sql`i.company_id`;
  return sql`(c.responsible_id = any(${`{${people.join(',')}}`}::bigint[]) or exists (
    select from items i where i.workspace_id = c.workspace_id and ${client} = c.id and ${ofItems(rights, verb)}))`;
}

function ofItems(rights: Rights, verb: RightVerb): RawBuilder<unknown> {
  return reachableItems(rights, verb) ?? sql`true`;
}

/** Whether a client is there for somebody, and whether a right reaches it; undefined when the workspace has none. */
export async function findReachedClient(
  tx: Tx,
  rights: Rights,
  { kind, id, verb }: { readonly kind: Kind; readonly id: number; readonly verb: RightVerb },
): Promise<{ read: boolean; done: boolean } | undefined> {
  const table = kind === 'contact' ? sql`contacts` : sql`companies`;
  const [read, done] = [reachableClients(rights, kind, 'read'), reachableClients(rights, kind, verb)];
  const { rows } = await sql<{ read: boolean; done: boolean }>`
    select ${read ?? sql`true`} as read, ${done ?? sql`true`} as done
    from ${table} c where c.workspace_id = ${workspaceOf(tx)} and c.id = ${id}`.execute(tx);
  return rows[0];
}

/** Those of the clients that somebody may see. */
export async function listReadableClients(
  tx: Tx,
  rights: Rights,
  { kind, ids }: { readonly kind: Kind; readonly ids: readonly number[] },
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const table = kind === 'contact' ? sql`contacts` : sql`companies`;
  const { rows } = await sql<{ id: number }>`
    select c.id from ${table} c where c.workspace_id = ${workspaceOf(tx)} and c.id = any(${`{${ids.join(',')}}`}::bigint[])
      and ${reachableClients(rights, kind, 'read') ?? sql`true`}`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
