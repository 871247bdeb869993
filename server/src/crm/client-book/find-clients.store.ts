import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { ClientKind } from './client-facts.store.ts';

export interface FoundClient {
  readonly kind: ClientKind;
  readonly id: number;
  /** A contact's own company: its items are the client's as well. */
  readonly companyId: number | null;
}

/** By normalised address: everyone who has it, contacts first, the oldest first. */
export async function findClients(tx: Tx, normals: readonly string[]): Promise<Map<string, FoundClient[]>> {
  if (normals.length === 0) return new Map();
  const { rows } = await sql<FoundClient & { normal: string }>`
    select distinct a.normal, a.client_kind as kind, a.client_id as id, c.company_id as "companyId"
    from client_addresses a
    left join contacts c on c.workspace_id = a.workspace_id and a.client_kind = 'contact' and c.id = a.client_id
    where a.workspace_id = ${workspaceOf(tx)} and a.normal = any(${[...new Set(normals)]}::text[])
    order by kind desc, id`.execute(tx);
  return Map.groupBy(rows, (row) => row.normal);
}

/** Those of the contacts and companies that exist. */
export async function findClientsById(
  tx: Tx,
  clients: readonly { kind: ClientKind; id: number }[],
): Promise<FoundClient[]> {
  const idsOf = (kind: ClientKind) =>
    `{${clients
      .filter((client) => client.kind === kind)
      .map(({ id }) => id)
      .join(',')}}`;
  if (clients.length === 0) return [];
  const { rows } = await sql<FoundClient>`
    select 'contact' as kind, id, company_id as "companyId" from contacts where workspace_id = ${workspaceOf(tx)} and id = any(${idsOf('contact')}::bigint[])
    union all
    select 'company', id, null from companies where workspace_id = ${workspaceOf(tx)} and id = any(${idsOf('company')}::bigint[])`.execute(
    tx,
  );
  return rows;
}

/** A contact made for somebody who reached us first (semantics.md 2.4). */
export async function insertFoundContact(
  tx: Tx,
  contact: { name: string; kind: 'email' | 'phone'; value: string; normal: string; responsibleId: number | null },
): Promise<number> {
  const workspaceId = workspaceOf(tx);
  const { id } = await tx
    .insertInto('contacts')
    .values({ workspace_id: workspaceId, name: contact.name, responsible_id: contact.responsibleId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('client_addresses')
    .values({
      workspace_id: workspaceId,
      client_kind: 'contact',
      client_id: id,
      kind: contact.kind,
      value: contact.value,
      normal: contact.normal,
    })
    .execute();
  return id;
}
