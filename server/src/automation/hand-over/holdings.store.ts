import type { Holdings } from '@signalbox/contract/people/hand-over.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** Items of an employee in the order of their ids. */
export async function listItemsOf(tx: Tx, employeeId: number, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('responsible_id', '=', employeeId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function countHeld(tx: Tx, employeeId: number): Promise<Omit<Holdings, 'channels' | 'rules'>> {
  const count = (table: string) => sql`(select count(*)::int from ${sql.table(table)}
    where workspace_id = ${workspaceOf(tx)} and responsible_id = ${employeeId})`;
  const { rows } = await sql<Omit<Holdings, 'channels' | 'rules'>>`
    select ${count('items')} as items, ${count('contacts')} as contacts, ${count('companies')} as companies,
      (select count(*)::int from (${openTasksOf(tx, employeeId)}) t) as tasks`.execute(tx);
  return rows[0] ?? { items: 0, contacts: 0, companies: 0, tasks: 0 };
}

function openTasksOf(tx: Tx, employeeId: number) {
  const here = workspaceOf(tx);
  return sql`select t.id from task_people p join tasks t on t.workspace_id = ${here} and t.id = p.task_id
    where p.workspace_id = ${here} and p.employee_id = ${employeeId} and (p.responsible or p.creator) and t.closed_at is null`;
}

interface Giving {
  readonly from: number;
  readonly to: number;
  readonly byId: number | null;
  readonly now: Date;
}

/** The open tasks of one employee become another's, each with its history; how many. */
export async function giveTasks(tx: Tx, { from, to, byId, now }: Giving): Promise<number> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ count: number }>`
    with given as (
      select id, responsible_id = ${from} is true as responsible, creator_id = ${from} is true as creator from tasks
      where workspace_id = ${here} and id in (${openTasksOf(tx, from)}) for update
    ), noted as (
      insert into task_history (workspace_id, task_id, at, author_id, field, old_value, new_value)
      select ${here}, g.id, ${now}, ${byId}::bigint, f.field, to_jsonb(${from}::bigint), to_jsonb(${to}::bigint)
      from given g, lateral (values ('responsible', g.responsible), ('creator', g.creator)) as f (field, changed) where f.changed
    ), changed as (
      update tasks t set responsible_id = case when g.responsible then ${to}::bigint else t.responsible_id end,
        creator_id = case when g.creator then ${to}::bigint else t.creator_id end, updated_at = ${now}
      from given g where t.workspace_id = ${here} and t.id = g.id returning 1
    )
    select count(*)::int as count from changed`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** The clients of one employee become another's. */
export async function giveClients(tx: Tx, { from, to, now }: { from: number; to: number; now: Date }): Promise<void> {
  for (const table of ['contacts', 'companies'] as const)
    await tx
      .updateTable(table)
      .set({ responsible_id: to, updated_at: now })
      .where('workspace_id', '=', workspaceOf(tx))
      .where('responsible_id', '=', from)
      .execute();
}

/** The supervisor of those whom they supervised, and the head of the departments that they headed. */
export async function giveHeadship(tx: Tx, { from, to }: { from: number; to: number }): Promise<void> {
  const workspaceId = workspaceOf(tx);
  await tx
    .updateTable('employees')
    .set({ supervisor_id: to })
    .where('workspace_id', '=', workspaceId)
    .where('supervisor_id', '=', from)
    .where('id', '<>', to)
    .execute();
  await tx
    .updateTable('departments')
    .set({ head_id: to })
    .where('workspace_id', '=', workspaceId)
    .where('head_id', '=', from)
    .execute();
}
