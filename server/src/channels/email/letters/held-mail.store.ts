import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import { type StoredEmail, selectEmails } from './emails.store.ts';

/** Mail that waits for somebody to say what it is, newest first: clients' letters that colleagues passed on. */
export async function listHeldMail(
  tx: Tx,
  { before, limit }: { before: number | null; limit: number },
): Promise<StoredEmail[]> {
  return selectEmails(tx)
    .where(sql<SqlBool>`forwarded is not null and forwarded ->> 'state' = 'offered'`)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
