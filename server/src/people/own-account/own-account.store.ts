import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

// One's own account and its sessions, in better-auth's tables. System role only.

export async function findPasswordHash(tx: Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ password: string | null }>`
    select password from auth_accounts where "userId" = ${accountId} and "providerId" = 'credential'`.execute(tx);
  return rows[0]?.password ?? undefined;
}

/** Those that have not ended, the last used first. */
export function listSessions(tx: Tx, accountId: string) {
  return tx
    .selectFrom('auth_sessions')
    .select(['id', 'ipAddress', 'userAgent', 'createdAt', 'seenAt'])
    .where('userId', '=', accountId)
    .where('expiresAt', '>', sql<Date>`now()`)
    .orderBy('seenAt', 'desc')
    .orderBy('id')
    .execute();
}

/** One of an account, or all but one; how many ended. */
export async function endSessionsOf(
  tx: Tx,
  accountId: string,
  which: { readonly only: string } | { readonly allBut: string },
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('auth_sessions')
    .where('userId', '=', accountId)
    .$if('only' in which, (query) => query.where('id', '=', 'only' in which ? which.only : ''))
    .$if('allBut' in which, (query) => query.where('id', '<>', 'allBut' in which ? which.allBut : ''))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The password has just been given in this session. */
export async function markConfirmed(tx: Tx, sessionId: string, now: Date): Promise<void> {
  await tx.updateTable('auth_sessions').set({ confirmedAt: now }).where('id', '=', sessionId).execute();
}
