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

export async function countHeld(
  tx: Tx,
  employeeId: number,
): Promise<{ items: number; contacts: number; companies: number }> {
  const count = (table: string) => sql`(select count(*)::int from ${sql.table(table)}
    where workspace_id = ${workspaceOf(tx)} and responsible_id = ${employeeId})`;
  const { rows } = await sql<{ items: number; contacts: number; companies: number }>`
    select ${count('items')} as items, ${count('contacts')} as contacts, ${count('companies')} as companies`.execute(
    tx,
  );
  return rows[0] ?? { items: 0, contacts: 0, companies: 0 };
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
