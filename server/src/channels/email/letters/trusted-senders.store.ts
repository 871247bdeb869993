import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

export interface TrustedSender {
  readonly id: number;
  readonly address: string;
  readonly createdAt: Date;
}

/** Their mail is never held back again. Adding an address twice is adding it once. */
export async function trustSender(
  tx: Tx,
  { address, employeeId }: { address: string; employeeId: number },
): Promise<void> {
  await tx
    .insertInto('trusted_senders')
    .values({ workspace_id: workspaceOf(tx), address, added_by: employeeId })
    .onConflict((on) => on.columns(['workspace_id', 'address']).doNothing())
    .execute();
}

export async function isTrusted(tx: Tx, address: string): Promise<boolean> {
  const row = await tx
    .selectFrom('trusted_senders')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('address', '=', address)
    .executeTakeFirst();
  return row !== undefined;
}

/** In the order of their addresses. */
export function listTrustedSenders(tx: Tx): Promise<TrustedSender[]> {
  return tx
    .selectFrom('trusted_senders')
    .select(['id', 'address', 'created_at as createdAt'])
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('address')
    .limit(1_000)
    .execute();
}

/** Whether there was one. */
export async function distrustSender(tx: Tx, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('trusted_senders')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
