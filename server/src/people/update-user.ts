import type { PersonRef } from '@signalbox/contract/common.ts';
import type { User, UserPatch } from '@signalbox/contract/people/users.ts';
import { type Act, record } from '../audit/record.ts';
import { authorBy, sign } from '../platform/author.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inSystem, type Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { announce } from '../platform/realtime.ts';
import {
  addAccount,
  countEmployments,
  endSessions,
  findAccountByEmail,
  setAccountPassword,
  setVerified,
} from './accounts.store.ts';
import { recordPersonChanges } from './acts/record-person.ts';
import { getUser } from './create-user.ts';
import { getDepartmentId } from './departments.store.ts';
import { countOtherAdmins, findEmployee, getPersonIdAgain, updateEmployee } from './employees.store.ts';
import { checkFurtherAddresses } from './further-addresses.store.ts';
import { revokeKeysOf } from './keys.store.ts';
import { checkMayManage, checkMayPlace, checkMaySetPassword, findGivenRoles } from './rights/give-roles.ts';
import { type RoleRow, setRoles } from './rights/roles.store.ts';

interface UserChange {
  readonly id: number;
  readonly changes: Omit<UserPatch, 'password'>;
  readonly passwordHash: string | null;
}

type Employee = NonNullable<Awaited<ReturnType<typeof findEmployee>>>;

/** Changes an employee; the last administrator stays one. Dismissing ends their sessions and keys. */
export function updateUser(context: Context, caller: Caller, change: UserChange): Promise<User> {
  const { workspaceId } = caller;
  const now = context.clock.now();
  return inSystem(context.databases.system, async (tx) => {
    sign(tx, authorBy(caller));
    const employee = await findEmployee(tx, workspaceId, change.id);
    if (employee === undefined) throw notFound(`User ${change.id}`);
    const managed = { workspaceId, employeeId: employee.id };
    await checkMayManage(tx, caller.rights, managed);
    if (change.passwordHash !== null) await checkMaySetPassword(tx, caller.rights, managed);
    const before = await getUser(tx, { ...caller, id: employee.id });
    const roles = await rolesToGive(tx, caller, change.changes);
    await checkAdminStays(tx, employee, { dismissed: change.changes.dismissed, roles });
    if (change.changes.addresses !== undefined)
      await checkFurtherAddresses(tx, { workspaceId, employeeId: employee.id, addresses: change.changes.addresses });
    const values = await resolve(tx, employee, { ...change, now, isOwn: employee.id === caller.employeeId });
    const isMoved = change.changes.department !== undefined;
    await checkMayPlace(tx, caller.rights, {
      workspaceId,
      people: isMoved || employee.id !== caller.employeeId ? [employee.id] : [],
      departments: isMoved ? [values.department_id] : [],
    });
    await updateEmployee(tx, { workspaceId, id: employee.id }, values);
    if (roles !== undefined) await setRoles(tx, { workspaceId, employeeId: employee.id }, roles);
    if (change.changes.dismissed) await shutOut(tx, employee, now);
    announce(tx, { topic: 'people', kind: 'changed', employee: employee.id, workspaceId });
    const after = await getUser(tx, { ...caller, id: employee.id });
    await recordPersonChanges(tx, workspaceId, { before, after });
    return after;
  });
}

async function rolesToGive(
  tx: Tx,
  { workspaceId, rights }: Caller,
  { role, roles }: UserChange['changes'],
): Promise<RoleRow[] | undefined> {
  const refs = roles ?? (role === undefined ? undefined : [role]);
  return refs && findGivenRoles(tx, { workspaceId, refs, by: rights });
}

async function checkAdminStays(
  tx: Tx,
  employee: Employee,
  { dismissed, roles }: { dismissed: boolean | undefined; roles: readonly RoleRow[] | undefined },
): Promise<void> {
  const goes = dismissed === true || roles?.every(({ code }) => code !== 'admin') === true;
  if (!goes || employee.role !== 'admin') return;
  if ((await countOtherAdmins(tx, employee.workspace_id, employee.id)) === 0) {
    throw conflict('last-admin', 'This is the last administrator; make somebody else one first');
  }
}

async function resolve(
  tx: Tx,
  employee: Employee,
  { changes, passwordHash, now, isOwn }: UserChange & { now: Date; isOwn: boolean },
) {
  const { department, supervisor, dismissed, role: _, roles: __, ...plain } = changes;
  const workspaceId = employee.workspace_id;
  return {
    ...plain,
    // Kysely wants at least one column.
    email: employee.email,
    ...(department !== undefined && {
      department_id: department === null ? null : await getDepartmentId(tx, workspaceId, department, 'department'),
    }),
    ...(supervisor !== undefined && {
      supervisor_id: supervisor === null ? null : await supervisorId(tx, employee, supervisor),
    }),
    ...(dismissed !== undefined && { dismissed_at: dismissed ? (employee.dismissed_at ?? now) : null }),
    ...(passwordHash !== null && { account_id: await givePassword(tx, employee, { passwordHash, isOwn }) }),
  };
}

function supervisorId(tx: Tx, { workspace_id, supervisor_id }: Employee, ref: PersonRef): Promise<number> {
  return getPersonIdAgain(tx, workspace_id, { ref, path: 'supervisor', stood: [supervisor_id] });
}

interface Password {
  readonly passwordHash: string;
  /** One's own, by oneself. */
  readonly isOwn: boolean;
}

async function givePassword(tx: Tx, employee: Employee, { passwordHash, isOwn }: Password): Promise<string> {
  if (employee.account_id === null) {
    if ((await findAccountByEmail(tx, employee.email)) !== undefined) {
      throw conflict('account-exists', `${employee.email} has an account already: invite them instead`);
    }
    await recordPassword(tx, employee, 0);
    return addAccount(tx, { email: employee.email, name: employee.name, passwordHash, isVerified: false });
  }
  if ((await countEmployments(tx, employee.account_id)) > 1) {
    throw conflict(
      'shared-account',
      'This account works in other workspaces too; only its owner may change the password',
    );
  }
  await setAccountPassword(tx, employee.account_id, passwordHash);
  // Somebody else knows it: it proves nothing to other workspaces until the person has accepted an invitation.
  if (!isOwn) await setVerified(tx, employee.account_id, false);
  await recordPassword(tx, employee, await endSessions(tx, employee.account_id));
  return employee.account_id;
}

async function recordPassword(tx: Tx, { id, name, workspace_id }: Employee, sessions: number): Promise<void> {
  const subject = { workspaceId: workspace_id, on: { kind: 'person', id, name } } as const;
  await record(tx, { kind: 'password-set', ...subject });
  await recordEnded(tx, subject, sessions);
}

async function recordEnded(tx: Tx, subject: Pick<Act, 'on' | 'workspaceId'>, sessions: number): Promise<void> {
  if (sessions > 0) await record(tx, { kind: 'sessions-ended', ...subject, params: { count: sessions } });
}

async function shutOut(tx: Tx, employee: Employee, now: Date): Promise<void> {
  if (employee.account_id !== null && (await countEmployments(tx, employee.account_id)) === 1) {
    const { id, name, workspace_id: workspaceId, account_id } = employee;
    await recordEnded(tx, { workspaceId, on: { kind: 'person', id, name } }, await endSessions(tx, account_id));
  }
  await revokeKeysOf(tx, { workspaceId: employee.workspace_id, employeeId: employee.id, now });
}
