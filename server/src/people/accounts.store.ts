import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { Eyes } from './callers.store.ts';

// better-auth's tables, written in the same transaction as the employee they belong to. System role only.

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** The person has proved that the address is theirs; else whoever made the account has only claimed it. */
  readonly isVerified: boolean;
}

/** The new account's id. The address is kept in lower case, as better-auth looks it up. */
export async function addAccount(tx: Tx, account: NewAccount): Promise<string> {
  const id = randomUUID();
  await sql`insert into auth_users (id, name, email, "emailVerified") values (${id}, ${account.name}, ${account.email.toLowerCase()}, ${account.isVerified})`.execute(
    tx,
  );
  await sql`
    insert into auth_accounts (id, "userId", "accountId", "providerId", password)
    values (${randomUUID()}, ${id}, ${id}, 'credential', ${account.passwordHash})`.execute(tx);
  return id;
}

export async function findAccountByEmail(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('auth_users')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row?.id;
}

/** Undefined for an address without an account. */
export async function isVerified(tx: Tx, email: string): Promise<boolean | undefined> {
  const row = await tx
    .selectFrom('auth_users')
    .select('emailVerified')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row?.emailVerified;
}

export async function setVerified(tx: Tx, accountId: string, isVerified: boolean): Promise<void> {
  await tx.updateTable('auth_users').set({ emailVerified: isVerified }).where('id', '=', accountId).execute();
}

export async function setAccountPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
  await sql`
    update auth_accounts set password = ${passwordHash}, "updatedAt" = now()
    where "userId" = ${accountId} and "providerId" = 'credential'`.execute(tx);
  // A link that was asked for before sets it no more.
  await tx.deleteFrom('auth_resets').where('user_id', '=', accountId).execute();
  await setWeak(tx, accountId, false);
}

/** The password in use could not be chosen today: whoever signs in has to choose another one. */
export async function setWeak(tx: Tx, accountId: string, isWeak: boolean): Promise<void> {
  await tx.updateTable('auth_users').set({ passwordIsWeak: isWeak }).where('id', '=', accountId).execute();
}

/** All of an account; how many there were. */
export async function endSessions(tx: Tx, accountId: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('auth_sessions')
    .where('userId', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The one of an account that `session` hints at (accounts.ts). */
export async function endSession(
  tx: Tx,
  { accountId, session }: { readonly accountId: string; readonly session: string },
): Promise<void> {
  await sql`delete from auth_sessions where "userId" = ${accountId}
    and left(encode(sha256(convert_to(token, 'UTF8')), 'hex'), ${session.length}::int) = ${session}`.execute(tx);
}

export async function markSeen(tx: Tx, sessionId: string, now: Date): Promise<void> {
  await tx.updateTable('auth_sessions').set({ seenAt: now }).where('id', '=', sessionId).execute();
}

export async function removeSession(tx: Tx, sessionId: string): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('id', '=', sessionId).execute();
}

/** Through whose eyes a session looks from now on; null: one's own. */
export async function setEyes(tx: Tx, sessionId: string, eyes: Eyes | null): Promise<void> {
  await tx
    .updateTable('auth_sessions')
    .set({ seesAs: eyes?.employeeId ?? null, seesUntil: eyes?.until ?? null })
    .where('id', '=', sessionId)
    .execute();
}

/** Has anybody made the first account? */
export async function hasAccounts(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('auth_users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Does the account work in another workspace, or has it worked there? */
export async function worksElsewhere(tx: Tx, accountId: string, workspaceId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('employees')
    .select('id')
    .where('account_id', '=', accountId)
    .where('workspace_id', '<>', workspaceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What whoever is known by an address is called, and where they work; also where they are about to. */
export async function listOwnTexts(
  tx: Tx,
  { email, workspaceId = 0 }: { readonly email: string; readonly workspaceId?: number | undefined },
): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select e.name as text from employees e where lower(e.email) = ${email.toLowerCase()}
    union select w.name from workspaces w where w.id = ${workspaceId}
      or w.id in (select workspace_id from employees where lower(email) = ${email.toLowerCase()})`.execute(tx);
  return rows.map(({ text }) => text);
}

/** In how many workspaces an account works: a password that others rely on is not set from one of them. */
export async function countEmployments(tx: Tx, accountId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('employees')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return count;
}
