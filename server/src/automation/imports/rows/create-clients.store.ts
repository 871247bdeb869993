import { sql } from 'kysely';
import type { Address } from '../../../crm/client-book/addresses.ts';
import { announceClient } from '../../../crm/client-book/announce-client.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

export type ClientKind = 'contact' | 'company';

export interface ImportedClient {
  readonly name: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly companyId?: number | null;
  readonly responsibleId: number | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly addresses: readonly Address[];
  readonly createdAt?: string | null;
}

/** Contacts or companies with their addresses, a statement a table. The ids in the given order. */
export async function createClients(
  tx: Tx,
  kind: ClientKind,
  { clients, now }: { clients: readonly ImportedClient[]; now: Date },
): Promise<number[]> {
  if (clients.length === 0) return [];
  const ids = await insert(tx, kind, { clients, now });
  const addresses = clients.flatMap((client, index) =>
    client.addresses.map((address, position) => ({ ...address, position, id: ids[index] })),
  );
  if (addresses.length > 0) {
    await sql`
      insert into client_addresses (workspace_id, client_kind, client_id, kind, value, normal, position)
      select ${workspaceOf(tx)}, ${kind}, id, kind, value, normal, position
      from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) a(id bigint, kind text, value text, normal text, position int)`.execute(
      tx,
    );
  }
  for (const id of ids) announceClient(tx, { kind, id }, 'created');
  return ids;
}

async function insert(
  tx: Tx,
  kind: ClientKind,
  { clients, now }: { clients: readonly ImportedClient[]; now: Date },
): Promise<number[]> {
  const given = sql`
    select nextval(${kind === 'contact' ? 'contacts_id_seq' : 'companies_id_seq'}) as id, g.* from (
      select * from jsonb_to_recordset(${JSON.stringify(clients.map((client, n) => ({ ...client, n })))}::jsonb)
        r(n int, name text, "firstName" text, "lastName" text, "companyId" bigint, "responsibleId" bigint, fields jsonb, "createdAt" timestamptz)
      order by n) g`;
  const shared = sql`select ${workspaceOf(tx)}, id, name, "responsibleId", fields, coalesce("createdAt", ${now}), ${now}`;
  const made =
    kind === 'contact'
      ? sql`insert into contacts (workspace_id, id, name, responsible_id, fields, created_at, updated_at, first_name, last_name, company_id)
          overriding system value ${shared}, "firstName", "lastName", "companyId" from given`
      : sql`insert into companies (workspace_id, id, name, responsible_id, fields, created_at, updated_at) overriding system value ${shared} from given`;
  const { rows } = await sql<{
    id: number;
  }>`with given as (${given}), made as (${made}) select id from given order by n`.execute(tx);
  return rows.map(({ id }) => id);
}
