import { sql, type Updateable } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import type { DB } from '../platform/schema.ts';

export interface PersonRow {
  readonly id: number;
  readonly email: string;
  readonly name: string;
}

export interface NewEmployee {
  readonly workspaceId: number;
  readonly accountId: string | null;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'employee';
  readonly departmentId?: number | null;
  readonly phone?: string | null;
  readonly language?: string | null;
}

export async function addEmployee(tx: Tx, employee: NewEmployee): Promise<number> {
  const { id } = await tx
    .insertInto('employees')
    .values({
      workspace_id: employee.workspaceId,
      account_id: employee.accountId,
      email: employee.email,
      name: employee.name,
      role: employee.role,
      department_id: employee.departmentId ?? null,
      phone: employee.phone ?? null,
      language: employee.language ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The columns of one employee; at least one has to be given. */
export async function updateEmployee(
  tx: Tx,
  { workspaceId, id }: { readonly workspaceId: number; readonly id: number },
  columns: Updateable<DB['employees']>,
): Promise<void> {
  await tx.updateTable('employees').set(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Everybody of the workspace, the dismissed too; `after` for paging. */
export function selectUsers(tx: Tx, workspaceId: number) {
  return tx
    .selectFrom('employees as e')
    .leftJoin('departments as d', (join) =>
      join.onRef('d.workspace_id', '=', 'e.workspace_id').onRef('d.id', '=', 'e.department_id'),
    )
    .select([
      'e.id',
      'e.email',
      'e.addresses',
      'e.name',
      'e.role',
      'e.account_id',
      'e.supervisor_id',
      'e.phone',
      'e.language',
      'e.dismissed_at',
      'e.created_at',
    ])
    .select(['d.id as department_id', 'd.name as department_name'])
    .select(rolesOfEmployee.as('roles'))
    .where('e.workspace_id', '=', workspaceId);
}

const rolesOfEmployee = sql<unknown>`(
  select json_agg(json_build_object('id', r.id, 'code', r.code, 'name', r.name) order by r.position, r.id)
  from employee_roles er join roles r on r.workspace_id = er.workspace_id and r.id = er.role_id
  where er.workspace_id = e.workspace_id and er.employee_id = e.id)`;
const heldRoles = z
  .array(z.object({ id: z.number(), code: z.string().nullable(), name: z.string().nullable() }))
  .nullable()
  .transform((roles) => roles ?? []);

/** The column `roles` of `selectUsers`. */
export const readHeldRoles = (column: unknown) => heldRoles.parse(column);

export async function findEmployee(tx: Tx, workspaceId: number, id: number) {
  return tx
    .selectFrom('employees')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** An employee by id or e-mail address; 422 at `path` if there is none or they are dismissed. */
export async function getPersonId(tx: Tx, workspaceId: number, ref: number | string, path: string): Promise<number> {
  const person = await findPerson(tx, workspaceId, ref);
  if (person === undefined)
    throw invalidAt(path, 'unknown-person', `There is no employee ${ref}; GET /api/v1/users lists them`);
  if (person.dismissed_at !== null)
    throw invalidAt(path, 'dismissed', `The employee ${ref} has been dismissed; choose another one`);
  return person.id;
}

interface PersonAgain {
  readonly ref: number | string;
  readonly path: string;
  /** Who stands there already: named again they stay, dismissed or not. */
  readonly stood: readonly (number | null)[];
}

/** The same, for who may stand there already. */
export async function getPersonIdAgain(
  tx: Tx,
  workspaceId: number,
  { ref, path, stood }: PersonAgain,
): Promise<number> {
  const person = stood.length === 0 ? undefined : await findPerson(tx, workspaceId, ref);
  if (person !== undefined && stood.includes(person.id)) return person.id;
  return getPersonId(tx, workspaceId, ref, path);
}

/** By id or e-mail address, the dismissed too. */
export async function findPerson(tx: Tx, workspaceId: number, ref: number | string) {
  // Longer than any id: the database would not even compare it.
  if (typeof ref === 'number' && !Number.isSafeInteger(ref)) return undefined;
  const query = tx.selectFrom('employees').select(['id', 'dismissed_at']).where('workspace_id', '=', workspaceId);
  const named =
    typeof ref === 'number'
      ? query.where('id', '=', ref)
      : query.where(sql<string>`lower(email)`, '=', ref.toLowerCase());
  return named.executeTakeFirst();
}

/** People by id, for answers; dismissed ones keep their names. */
export async function loadPeople(
  tx: Tx,
  workspaceId: number,
  ids: Iterable<number | null>,
): Promise<ReadonlyMap<number, PersonRow>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .selectFrom('employees')
    .select(['id', 'email', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those who are still here, with the language in which they read. */
export async function listAdmins(tx: Tx): Promise<{ id: number; language: string }[]> {
  return tx
    .selectFrom('employees as e')
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .select((of) => ['e.id', of.fn.coalesce('e.language', 'w.language').as('language')])
    .where('e.workspace_id', '=', workspaceOf(tx))
    .where('e.role', '=', 'admin')
    .where('e.dismissed_at', 'is', null)
    .orderBy('e.id')
    .execute();
}

export async function countOtherAdmins(tx: Tx, workspaceId: number, employeeId: number): Promise<number> {
  const { count } = await tx
    .selectFrom('employees')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'admin')
    .where('dismissed_at', 'is', null)
    .where('id', '<>', employeeId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Who has not been dismissed, the newest first. */
export function listPresentPeople(tx: Tx): Promise<PersonRow[]> {
  return tx
    .selectFrom('employees')
    .select(['id', 'email', 'name'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('dismissed_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
}

/** Who has this address in any workspace and has not been dismissed: for the system role. */
export function listEmployeesByEmail(
  tx: Tx,
  email: string,
): Promise<{ id: number; workspaceId: number; name: string }[]> {
  return tx
    .selectFrom('employees')
    .select(['id', 'workspace_id as workspaceId', 'name'])
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .where('dismissed_at', 'is', null)
    .execute();
}

/** The oldest employee of any workspace who can sign in: for the system role. */
export function findFirstAccountHolder(tx: Tx): Promise<{ id: number; workspaceId: number; name: string } | undefined> {
  return tx
    .selectFrom('employees')
    .select(['id', 'workspace_id as workspaceId', 'name'])
    .where('account_id', 'is not', null)
    .orderBy('id')
    .executeTakeFirst();
}

/** Their own language, else the workspace's; undefined for who was dismissed. */
export async function findLanguage(tx: Tx, employeeId: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('employees as e')
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .select((of) => of.fn.coalesce('e.language', 'w.language').as('language'))
    .where('e.workspace_id', '=', workspaceOf(tx))
    .where('e.id', '=', employeeId)
    .where('e.dismissed_at', 'is', null)
    .executeTakeFirst();
  return row?.language;
}
