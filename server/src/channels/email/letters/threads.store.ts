import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { type EmailHead, selectHeads } from './emails.store.ts';

/** The item on which a thread stands now: that of its newest e-mail that has one. */
export async function findThreadItem(tx: Tx, threadId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('emails as e')
    .innerJoin('items as i', (join) =>
      join.onRef('i.workspace_id', '=', 'e.workspace_id').onRef('i.id', '=', 'e.item_id'),
    )
    .select('e.item_id')
    .where('e.workspace_id', '=', workspaceOf(tx))
    .where((is) => is.or([is('e.thread_id', '=', threadId), is('e.id', '=', threadId)]))
    .orderBy('e.id', 'desc')
    .executeTakeFirst();
  return row?.item_id ?? undefined;
}

/** The newest mail of an item that a client's address wrote or was sent: what is written next goes on from it. */
export async function findLastWith(
  tx: Tx,
  { itemId, address }: { itemId: number; address: string },
): Promise<EmailHead | undefined> {
  return selectHeads(tx)
    .where('item_id', '=', itemId)
    .where('audience', '=', 'client')
    .where('classification', '=', 'person')
    .where((is) =>
      is.or([is('from_address', '=', address), is('to_addresses', '@>', sql<string[]>`array[${address}]`)]),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Received mail in no thread that answers this one, the oldest first: it came before its parent. */
export async function listRepliesTo(tx: Tx, messageId: string): Promise<EmailHead[]> {
  return selectHeads(tx)
    .where('direction', '=', 'in')
    .where('thread_id', 'is', null)
    .where(sql`coalesce(in_reply_to, reference_ids[cardinality(reference_ids)])`, '=', messageId)
    .orderBy('id')
    .limit(50)
    .execute();
}

/** Threads that turn out to be one; `roots` are the first e-mails of those that end. */
export async function joinThreads(
  tx: Tx,
  { threadId, roots }: { threadId: number; roots: readonly number[] },
): Promise<void> {
  if (roots.length === 0) return;
  await tx
    .updateTable('emails')
    .set({ thread_id: threadId })
    .where('workspace_id', '=', workspaceOf(tx))
    .where((is) => is.or([is('id', 'in', [...roots]), is('thread_id', 'in', [...roots])]))
    .execute();
}

/** Until the transaction ends nobody else takes in a mail of these ids, or one that answers them. */
export async function holdConversations(tx: Tx, messageIds: readonly string[]): Promise<void> {
  const held = [...new Set(messageIds)].toSorted();
  for (const id of held)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`mail ${workspaceOf(tx)} ${id}`}, 0))`.execute(tx);
}
