import type { Tx } from '../../platform/db.ts';
import { endSessions, setVerified } from '../accounts.store.ts';
import { removeFactors } from '../factors/factors.store.ts';

/**
 * Whoever proves that the address is theirs takes over the account that others made for it: what others set up opens it no more. The
 * password is the caller's to set or to remove.
 */
export async function claimAccount(tx: Tx, accountId: string): Promise<void> {
  await setVerified(tx, accountId, true);
  await removeFactors(tx, accountId);
  await endSessions(tx, accountId);
}
