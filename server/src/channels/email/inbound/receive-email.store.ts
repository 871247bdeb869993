import { sql } from 'kysely';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

/** Every mailbox of the workspace, those out of use too. */
export async function listOwnMailboxes(tx: Tx): Promise<{ id: number; address: string }[]> {
  const { rows } = await sql<{ id: number; address: string }>`
    select id, settings ->> 'address' as address from channels
    where workspace_id = ${workspaceOf(tx)} and kind = 'mailbox' order by id`.execute(tx);
  return rows;
}

export async function findSignalBySourceKeys(tx: Tx, sourceKeys: readonly string[]): Promise<number | undefined> {
  const row = await tx
    .selectFrom('signals')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('source_key', 'in', [...new Set(sourceKeys)])
    .executeTakeFirst();
  return row?.id;
}

/** Whose address it is; the first when several have it. */
export async function findSenderClient(
  tx: Tx,
  address: string,
): Promise<{ contactId: number | null; companyId: number | null }> {
  const found = (await findClients(tx, [address])).get(address) ?? [];
  const contact = found.find(({ kind }) => kind === 'contact');
  const company = found.find(({ kind }) => kind === 'company');
  return { contactId: contact?.id ?? null, companyId: company?.id ?? contact?.companyId ?? null };
}
