import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

// What becomes of an e-mail after it was kept.

/** Puts it on the timeline of an item, with what tied it there. */
export async function tieEmail(
  tx: Tx,
  { id, itemId, tiedBy }: { id: number; itemId: number; tiedBy: object },
): Promise<void> {
  await tx
    .updateTable('emails')
    .set({ item_id: itemId, tied_by: JSON.stringify(tiedBy) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** What somebody said of mail that was taken for a machine's; what is let through is a person's. */
export async function setHeld(
  tx: Tx,
  id: number,
  held: { decision: 'let' | 'keep'; by: number; was: string },
): Promise<void> {
  await tx
    .updateTable('emails')
    .set({ held: JSON.stringify(held), ...(held.decision === 'let' ? { classification: 'person' as const } : {}) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

interface TakenLetter {
  readonly from: { readonly address: string; readonly name: string };
  readonly writer: object;
  readonly client: { readonly contactId: number | null; readonly companyId: number | null };
}

/** What was said of the letter inside it; a taken one is the client's. */
export async function setForwarded(
  tx: Tx,
  id: number,
  { forwarded, taken }: { forwarded: object; taken?: TakenLetter },
): Promise<void> {
  const clients = taken && {
    ...{ audience: 'client' as const, contact_id: taken.client.contactId, company_id: taken.client.companyId },
    ...{ from_address: taken.from.address, from_name: taken.from.name || null, reply_to: taken.from.address },
    writer: JSON.stringify(taken.writer),
  };
  await tx
    .updateTable('emails')
    .set({ forwarded: JSON.stringify(forwarded), ...clients })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** Answers whether it is news. */
export async function markBounced(tx: Tx, { id, at }: { id: number; at: Date }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('emails')
    .set({ bounced_at: at })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('bounced_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
