import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

// Whom the issuer knows by which account of ours. System role only.

const PROVIDER = 'oidc';
const nameOf = ({ iss, sub }: { iss: string; sub: string }) => JSON.stringify([iss, sub]);

interface Subject {
  readonly iss: string;
  readonly sub: string;
}

export async function findTied(tx: Tx, subject: Subject): Promise<string | undefined> {
  const { rows } = await sql<{ userId: string }>`
    select "userId" from auth_accounts where "providerId" = ${PROVIDER} and "accountId" = ${nameOf(subject)}`.execute(
    tx,
  );
  return rows[0]?.userId;
}

/** Is the account somebody else's at this issuer already? */
export async function isTied(tx: Tx, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from auth_accounts where "providerId" = ${PROVIDER} and "userId" = ${accountId}`.execute(tx);
  return rows.length > 0;
}

export async function tie(tx: Tx, accountId: string, subject: Subject): Promise<void> {
  await sql`
    insert into auth_accounts (id, "userId", "accountId", "providerId")
    values (${randomUUID()}, ${accountId}, ${nameOf(subject)}, ${PROVIDER})`.execute(tx);
}

/** A password that somebody else chose for them opens nothing any more. */
export async function removePassword(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from auth_accounts where "providerId" = 'credential' and "userId" = ${accountId}`.execute(tx);
}

/** An account without a password. */
export async function addBareAccount(tx: Tx, { email, name }: { email: string; name: string }): Promise<string> {
  const id = randomUUID();
  await sql`insert into auth_users (id, name, email, "emailVerified") values (${id}, ${name}, ${email.toLowerCase()}, true)`.execute(
    tx,
  );
  return id;
}
