import { record } from '../../audit/record.ts';
import { addAccount, hasAccounts } from '../../people/accounts.store.ts';
import { hashNewPassword, isWeak } from '../../people/accounts.ts';
import { recordKey } from '../../people/acts/record-key.ts';
import { addEmployee, findFirstAccountHolder } from '../../people/employees.store.ts';
import { addKey, hasKeys } from '../../people/keys.store.ts';
import { giveRoles } from '../../people/rights/give-roles.ts';
import { lockFirstAccount, removeWorkspace } from '../../people/workspaces.store.ts';
import { product } from '../../platform/author.ts';
import { ConfigError } from '../../platform/config/config.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';
import { createWorkspace, type NewWorkspace } from './create-workspace.ts';
import { makeSampleData } from './sample-data.ts';

export interface FirstAccount {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly workspace: NewWorkspace;
  readonly sampleData?: boolean | undefined;
  /** The network address of whoever makes it. */
  readonly address?: string | undefined;
}

/** The first account and its workspace; 409 if there is an account already. */
export async function createFirstAccount(context: Context, first: FirstAccount): Promise<void> {
  await inSystem(context.databases.system, checkNoAccount);
  const passwordHash = await hashNewPassword(context.databases, {
    ...{ password: first.password, email: first.email },
    texts: [first.name, first.workspace.name],
  });
  const workspaceId = await createWorkspace(context, first.workspace);
  const employeeId = await addFirstPerson(context, { ...first, workspaceId, passwordHash });
  const now = context.clock.now();
  if (first.sampleData)
    await inWorkspace(context.databases.app, workspaceId, (tx) =>
      makeSampleData(tx, { workspaceId, byId: employeeId, chain: null, now }, first.workspace.language ?? 'en'),
    );
  await ensureApiKey(context);
}

const WEAK_PASSWORD =
  'SIGNALBOX_ADMIN_PASSWORD: must have at least 12 characters and be none of those tried first. No account was made: set a longer one, or leave it and SIGNALBOX_ADMIN_EMAIL out and make the account in the browser';

/** At start: SIGNALBOX_ADMIN_EMAIL and _PASSWORD make the first account, SIGNALBOX_API_KEY its key (interfaces.md, Environment). */
export async function ensureFirstAccount(context: Context): Promise<void> {
  const { admin } = context.config;
  const isNeeded = admin !== undefined && !(await inSystem(context.databases.system, hasAccounts));
  if (isNeeded) {
    if (isWeak(admin.password)) throw new ConfigError([WEAK_PASSWORD]);
    const name = admin.email.split('@')[0] ?? admin.email;
    await createFirstAccount(context, { ...admin, name, workspace: { name: 'Signalbox' } }).catch(ignoreSecond);
  }
  await ensureApiKey(context);
}

async function addFirstPerson(
  context: Context,
  first: FirstAccount & { workspaceId: number; passwordHash: string },
): Promise<number> {
  const { workspaceId } = first;
  try {
    return await inSystem(context.databases.system, async (tx) => {
      await lockFirstAccount(tx);
      await checkNoAccount(tx);
      const accountId = await addAccount(tx, { ...first, isVerified: true });
      const { email, name } = first;
      const id = await addEmployee(tx, { workspaceId, accountId, email, name, role: 'admin' });
      await giveRoles(tx, id, { workspaceId, refs: ['admin'], by: null });
      await record(
        tx,
        { kind: 'workspace-made', workspaceId, on: { kind: 'workspace', id: workspaceId, name: first.workspace.name } },
        { ...product, byId: id, address: first.address ?? null },
      );
      return id;
    });
  } catch (error) {
    // Somebody was quicker: nobody will ever see this workspace.
    await inSystem(context.databases.system, (tx) => removeWorkspace(tx, workspaceId));
    throw error;
  }
}

async function checkNoAccount(tx: Tx): Promise<void> {
  if (await hasAccounts(tx))
    throw conflict('already-set-up', 'There is an account already: sign in, or ask a colleague for an invitation');
}

/** The key of the environment becomes the first account's, if no key exists yet. */
async function ensureApiKey({ config, databases }: Context): Promise<void> {
  const { apiKey } = config;
  if (apiKey === undefined) return;
  await inSystem(databases.system, async (tx) => {
    await lockFirstAccount(tx);
    const first = await findFirstAccountHolder(tx);
    if (first === undefined || (await hasKeys(tx))) return;
    const key = { workspaceId: first.workspaceId, kind: 'api', name: 'SIGNALBOX_API_KEY' } as const;
    const id = await addKey(tx, { ...key, employeeId: first.id }, apiKey);
    await recordKey(tx, 'made', { ...key, id, owner: first.name });
  });
}

// Two processes start at once on an empty database: one of them makes the account.
function ignoreSecond(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'already-set-up') return;
  throw error;
}
