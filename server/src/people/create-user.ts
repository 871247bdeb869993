import { isLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { User } from '@signalbox/contract/people/users.ts';
import { authorBy, command, sign } from '../platform/author.ts';
import type { Caller, Rights } from '../platform/context.ts';
import { type Databases, inSystem, type Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { announce } from '../platform/realtime.ts';
import { addAccount, findAccountByEmail, type NewAccount } from './accounts.store.ts';
import { recordNewPerson } from './acts/record-person.ts';
import { getDepartmentId } from './departments.store.ts';
import { addEmployee, readHeldRoles, selectUsers } from './employees.store.ts';
import { checkMayPlace, giveRoles } from './rights/give-roles.ts';
import { summariseRole } from './rights/summarise-role.ts';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** One role by its id, code or name; `roles` are several instead. */
  readonly role: number | string;
  readonly roles?: readonly (number | string)[] | undefined;
  readonly department?: number | string | null;
  readonly phone?: string | null;
  readonly language?: string | null;
  /** null: without a password; they are invited later. */
  readonly passwordHash: string | null;
}

/** An employee with their account, in one transaction; 409 if the address is taken. `by`: null on the command line. */
export function createUser(
  { system }: Pick<Databases, 'system'>,
  workspaceId: number,
  { by, ...user }: NewUser & { readonly by: Caller | null },
): Promise<User> {
  return inSystem(system, async (tx) => {
    sign(tx, by === null ? command : authorBy(by));
    const id = await addUser(tx, workspaceId, user, by?.rights ?? null);
    const person = await getUser(tx, { workspaceId, id, language: by?.language ?? 'en' });
    await recordNewPerson(tx, 'person-added', { workspaceId, person });
    return person;
  });
}

/** As createUser, in a transaction of the system role. */
export async function addUser(tx: Tx, workspaceId: number, user: NewUser, by: Rights | null): Promise<number> {
  await checkNewEmail(tx, workspaceId, user.email);
  const departmentId =
    user.department == null ? null : await getDepartmentId(tx, workspaceId, user.department, 'department');
  await checkMayPlace(tx, by, { workspaceId, departments: [departmentId] });
  const accountId =
    user.passwordHash === null
      ? null
      : await addNewAccount(tx, { ...user, passwordHash: user.passwordHash, isVerified: by === null });
  const { email, name, role, roles = [role], phone, language } = user;
  const id = await addEmployee(tx, {
    workspaceId,
    accountId,
    departmentId,
    email,
    name,
    role: 'employee',
    phone,
    language,
  });
  await giveRoles(tx, id, { workspaceId, refs: roles, by });
  announce(tx, { topic: 'people', kind: 'created', employee: id, workspaceId });
  return id;
}

/** 409 when somebody of the workspace has this address. */
export async function checkNewEmail(tx: Tx, workspaceId: number, email: string): Promise<void> {
  const taken = await selectUsers(tx, workspaceId)
    .where(({ fn, val, eb }) => eb(fn<string>('lower', ['e.email']), '=', val(email.toLowerCase())))
    .executeTakeFirst();
  if (taken !== undefined) {
    const errors = [{ path: 'email', code: 'taken', message: 'Somebody of the workspace has this address' }];
    throw conflict('email-taken', `There is an employee ${email} already`, errors);
  }
}

async function addNewAccount(tx: Tx, user: NewAccount): Promise<string> {
  if ((await findAccountByEmail(tx, user.email)) !== undefined) {
    throw conflict(
      'account-exists',
      `${user.email} has an account already: leave the password out and invite them instead`,
    );
  }
  return addAccount(tx, user);
}

type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['executeTakeFirstOrThrow']>>;

interface Wanted {
  readonly workspaceId: number;
  readonly id: number;
  /** Of the names of standard roles. */
  readonly language: string;
}

/** The employee as answers show them; 404 if there is none in the workspace. */
export async function getUser(tx: Tx, { workspaceId, id, language }: Wanted): Promise<User> {
  const row = await selectUsers(tx, workspaceId).where('e.id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound(`User ${id}`);
  return presentUser(row, language);
}

export function presentUser(row: UserRow, language: string): User {
  const department = row.department_id !== null && row.department_name !== null;
  return {
    id: row.id,
    email: row.email,
    addresses: row.addresses,
    name: row.name,
    role: row.role,
    roles: readHeldRoles(row.roles).map((role) => summariseRole(role, language)),
    department: department ? { id: Number(row.department_id), name: String(row.department_name) } : null,
    supervisor: row.supervisor_id,
    phone: row.phone,
    language: row.language !== null && isLanguage(row.language) ? row.language : null,
    active: row.account_id !== null && row.dismissed_at === null,
    dismissedAt: row.dismissed_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
