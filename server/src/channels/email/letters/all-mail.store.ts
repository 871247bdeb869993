import { type SqlBool, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { readInTurns } from '../../../platform/long-bytes/read-in-turns.ts';
import { type StoredEmail, selectEmails } from './emails.store.ts';

export interface MailFilter {
  readonly before: number | null;
  readonly limit: number;
  readonly direction?: 'in' | 'out' | undefined;
  readonly mailbox?: number | undefined;
  readonly classification?: StoredEmail['classification'] | undefined;
  /** Whether it stands on an item. */
  readonly placed?: 'item' | 'none' | undefined;
  readonly onlyUnreadable?: boolean;
  /** Words of the subject or an address. */
  readonly q?: string | undefined;
}

/** All mail of the workspace, newest first. */
export async function listAllMail(tx: Tx, filter: MailFilter): Promise<StoredEmail[]> {
  const { before, limit, direction, mailbox, classification, placed, onlyUnreadable = false, q } = filter;
  return selectEmails(tx)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .$if(direction !== undefined, (query) => query.where('direction', '=', direction ?? 'in'))
    .$if(mailbox !== undefined, (query) => query.where('mailbox_id', '=', mailbox ?? 0))
    .$if(classification !== undefined, (query) => query.where('classification', '=', classification ?? 'person'))
    .$if(placed !== undefined, (query) => query.where('item_id', placed === 'none' ? 'is' : 'is not', null))
    .$if(onlyUnreadable, (query) => query.where('unreadable', 'is not', null))
    .$if(q !== undefined, (query) => query.where(says(q ?? '')))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

function says(words: string) {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`(subject ilike ${pattern} or from_address ilike ${pattern} or array_to_string(to_addresses, ' ') ilike ${pattern})`;
}

/** The message as it came; null for what was written here. */
export async function readRaw(tx: Tx, id: number): Promise<Buffer | null> {
  const one = tx.selectFrom('emails').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id);
  const row = await one.select(sql<number | null>`octet_length(raw)`.as('size')).executeTakeFirst();
  if (row === undefined || row.size === null) return null;
  return readInTurns(row.size, async (from, length) => {
    const part = sql<Buffer>`substring(raw from ${from + 1} for ${length})`.as('slice');
    return (await one.select(part).executeTakeFirstOrThrow()).slice;
  });
}

/** Why a letter that is only known by its client stands on no item. */
export async function noteNowhere(tx: Tx, { id, why }: { id: number; why: object }): Promise<void> {
  await tx
    .updateTable('emails')
    .set({ tied_by: JSON.stringify(why) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('item_id', 'is', null)
    .execute();
}
