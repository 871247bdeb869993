import { createHash, randomBytes } from 'node:crypto';
import { record } from '../../audit/record.ts';
import { authorBy, sign, stranger } from '../../platform/author.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { type Databases, inSystem, type Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import {
  addAccount,
  findAccountByEmail,
  isVerified,
  type NewAccount,
  setAccountPassword,
  worksElsewhere,
} from '../accounts.store.ts';
import { recordNewPerson } from '../acts/record-person.ts';
import { addUser, getUser, type NewUser } from '../create-user.ts';
import { updateEmployee } from '../employees.store.ts';
import { claimAccount } from '../own-account/claim-account.ts';
import { addInvitation, findInvitation, lockInvitation, useInvitation } from './invitations.store.ts';

const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

/** A colleague without a password and a secret address at which they choose one; it works for seven days, once. */
export function invite({ databases, clock, config }: Context, by: Caller, user: Omit<NewUser, 'passwordHash'>) {
  const token = randomBytes(32).toString('base64url');
  return inSystem(databases.system, async (tx) => {
    sign(tx, authorBy(by));
    const { workspaceId, language } = by;
    const id = await addUser(tx, workspaceId, { ...user, passwordHash: null }, by.rights);
    const expiresAt = new Date(clock.now().getTime() + VALID_DAYS * DAY_MS);
    await addInvitation(tx, { workspaceId, employeeId: id, tokenHash: hashToken(token), expiresAt });
    await recordNewPerson(tx, 'person-invited', {
      workspaceId,
      person: await getUser(tx, { workspaceId, id, language }),
    });
    return { id, url: `${config.publicUrl}/invitations/${token}` };
  });
}

/** What the invited person is shown; 404 for an address that is wrong, used or too old. */
export async function getInvitation({ databases, clock }: Context, token: string) {
  const found = await findInvitation(databases.system, { tokenHash: hashToken(token), now: clock.now() });
  if (found === undefined) throw notFound('The invitation, or it has expired;');
  return found;
}

/**
 * Has the person of this address an account whose password has to be given? Not one that others made and that works in the inviting workspace
 * alone: the invitation is shown to who invites, and proves nothing about an account that works elsewhere.
 */
export function mustSignIn(
  { system }: Pick<Databases, 'system'>,
  { email, workspaceId }: { readonly email: string; readonly workspaceId: number },
): Promise<boolean> {
  return inSystem(system, async (tx) => {
    const known = await findAccountByEmail(tx, email);
    return known !== undefined && !(await isOursToClaim(tx, { accountId: known, email, workspaceId }));
  });
}

async function isOursToClaim(
  tx: Tx,
  { accountId, email, workspaceId }: { accountId: string; email: string; workspaceId: number },
): Promise<boolean> {
  return (await isVerified(tx, email)) !== true && !(await worksElsewhere(tx, accountId, workspaceId));
}

interface Acceptance {
  readonly token: string;
  readonly name?: string | undefined;
  /** The password of a new account or of one that others made, or the account that proved itself by signing in. */
  readonly account: { passwordHash: string } | { accountId: string };
  /** The network address it is accepted from. */
  readonly address: string;
}

/** Ties the employee to their account and uses the invitation up. */
export function acceptInvitation(
  { databases, clock }: Context,
  { token, name, account, address }: Acceptance,
): Promise<void> {
  return inSystem(databases.system, async (tx) => {
    const invitation = await lockInvitation(tx, { tokenHash: hashToken(token), now: clock.now() });
    if (invitation === undefined) throw notFound('The invitation, or it has expired;');
    const person = { email: invitation.email, name: name ?? invitation.name };
    const { workspace_id: workspaceId, employee_id: employeeId } = invitation;
    const accountId =
      'accountId' in account ? account.accountId : await makeAccount(tx, { ...person, ...account, workspaceId });
    await updateEmployee(tx, { workspaceId, id: employeeId }, { account_id: accountId, name: person.name });
    await useInvitation(tx, { workspaceId, id: invitation.id, now: clock.now() });
    const author = { ...stranger(address), byId: employeeId };
    await record(tx, { kind: 'invitation-accepted', workspaceId, params: { email: person.email } }, author);
  });
}

// Made by others for this address, and theirs from now on, and theirs alone.
async function makeAccount(
  tx: Tx,
  { workspaceId, ...person }: Omit<NewAccount, 'isVerified'> & { readonly workspaceId: number },
): Promise<string> {
  const { email, passwordHash } = person;
  const known = await findAccountByEmail(tx, email);
  if (known === undefined) return addAccount(tx, { ...person, isVerified: true });
  if (!(await isOursToClaim(tx, { accountId: known, email, workspaceId })))
    throw conflict('account-exists', 'This address has an account by now');
  await setAccountPassword(tx, known, passwordHash);
  await claimAccount(tx, known);
  return known;
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
