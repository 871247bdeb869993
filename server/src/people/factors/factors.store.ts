import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

// What accounts have beside their password, over all workspaces. System role only.

export interface Passkey {
  readonly id: number;
  readonly accountId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const selectPasskeys = (tx: Tx) =>
  tx
    .selectFrom('auth_passkeys')
    .select(['id', 'user_id as accountId', 'credential_id as credentialId', 'public_key as publicKey'])
    .select(['counter', 'transports', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .orderBy('id');

export function listPasskeys(tx: Tx, accountId: string): Promise<Passkey[]> {
  return selectPasskeys(tx).where('user_id', '=', accountId).execute();
}

/** Whoever's it is. */
export function findPasskey(tx: Tx, credentialId: string): Promise<Passkey | undefined> {
  return selectPasskeys(tx).where('credential_id', '=', credentialId).executeTakeFirst();
}

export async function addPasskey(tx: Tx, passkey: Omit<Passkey, 'id' | 'lastUsedAt'>): Promise<void> {
  await tx
    .insertInto('auth_passkeys')
    .values({
      ...{ user_id: passkey.accountId, credential_id: passkey.credentialId, public_key: passkey.publicKey },
      ...{ counter: passkey.counter, transports: [...passkey.transports], name: passkey.name },
      created_at: passkey.createdAt,
    })
    .execute();
}

interface OfAccount {
  readonly accountId: string;
  readonly id: number;
}

/** False when the account has no such passkey. */
export async function renamePasskey(tx: Tx, { accountId, id }: OfAccount, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('auth_passkeys')
    .set({ name })
    .where('user_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** What it was called; undefined when the account has no such passkey. */
export async function removePasskey(tx: Tx, { accountId, id }: OfAccount): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('auth_passkeys')
    .where('user_id', '=', accountId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}

export async function markPasskeyUsed(tx: Tx, id: number, used: { counter: number; now: Date }): Promise<void> {
  await tx
    .updateTable('auth_passkeys')
    .set({ counter: used.counter, last_used_at: used.now })
    .where('id', '=', id)
    .execute();
}

/** False when it was answered before: two answers side by side are one answer and one refusal. */
export async function spendChallenge(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('auth_used_challenges')
    .values({ hash, used_at: now })
    .onConflict((spent) => spent.column('hash').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Nobody could answer them any more. */
export async function removeOldChallenges(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('auth_used_challenges').where('used_at', '<', before).execute();
}

/** Replaces one that was never confirmed; false when one is in use. `secret` is sealed. */
export async function beginTotp(tx: Tx, accountId: string, secret: string): Promise<boolean> {
  const { rows } = await sql`
    insert into auth_totp (user_id, secret) values (${accountId}, ${secret})
    on conflict (user_id) do update set secret = excluded.secret, last_step = 0 where auth_totp.confirmed_at is null returning 1`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function findTotp(tx: Tx, accountId: string): Promise<{ secret: string; isInUse: boolean } | undefined> {
  const row = await tx
    .selectFrom('auth_totp')
    .select(['secret', 'confirmed_at'])
    .where('user_id', '=', accountId)
    .executeTakeFirst();
  return row && { secret: row.secret, isInUse: row.confirmed_at !== null };
}

/** Each step of time is good for one code: false when this one, or a later one, was used before. From the first on it is in use. */
export async function spendStep(
  tx: Tx,
  accountId: string,
  { step, now }: { step: number; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update auth_totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${now})
    where user_id = ${accountId} and last_step < ${step} returning 1`.execute(tx);
  return rows.length === 1;
}

/** False when there was none in use. */
export async function removeTotp(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('auth_totp')
    .where('user_id', '=', accountId)
    .returning('confirmed_at')
    .executeTakeFirst();
  return row?.confirmed_at != null;
}

/** Does the account have a second factor that is in use? */
export async function hasFactors(tx: Tx, accountId: string): Promise<boolean> {
  return (await findTotp(tx, accountId))?.isInUse === true || (await listPasskeys(tx, accountId)).length > 0;
}

/** All of them, with what stands in for them. */
export async function removeFactors(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('auth_totp').where('user_id', '=', accountId).execute();
  await tx.deleteFrom('auth_passkeys').where('user_id', '=', accountId).execute();
  await replaceRecoveryCodes(tx, accountId, []);
}

export function listTotpSecrets(tx: Tx): Promise<{ accountId: string; secret: string }[]> {
  return tx.selectFrom('auth_totp').select(['user_id as accountId', 'secret']).forUpdate().execute();
}

export async function setTotpSecret(tx: Tx, accountId: string, secret: string): Promise<void> {
  await tx.updateTable('auth_totp').set({ secret }).where('user_id', '=', accountId).execute();
}

/** The earlier ones open nothing any more. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('auth_recovery_codes').where('user_id', '=', accountId).execute();
  if (hashes.length === 0) return;
  await tx
    .insertInto('auth_recovery_codes')
    .values(hashes.map((hash) => ({ user_id: accountId, hash })))
    .execute();
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('auth_recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Each is good once, however many ask at the same time. */
export async function spendRecoveryCode(tx: Tx, accountId: string, hashes: readonly Buffer[]): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('auth_recovery_codes')
    .where('user_id', '=', accountId)
    .where('hash', 'in', [...hashes])
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** The session has given the second factor. */
export async function markSecond(tx: Tx, sessionId: string, now: Date): Promise<void> {
  await tx.updateTable('auth_sessions').set({ secondAt: now }).where('id', '=', sessionId).execute();
}

/** One row of an account for all changes of its factors: they are made one after the other. */
export async function lockAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.selectFrom('auth_users').select('id').where('id', '=', accountId).forUpdate().execute();
}

/** Does any role of the account's people, in any workspace, ask for a second factor? */
export async function isRequired(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('employees as e')
    .innerJoin('employee_roles as er', (join) =>
      join.onRef('er.workspace_id', '=', 'e.workspace_id').onRef('er.employee_id', '=', 'e.id'),
    )
    .innerJoin('roles as r', (join) =>
      join.onRef('r.workspace_id', '=', 'er.workspace_id').onRef('r.id', '=', 'er.role_id'),
    )
    .select('e.id')
    .where('e.account_id', '=', accountId)
    .where('e.dismissed_at', 'is', null)
    .where('r.second_factor', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
