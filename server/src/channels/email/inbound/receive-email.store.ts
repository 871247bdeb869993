import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

export async function findSignalBySourceKey(tx: Tx, sourceKey: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('signals')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('source_key', '=', sourceKey)
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
