import type { ClientFacts } from '@signalbox/automation/kit/facts.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { readValues } from '../facts/read-values.ts';

export type ClientKind = 'contact' | 'company';

export function clientKey(kind: ClientKind, id: number): string {
  return `${kind} ${id}`;
}

interface Tied {
  readonly contactId: number | null;
  readonly companyId: number | null;
}

/** The contacts and companies of some items, by `clientKey`. */
export async function loadClientFacts(tx: Tx, items: readonly Tied[]): Promise<Map<string, ClientFacts>> {
  const contacts = unique(items.map((item) => item.contactId));
  const companies = unique(items.map((item) => item.companyId));
  if (contacts.length + companies.length === 0) return new Map();
  const { rows } = await sql<ClientRow>`
    select 'contact' as kind, c.id, c.name, c.first_name as "firstName", c.last_name as "lastName", c.fields, a.emails, a.phones
    from contacts c, lateral (${addressesOf('contact')}) a
    where c.workspace_id = ${workspaceOf(tx)} and c.id = any(${arrayOf(contacts)}::bigint[])
    union all
    select 'company', c.id, c.name, null, null, c.fields, a.emails, a.phones
    from companies c, lateral (${addressesOf('company')}) a
    where c.workspace_id = ${workspaceOf(tx)} and c.id = any(${arrayOf(companies)}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [clientKey(row.kind, row.id), { ...row, fields: readValues(row.fields) }]));
}

interface ClientRow extends Omit<ClientFacts, 'fields'> {
  readonly fields: unknown;
}

function addressesOf(kind: ClientKind) {
  return sql`
    select coalesce(array_agg(value order by position, id) filter (where kind = 'email'), '{}') as emails,
      coalesce(array_agg(value order by position, id) filter (where kind = 'phone'), '{}') as phones
    from client_addresses where workspace_id = c.workspace_id and client_kind = ${sql.lit(kind)} and client_id = c.id`;
}

function unique(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

function arrayOf(ids: readonly number[]): string {
  return `{${ids.join(',')}}`;
}
