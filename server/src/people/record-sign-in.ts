import { record } from '../audit/record.ts';
import { type Author, stranger } from '../platform/author.ts';
import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { endSession } from './accounts.store.ts';
import type { SignedIn } from './accounts.ts';
import { findEmployment, type Known } from './callers.store.ts';
import { listEmployeesByEmail } from './employees.store.ts';
import type { Guess } from './entrance/sign-in-limit.ts';

/** Somebody proved who they are; false when their account works in no workspace any more. */
export async function recordSignIn(
  { databases }: Pick<Context, 'databases'>,
  signedIn: SignedIn,
  address: string,
): Promise<boolean> {
  const known = await findEmployment(databases, signedIn.accountId);
  if (known === undefined) return false;
  const author = authorOfSession(known, signedIn, address);
  await inSystem(databases.system, (tx) => record(tx, { kind: 'signed-in', workspaceId: known.workspaceId }, author));
  return true;
}

/** Signing out: the session ends with the row that says so. */
export async function endOwnSession(
  { databases }: Pick<Context, 'databases'>,
  session: SignedIn,
  address: string,
): Promise<void> {
  const known = await findEmployment(databases, session.accountId);
  await inSystem(databases.system, async (tx) => {
    await endSession(tx, session);
    if (known === undefined) return;
    const author = authorOfSession(known, session, address);
    await record(tx, { kind: 'signed-out', workspaceId: known.workspaceId }, author);
  });
}

/** Somebody tried a wrong password: in every workspace that knows the address, one row an hour and person, which counts. */
export function recordFailure(
  { system }: Context['databases'],
  { email, ip }: Pick<Guess, 'email' | 'ip'>,
): Promise<void> {
  return inSystem(system, async (tx) => {
    for (const { id, workspaceId, name } of await listEmployeesByEmail(tx, email)) {
      const act = { kind: 'sign-in-failed', workspaceId, on: { kind: 'person', id, name }, params: { email } } as const;
      await record(tx, { ...act, hourly: `sign-in-failed ${id}` }, stranger(ip));
    }
  });
}

/** Somebody by their own session, whoever's eyes it looks through. */
export function authorOfSession({ employeeId }: Known, { session }: SignedIn, address: string): Author {
  return { ...stranger(address), via: 'session', byId: employeeId, session };
}
