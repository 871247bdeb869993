import { type RoleRights, roleRights } from '@signalbox/contract/people/rights.ts';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Rights } from '../../platform/context.ts';
import type { DB } from '../../platform/schema.ts';
import { noRights, standardRights, standardRoleOf } from './standard-roles.ts';
import { uniteRights } from './unite-rights.ts';

const maybeId = z.number().nullable();
const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullable()
    .transform((rows) => rows ?? []);

const person = z.object({
  role: z.string(),
  departmentId: maybeId,
  roles: list(z.object({ code: z.string().nullable(), rights: z.unknown() })),
  departments: list(z.tuple([z.number(), maybeId, maybeId])),
  pipelines: list(z.tuple([z.number(), z.string()])),
});

/** What an employee may do now, by all their roles; nothing for somebody who is not there. Takes the system role or `inWorkspace`. */
export async function loadRights(
  db: Kysely<DB>,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number },
): Promise<Rights> {
  const { rows } = await sql`
    select e.role, e.department_id as "departmentId",
      (select json_agg(json_build_object('code', r.code, 'rights', r.rights)) from employee_roles er
       join roles r on r.workspace_id = er.workspace_id and r.id = er.role_id
       where er.workspace_id = e.workspace_id and er.employee_id = e.id) as roles,
      (select json_agg(json_build_array(id, parent_id, head_id)) from departments where workspace_id = e.workspace_id) as departments,
      (select json_agg(json_build_array(id, type)) from pipelines where workspace_id = e.workspace_id) as pipelines
    from employees e where e.workspace_id = ${workspaceId} and e.id = ${employeeId}`.execute(db);
  if (rows[0] === undefined) return { administrator: false, ...noRights, employeeId, department: [] };

  const row = person.parse(rows[0]);
  const united = uniteRights(row.roles.map(rightsOf), {
    administrator: row.role === 'admin',
    typeOf: new Map(row.pipelines),
  });
  const departments = departmentsOf(employeeId, row);
  return { ...united, employeeId, department: await listPeople(db, { workspaceId, employeeId, departments }) };
}

/** A stored role's matrix: its own, or what is usual for a standard one. */
export function rightsOf({ code, rights }: { readonly code: string | null; readonly rights: unknown }): RoleRights {
  if (rights !== null) return roleRights.parse(rights);
  const standard = standardRoleOf(code);
  return standard === undefined ? noRights : standardRights[standard];
}

/** The department one works in, those one heads, and all that stand below them. */
export function departmentsOf(
  employeeId: number,
  { departmentId, departments }: Pick<z.output<typeof person>, 'departmentId' | 'departments'>,
): number[] {
  const found = new Set(
    departments.flatMap(([id, , headId]) => (id === departmentId || headId === employeeId ? [id] : [])),
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [id, parentId] of departments) if (parentId !== null && found.has(parentId)) found.add(id);
  }
  return [...found];
}

/** Those whose people somebody reaches by *department*. */
export async function loadOwnDepartments(
  db: Kysely<DB>,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number },
): Promise<number[]> {
  const { rows } = await sql`
    select e.department_id as "departmentId",
      (select json_agg(json_build_array(id, parent_id, head_id)) from departments where workspace_id = e.workspace_id) as departments
    from employees e where e.workspace_id = ${workspaceId} and e.id = ${employeeId}`.execute(db);
  return rows.flatMap((row) =>
    departmentsOf(employeeId, person.pick({ departmentId: true, departments: true }).parse(row)),
  );
}

async function listPeople(
  db: Kysely<DB>,
  { workspaceId, employeeId, departments }: { workspaceId: number; employeeId: number; departments: readonly number[] },
): Promise<number[]> {
  if (departments.length === 0) return [employeeId];
  const rows = await db
    .selectFrom('employees')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('department_id', 'in', [...departments])
    .execute();
  return [...new Set([employeeId, ...rows.map(({ id }) => id)])];
}
