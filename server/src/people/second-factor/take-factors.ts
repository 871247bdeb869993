import { record } from '../../audit/record.ts';
import { type Author, authorBy, command } from '../../platform/author.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { countEmployments, endSessions } from '../accounts.store.ts';
import { findEmployee } from '../employees.store.ts';
import { hasFactors, lockAccount, removeFactors } from '../factors/factors.store.ts';
import type { Tell } from '../password-guard.ts';
import { checkMayManage, checkMayPlace, checkMaySetPassword } from '../rights/give-roles.ts';

interface Taken {
  readonly workspaceId: number;
  readonly employeeId: number;
}

type Doors = Context & { readonly tell: Pick<Tell, 'factorsTaken'> };

/**
 * Takes all second factors of somebody who has lost them, and ends their sessions. 403 for who may not set their password; 409 when
 * there are none, and for an account of other workspaces too. Its owner is told.
 */
export async function takeFactors(doors: Doors, taken: Taken, caller: Caller): Promise<void> {
  await take(doors, taken, {
    author: authorBy(caller),
    async check(tx, accountId) {
      await checkMayManage(tx, caller.rights, taken);
      await checkMaySetPassword(tx, caller.rights, taken);
      await checkMayPlace(tx, caller.rights, { ...taken, people: [taken.employeeId], departments: [] });
      if ((await countEmployments(tx, accountId)) > 1)
        throw conflict('shared-account', 'This account works in other workspaces too; only its owner may change it');
    },
  });
}

/** The same on the command line, where everything may be done. */
export const takeFactorsByCommand = (doors: Doors, taken: Taken) =>
  take(doors, taken, { author: command, check: async () => {} });

interface Taking {
  readonly author: Author;
  check(tx: Tx, accountId: string): Promise<void>;
}

async function take({ databases, clock, tell }: Doors, taken: Taken, { author, check }: Taking): Promise<void> {
  const { workspaceId, employeeId } = taken;
  await inSystem(databases.system, async (tx) => {
    const employee = await findEmployee(tx, workspaceId, employeeId);
    if (employee === undefined) throw notFound(`User ${employeeId}`);
    const { account_id: accountId, name } = employee;
    if (accountId === null) throw noFactors();
    await check(tx, accountId);
    await lockAccount(tx, accountId);
    if (!(await hasFactors(tx, accountId))) throw noFactors();
    await removeFactors(tx, accountId);
    const subject = { workspaceId, on: { kind: 'person', id: employeeId, name } } as const;
    await record(tx, { kind: 'factors-taken', ...subject }, author);
    const count = await endSessions(tx, accountId);
    if (count > 0) await record(tx, { kind: 'sessions-ended', ...subject, params: { count } }, author);
  });
  await inWorkspace(databases.app, workspaceId, (tx) => tell.factorsTaken(tx, { employeeId, now: clock.now() }));
}

const noFactors = () => conflict('no-factors', 'This person has no second factor');
