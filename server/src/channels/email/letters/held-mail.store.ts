import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import { type StoredEmail, selectEmails } from './emails.store.ts';

/**
 * Mail that waits for somebody to say what it is, newest first: clients' letters that colleagues passed on, and what was taken for a
 * machine's; not the reports of servers about mail of ours, which stand with it.
 */
export async function listHeldMail(
  tx: Tx,
  { before, limit }: { before: number | null; limit: number },
): Promise<StoredEmail[]> {
  return selectEmails(tx)
    .where(sql<SqlBool>`((forwarded is not null and forwarded ->> 'state' = 'offered') or (classification <> 'person' and held is null
      and direction = 'in' and audience = 'client' and (classification <> 'bounce' or thread_id is null)))`)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
