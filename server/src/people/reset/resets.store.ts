import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

// Links for forgotten passwords, over all workspaces. System role only.

export async function addReset(tx: Tx, reset: { hash: Buffer; accountId: string; expiresAt: Date }): Promise<void> {
  await tx
    .insertInto('auth_resets')
    .values({ hash: reset.hash, user_id: reset.accountId, expires_at: reset.expiresAt })
    .execute();
}

export async function findReset(tx: Tx, hash: Buffer, now: Date): Promise<{ email: string } | undefined> {
  return tx
    .selectFrom('auth_resets as r')
    .innerJoin('auth_users as u', 'u.id', 'r.user_id')
    .select('u.email')
    .where('r.hash', '=', hash)
    .where('r.expires_at', '>', now)
    .executeTakeFirst();
}

/** Whose account it opens; undefined for one that is used or too old. With it the account's others are gone. */
export async function spendReset(tx: Tx, hash: Buffer, now: Date): Promise<string | undefined> {
  const spent = await tx
    .deleteFrom('auth_resets')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst();
  if (spent !== undefined) await tx.deleteFrom('auth_resets').where('user_id', '=', spent.user_id).execute();
  return spent?.user_id;
}

export async function removeOldResets(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('auth_resets').where('expires_at', '<', now).execute();
}

/** Also of an account that has had none so far. */
export async function addPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
  await sql`
    insert into auth_accounts (id, "userId", "accountId", "providerId", password)
    select gen_random_uuid()::text, ${accountId}, ${accountId}, 'credential', ${passwordHash}
    where not exists (select from auth_accounts where "userId" = ${accountId} and "providerId" = 'credential')`.execute(
    tx,
  );
}

interface Employment {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly name: string;
  readonly language: string;
}

/** Where the account works, the first workspace first. */
export async function listEmployments(tx: Tx, accountId: string): Promise<Employment[]> {
  return tx
    .selectFrom('employees as e')
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .select(['e.workspace_id as workspaceId', 'e.id as employeeId', 'e.name'])
    .select((of) => of.fn.coalesce('e.language', 'w.language').as('language'))
    .where('e.account_id', '=', accountId)
    .where('e.dismissed_at', 'is', null)
    .orderBy('e.workspace_id')
    .execute();
}
