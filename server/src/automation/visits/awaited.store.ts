import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

const awaits = sql`r.state = 'waiting' and not r.entry and r.waiting_for = 'condition'`;

/**
 * The parents of these changed items, by id with the moment of the change, that have a run that waits for a condition; with the type of
 * the items whose parent each is, and when the last of them changed.
 */
export async function listAwaitedParents(
  tx: Tx,
  changedAt: ReadonlyMap<number, Date>,
): Promise<{ parentId: number; type: string; at: Date }[]> {
  const itemIds = [...changedAt.keys()];
  const { rows } = await sql<{ id: number; parentId: number; type: string }>`
    select i.id, i.parent_id as "parentId", i.type from items i
    where i.workspace_id = ${workspaceOf(tx)} and i.id = any(${arrays.numbers(itemIds)}::bigint[]) and i.parent_id is not null
      and exists (select from runs r where r.workspace_id = i.workspace_id and r.item_id = i.parent_id and ${awaits})`.execute(
    tx,
  );
  const last = new Map<string, { parentId: number; type: string; at: Date }>();
  for (const { id, parentId, type } of rows) {
    const [key, at] = [`${type} ${parentId}`, changedAt.get(id) ?? new Date(0)];
    if (at >= (last.get(key)?.at ?? at)) last.set(key, { parentId, type, at });
  }
  return [...last.values()];
}

/** Items of this client with a run that waits for a condition, some at a time, in the order of their ids. */
export async function listItemsThatAwait(
  tx: Tx,
  {
    kind,
    id,
    after,
    limit,
  }: { readonly kind: 'contact' | 'company'; readonly id: number; readonly after: number; readonly limit: number },
): Promise<number[]> {
  const column = kind === 'contact' ? sql`i.contact_id` : sql`i.company_id`;
  const { rows } = await sql<{ id: number }>`
    select i.id from items i where i.workspace_id = ${workspaceOf(tx)} and ${column} = ${id} and i.id > ${after}
      and exists (select from runs r where r.workspace_id = i.workspace_id and r.item_id = i.id and ${awaits})
    order by i.id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}
