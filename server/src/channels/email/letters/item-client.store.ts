import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

export interface ItemClient {
  readonly contactId: number | null;
  readonly companyId: number | null;
  /** The contact's first address, else the company's. */
  readonly address: string | undefined;
}

export async function findItemClient(tx: Tx, itemId: number): Promise<ItemClient> {
  const { rows } = await sql<{ contactId: number | null; companyId: number | null; address: string | null }>`
    select i.contact_id as "contactId", i.company_id as "companyId", (
      select a.normal from client_addresses a
      where a.workspace_id = i.workspace_id and a.kind = 'email'
        and ((a.client_kind = 'contact' and a.client_id = i.contact_id) or (a.client_kind = 'company' and a.client_id = i.company_id))
      order by a.client_kind = 'company', a.position, a.id limit 1
    ) as address
    from items i where i.workspace_id = ${workspaceOf(tx)} and i.id = ${itemId}`.execute(tx);
  const [row] = rows;
  return { contactId: row?.contactId ?? null, companyId: row?.companyId ?? null, address: row?.address ?? undefined };
}
