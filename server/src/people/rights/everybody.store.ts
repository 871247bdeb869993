import { sql } from 'kysely';
import { z } from 'zod';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { departmentsOf, rightsOf } from './rights.store.ts';
import { listRoles, loadMatrixNames, type RoleRow } from './roles.store.ts';
import { uniteRights } from './unite-rights.ts';

export interface Holder {
  readonly rights: Rights;
  readonly roles: readonly RoleRow[];
}

const employees = z.array(
  z.object({ id: z.number(), role: z.string(), departmentId: z.number().nullable(), roles: z.array(z.number()) }),
);
const departments = z.array(z.tuple([z.number(), z.number().nullable(), z.number().nullable()]));

/** What everybody who has not left may do, in four statements. */
export async function loadEverybody(tx: Tx, workspaceId: number): Promise<Holder[]> {
  const { rows } = await sql`
    select e.id, e.role, e.department_id as "departmentId",
      array(select er.role_id from employee_roles er where er.workspace_id = e.workspace_id and er.employee_id = e.id) as roles
    from employees e where e.workspace_id = ${workspaceId} and e.dismissed_at is null order by e.id`.execute(tx);
  const people = employees.parse(rows);
  const tree = await listTree(tx, workspaceId);
  const [known, { pipelines: typeOf }] = [await listRoles(tx, workspaceId), await loadMatrixNames(tx, workspaceId)];
  return people.map(({ id, role, departmentId, roles: held }) => {
    const roles = known.filter((one) => held.includes(one.id));
    const united = uniteRights(roles.map(rightsOf), { administrator: role === 'admin', typeOf });
    const own = new Set(departmentsOf(id, { departmentId, departments: tree }));
    const colleagues = people.filter((one) => one.departmentId !== null && own.has(one.departmentId));
    return { roles, rights: { ...united, employeeId: id, department: [id, ...colleagues.map((one) => one.id)] } };
  });
}

async function listTree(tx: Tx, workspaceId: number) {
  const { rows } =
    await sql`select id, parent_id, head_id from departments where workspace_id = ${workspaceId}`.execute(tx);
  const row = z.object({ id: z.number(), parent_id: z.number().nullable(), head_id: z.number().nullable() });
  return departments.parse(rows.map((one) => Object.values(row.parse(one))));
}
