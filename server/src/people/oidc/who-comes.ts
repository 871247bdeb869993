import type { OidcProblem } from '@signalbox/contract/people/oidc.ts';
import { record } from '../../audit/record.ts';
import { stranger } from '../../platform/author.ts';
import type { Config } from '../../platform/config/config.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem, type Tx } from '../../platform/db.ts';
import { findAccountByEmail, isVerified } from '../accounts.store.ts';
import { addUser } from '../create-user.ts';
import { listEmployeesByEmail, updateEmployee } from '../employees.store.ts';
import type { Identity } from '../oidc-provider/provider.ts';
import { claimAccount } from '../own-account/claim-account.ts';
import { listWorkspaces } from '../workspaces.store.ts';
import { addBareAccount, findTied, isTied, removePassword, tie } from './identities.store.ts';

export class NotIn extends Error {
  override readonly name = 'NotIn';
  readonly problem: OidcProblem;
  constructor(problem: OidcProblem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * Whose account it is: the one that is tied to this subject of the issuer, else that of the verified e-mail address, which is tied
 * from now on; with OIDC_DOMAINS a new one for an address of them. Throws NotIn.
 */
export function whoComes(context: Context, who: Identity, address: string): Promise<string> {
  return inSystem(context.databases.system, async (tx) => {
    const tied = await findTied(tx, who);
    if (tied !== undefined) return tied;
    const { email } = who;
    if (email === undefined || who.email_verified !== true) throw new NotIn('oidc-unverified');
    const accountId = (await findOwn(tx, email)) ?? (await welcomeNew(tx, context.config, { ...who, email }));
    if (accountId === undefined) throw new NotIn('oidc-nobody');
    if (await isTied(tx, accountId)) throw new NotIn('oidc-other');
    await tie(tx, accountId, who);
    const provider = context.config.oidc?.name ?? '';
    for (const { id, workspaceId, name } of await listEmployeesByEmail(tx, email)) {
      const on = { kind: 'person', id, name } as const;
      await record(tx, { kind: 'identity-tied', workspaceId, on, params: { provider } }, stranger(address));
    }
    return accountId;
  });
}

// The account of the address; that of a person who was invited and has none yet. One that somebody else made is theirs from now on.
async function findOwn(tx: Tx, email: string): Promise<string | undefined> {
  const known = await findAccountByEmail(tx, email);
  if (known !== undefined) {
    if (await isVerified(tx, email)) return known;
    await removePassword(tx, known);
    await claimAccount(tx, known);
    return known;
  }
  const [invited] = await listEmployeesByEmail(tx, email);
  if (invited === undefined) return undefined;
  const accountId = await addBareAccount(tx, { email, name: invited.name });
  const { id, workspaceId } = invited;
  await updateEmployee(tx, { workspaceId, id }, { account_id: accountId });
  return accountId;
}

async function welcomeNew(
  tx: Tx,
  { oidc }: Config,
  { email, name }: { email: string; name?: string | undefined },
): Promise<string | undefined> {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (oidc === undefined || !oidc.domains.includes(domain)) return undefined;
  const [workspace] = (await listWorkspaces(tx)).filter(
    ({ id, name: called }) => oidc.workspace === undefined || [String(id), called].includes(oidc.workspace),
  );
  if (workspace === undefined) return undefined;
  const person = { email, name: name ?? email.split('@')[0] ?? email };
  const id = await addUser(tx, workspace.id, { ...person, role: oidc.role, passwordHash: null }, null);
  const accountId = await addBareAccount(tx, person);
  await updateEmployee(tx, { workspaceId: workspace.id, id }, { account_id: accountId });
  return accountId;
}
