import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { arrays } from '../../../platform/sql-arrays.ts';
import type { StoredCall } from './calls.store.ts';

/** What people call those who talked; null: nobody is known. */
export async function findCallNames(
  tx: Tx,
  { contact_id: contactId, company_id: companyId, employee_id: employeeId }: StoredCall,
): Promise<{ client: string | null; employee: string | null }> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ client: string | null; employee: string | null }>`
    select coalesce(
        (select name from contacts where workspace_id = ${here} and id = ${contactId}::bigint),
        (select name from companies where workspace_id = ${here} and id = ${companyId}::bigint)) as client,
      (select coalesce(nullif(name, ''), email) from employees where workspace_id = ${here} and id = ${employeeId}::bigint) as employee`.execute(
    tx,
  );
  return rows[0] ?? { client: null, employee: null };
}

/** By `contact 5` or `company 7`. */
export async function listClientNames(
  tx: Tx,
  calls: readonly Pick<StoredCall, 'contact_id' | 'company_id'>[],
): Promise<ReadonlyMap<string, string>> {
  const here = workspaceOf(tx);
  const contacts = arrays.numbers(calls.flatMap((call) => call.contact_id ?? []));
  const companies = arrays.numbers(calls.flatMap((call) => call.company_id ?? []));
  const { rows } = await sql<{ key: string; name: string }>`
    select 'contact ' || id as key, name from contacts where workspace_id = ${here} and id = any(${contacts}::bigint[])
    union all
    select 'company ' || id, name from companies where workspace_id = ${here} and id = any(${companies}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** Each responsible once, with the first of their items. */
export async function listResponsible(
  tx: Tx,
  itemIds: readonly number[],
): Promise<{ employeeId: number; itemId: number }[]> {
  const rows = await tx
    .selectFrom('items')
    .select(['id as itemId', 'responsible_id as employeeId'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...itemIds])
    .orderBy('id')
    .execute();
  const each = new Map<number, { employeeId: number; itemId: number }>();
  for (const { itemId, employeeId } of rows)
    if (employeeId !== null && !each.has(employeeId)) each.set(employeeId, { employeeId, itemId });
  return [...each.values()];
}
