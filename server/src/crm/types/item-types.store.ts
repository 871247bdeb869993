import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** A type of item that people have made. */
export interface SmartProcess {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly plural: string;
  readonly icon: string;
}

/** In the order of the screen. */
export async function listSmartProcesses(tx: Tx): Promise<SmartProcess[]> {
  return tx
    .selectFrom('item_types')
    .select(['id', 'code', 'name', 'plural', 'icon'])
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The id of the smart process of this name; the database says which names are one, as it keeps them apart. */
export async function findNamedProcess(tx: Tx, name: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from item_types where workspace_id = ${workspaceOf(tx)} and lower(name) = lower(${name})`.execute(tx);
  return rows[0]?.id;
}

/** Locks a smart process, `key share` against being deleted before the transaction ends; false when there is none. */
export async function lockSmartProcess(tx: Tx, code: string, strength: 'key share' | 'update'): Promise<boolean> {
  const { rows } = await sql`select 1 from item_types where workspace_id = ${workspaceOf(tx)} and code = ${code}
    for ${sql.raw(strength)}`.execute(tx);
  return rows.length > 0;
}

/** Behind the others; undefined when the code or the name is taken, if only since a moment ago. */
export async function insertSmartProcess(tx: Tx, process: Omit<SmartProcess, 'id'>): Promise<number | undefined> {
  const { code, name, plural, icon } = process;
  const { rows } = await sql<{ id: number }>`
    insert into item_types (workspace_id, code, name, plural, icon, position)
    select ${workspaceOf(tx)}, ${code}, ${name}, ${plural}, ${icon}, coalesce(max(position) + 1, 0)
    from item_types where workspace_id = ${workspaceOf(tx)}
    on conflict do nothing returning id`.execute(tx);
  return rows[0]?.id;
}

export async function updateSmartProcess(tx: Tx, process: SmartProcess): Promise<void> {
  const { id, name, plural, icon } = process;
  await tx
    .updateTable('item_types')
    .set({ name, plural, icon })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

export async function countItemsOfType(tx: Tx, code: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from items i
    where i.workspace_id = ${workspaceOf(tx)} and i.pipeline_id in
      (select p.id from pipelines p where p.workspace_id = ${workspaceOf(tx)} and p.type = ${code})`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Imports into the type that have not ended; before the type is locked, since an import locks itself first. */
export async function cancelImportsInto(tx: Tx, code: string, now: Date): Promise<void> {
  await sql`update imports set state = 'cancelled', ended_at = ${now}
    where workspace_id = ${workspaceOf(tx)} and target = ${code} and state in ('draft', 'running')`.execute(tx);
}

/** With its pipelines, their stages and boards, its fields, and the keys that its records had elsewhere. */
export async function deleteSmartProcess(tx: Tx, code: string): Promise<void> {
  const workspaceId = workspaceOf(tx);
  await sql`
    with pipes as (delete from pipelines where workspace_id = ${workspaceId} and type = ${code}),
      own_fields as (delete from fields where workspace_id = ${workspaceId} and type = ${code}),
      keys as (delete from record_keys where workspace_id = ${workspaceId} and kind = ${code})
    delete from item_types where workspace_id = ${workspaceId} and code = ${code}`.execute(tx);
}
