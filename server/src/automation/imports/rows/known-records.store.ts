import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { ClientKind } from './create-clients.store.ts';

/** The oldest of each name in lower case. */
export async function findByNames(tx: Tx, kind: ClientKind, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))];
  const { rows } = await sql<{ name: string; id: number }>`
    select distinct on (lower(name)) lower(name) as name, id from ${kind === 'contact' ? sql`contacts` : sql`companies`}
    where workspace_id = ${workspaceOf(tx)} and lower(name) = any(${wanted}::text[]) order by lower(name), id`.execute(
    tx,
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

export interface Titled {
  readonly title: string;
  readonly contactId: number | null;
  readonly companyId: number | null;
}

/** Items of a type by title, whatever its case, and client: the newest first. */
export async function listByTitle(
  tx: Tx,
  { type, titled }: { type: string; titled: readonly Titled[] },
): Promise<(Titled & { id: number })[]> {
  if (titled.length === 0) return [];
  const idsOf = (ids: readonly (number | null)[]) => `{${ids.filter((id) => id !== null).join(',')}}`;
  const { rows } = await sql<Titled & { id: number }>`
    select id, title, contact_id as "contactId", company_id as "companyId" from items
    where workspace_id = ${workspaceOf(tx)} and type = ${type} and lower(title) = any(${titled.map(({ title }) => title.toLowerCase())}::text[])
      and (contact_id = any(${idsOf(titled.map((one) => one.contactId))}::bigint[]) or company_id = any(${idsOf(titled.map((one) => one.companyId))}::bigint[]))
    order by id desc`.execute(tx);
  return rows;
}
