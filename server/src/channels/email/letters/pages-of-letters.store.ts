import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { fitPage } from '../../../platform/http/paging.ts';
import type { DB } from '../../../platform/schema.ts';
import { type StoredEmail, selectEmails } from './emails.store.ts';

export interface PageAsked {
  readonly before: number | null;
  readonly limit: number;
}

export interface PageOfLetters {
  readonly letters: StoredEmail[];
  readonly isMore: boolean;
}

/** An item's own e-mails, and those of several items that stand on its timeline too; newest first. */
export function listEmailsOfItem(tx: Tx, itemId: number, page: PageAsked): Promise<PageOfLetters> {
  const shared = sql<number>`(select (data ->> 'email')::bigint from timeline where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and kind = 'email')`;
  return readPage(tx, page, (is) => is.or([is('item_id', '=', itemId), is('id', 'in', shared)]));
}

/**
 * Mail that waits for somebody to say what it is, newest first: clients' letters that colleagues passed on, and what was taken for a
 * machine's; not the reports of servers about mail of ours, which stand with it.
 */
export function listHeldMail(tx: Tx, page: PageAsked): Promise<PageOfLetters> {
  const waits = sql<SqlBool>`((forwarded is not null and forwarded ->> 'state' = 'offered') or (classification <> 'person' and held is null
    and direction = 'in' and audience = 'client' and (classification <> 'bounce' or thread_id is null)))`;
  return readPage(tx, page, () => waits);
}

// Sizes are known without the texts.
async function readPage(
  tx: Tx,
  { before, limit }: PageAsked,
  which: (is: ExpressionBuilder<DB, 'emails'>) => Expression<SqlBool>,
): Promise<PageOfLetters> {
  const sizes = await tx
    .selectFrom('emails')
    .select(['id', sql<number>`octet_length(text) + 2 * coalesce(octet_length(html), 0)`.as('bytes')])
    .where('workspace_id', '=', workspaceOf(tx))
    .where(which)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const { ids, isMore } = fitPage(sizes, limit);
  const letters = ids.length === 0 ? [] : await selectEmails(tx).where('id', 'in', ids).orderBy('id', 'desc').execute();
  return { letters, isMore };
}
