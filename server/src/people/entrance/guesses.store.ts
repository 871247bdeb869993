import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/db.ts';

// How often a wrong password was given, over all workspaces and processes. System role only.

const FORGOTTEN_AFTER_MS = 86_400_000;

export interface Failures {
  readonly failures: number;
  readonly lastAt: Date;
}

/** What is known of a name, locked until the transaction ends; a day after the last failure nothing. */
export async function lockFailures(tx: Tx, name: string, now: Date): Promise<Failures> {
  const key = hashOf(name);
  // In one statement: somebody who signs in meanwhile removes the row, and there would be nothing to lock.
  const row = await tx
    .insertInto('sign_in_guesses')
    .values({ key, failures: 0, last_at: now })
    .onConflict((held) => held.column('key').doUpdateSet({ key }))
    .returning(['failures', 'last_at as lastAt'])
    .executeTakeFirstOrThrow();
  const isForgotten = now.getTime() - row.lastAt.getTime() > FORGOTTEN_AFTER_MS;
  return isForgotten ? { failures: 0, lastAt: now } : row;
}

interface Within {
  readonly name: string;
  readonly windowMs: number;
  readonly most: number;
}

/** Counts one more of what may be done so often until nobody has done it for a while; false when it was done too often already. */
export async function countWithin(tx: Tx, { name, windowMs, most }: Within, now: Date): Promise<boolean> {
  const { failures, lastAt } = await lockFailures(tx, name, now);
  const before = now.getTime() - lastAt.getTime() > windowMs ? 0 : failures;
  if (before >= most) return false;
  await setFailures(tx, name, { failures: before + 1, lastAt: now });
  return true;
}

export async function setFailures(tx: Tx, name: string, { failures, lastAt }: Failures): Promise<void> {
  await tx.updateTable('sign_in_guesses').set({ failures, last_at: lastAt }).where('key', '=', hashOf(name)).execute();
}

export async function forgetFailures(tx: Tx, name: string): Promise<void> {
  await tx.deleteFrom('sign_in_guesses').where('key', '=', hashOf(name)).execute();
}

/** Rows that nobody would look at any more. */
export async function removeOldFailures(tx: Tx, now: Date): Promise<void> {
  await tx
    .deleteFrom('sign_in_guesses')
    .where('last_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MS))
    .execute();
}

function hashOf(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
