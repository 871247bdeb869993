import { createHash, randomBytes } from 'node:crypto';
import type { KeyScope } from '@signalbox/contract/people/users.ts';
import type { Tx } from '../platform/db.ts';

export interface NewKey {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly kind: 'api' | 'webhook';
  readonly name: string;
  readonly scope?: KeyScope;
  readonly expiresAt?: Date | null;
}

/** Makes a random 256-bit key. Only its hash is kept: the text is shown once. */
export async function createKey(tx: Tx, key: NewKey): Promise<{ id: number; key: string }> {
  const text = key.kind === 'webhook' ? randomBytes(32).toString('hex') : `sb_${randomBytes(32).toString('base64url')}`;
  return { id: await addKey(tx, key, text), key: text };
}

/** Keeps a key that somebody else chose (SIGNALBOX_API_KEY). */
export async function addKey(tx: Tx, key: NewKey, text: string): Promise<number> {
  const { id } = await tx
    .insertInto('api_keys')
    .values({
      workspace_id: key.workspaceId,
      employee_id: key.employeeId,
      kind: key.kind,
      name: key.name,
      hash: hashKey(text),
      hint: `…${text.slice(-4)}`,
      scope: key.scope,
      expires_at: key.expiresAt ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export function hashKey(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export async function listKeys(tx: Tx, workspaceId: number, employeeId: number) {
  return tx
    .selectFrom('api_keys')
    .select(['id', 'kind', 'name', 'hint', 'scope', 'created_at', 'last_used_at', 'expires_at'])
    .where('workspace_id', '=', workspaceId)
    .where('employee_id', '=', employeeId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute();
}

type KeyRow = Awaited<ReturnType<typeof listKeys>>[number];

/** As answers show it. */
export function presentKey({ created_at, last_used_at, expires_at, ...key }: KeyRow) {
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return { ...key, createdAt: created_at.toISOString(), lastUsedAt: text(last_used_at), expiresAt: text(expires_at) };
}

/** False when there is no such key that still works. */
export async function revokeKey(
  tx: Tx,
  key: { workspaceId: number; employeeId: number; id: number; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('api_keys')
    .set({ revoked_at: key.now })
    .where('workspace_id', '=', key.workspaceId)
    .where('employee_id', '=', key.employeeId)
    .where('id', '=', key.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Every key of an employee stops working. */
export async function revokeKeysOf(
  tx: Tx,
  { workspaceId, employeeId, now }: { workspaceId: number; employeeId: number; now: Date },
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('employee_id', '=', employeeId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Whether anybody has or ever had a key: for the system role. */
export async function hasKeys(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('api_keys').select('id').limit(1).executeTakeFirst()) !== undefined;
}
