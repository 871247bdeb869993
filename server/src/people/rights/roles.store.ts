import { standardRoles } from '@signalbox/contract/people/roles.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

export interface RoleRow {
  readonly id: number;
  readonly code: string | null;
  readonly name: string | null;
  readonly rights: unknown;
  readonly secondFactor: boolean;
}

/** In the order of the screen. */
export async function listRoles(tx: Tx, workspaceId: number): Promise<RoleRow[]> {
  return tx
    .selectFrom('roles')
    .select(['id', 'code', 'name', 'rights', 'second_factor as secondFactor'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The standard roles of a new workspace, once. */
export async function makeStandardRoles(tx: Tx, workspaceId: number): Promise<void> {
  await sql`
    insert into roles (workspace_id, code, position)
    select ${workspaceId}, r.code, r.position::int - 1 from unnest(${arrays.texts(standardRoles)}::text[]) with ordinality r (code, position)
    on conflict do nothing`.execute(tx);
}

/** By employee, the ids of their roles. */
export async function listHolders(tx: Tx, workspaceId: number): Promise<{ employeeId: number; roleId: number }[]> {
  return tx
    .selectFrom('employee_roles as er')
    .innerJoin('employees as e', (join) =>
      join.onRef('e.workspace_id', '=', 'er.workspace_id').onRef('e.id', '=', 'er.employee_id'),
    )
    .select(['er.employee_id as employeeId', 'er.role_id as roleId'])
    .where('er.workspace_id', '=', workspaceId)
    .where('e.dismissed_at', 'is', null)
    .orderBy('er.employee_id')
    .execute();
}

/** All the roles somebody has from now on; whether one is an administrator's stands on the employee too. */
export async function setRoles(
  tx: Tx,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number },
  roles: readonly Pick<RoleRow, 'id' | 'code'>[],
): Promise<void> {
  await tx
    .deleteFrom('employee_roles')
    .where('workspace_id', '=', workspaceId)
    .where('employee_id', '=', employeeId)
    .execute();
  await tx
    .insertInto('employee_roles')
    .values(roles.map(({ id }) => ({ workspace_id: workspaceId, employee_id: employeeId, role_id: id })))
    .execute();
  await tx
    .updateTable('employees')
    .set({ role: roles.some(({ code }) => code === 'admin') ? 'admin' : 'employee' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', employeeId)
    .execute();
}

interface NewRole {
  readonly name: string;
  readonly rights: object;
  readonly secondFactor?: boolean | undefined;
}

export async function insertRole(
  tx: Tx,
  workspaceId: number,
  { name, rights, secondFactor = false }: NewRole,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into roles (workspace_id, name, rights, second_factor, position)
    select ${workspaceId}, ${name}, ${JSON.stringify(rights)}::jsonb, ${secondFactor}, coalesce(max(position) + 1, 0) from roles where workspace_id = ${workspaceId}
    returning id`.execute(tx);
  const [made] = rows;
  if (made === undefined) throw new Error('no role');
  return made.id;
}

export async function updateRole(
  tx: Tx,
  { workspaceId, id }: { readonly workspaceId: number; readonly id: number },
  { name, rights, secondFactor }: Omit<Partial<NewRole>, 'name'> & { readonly name?: string | null | undefined },
): Promise<void> {
  const changes = {
    ...(name !== undefined && { name }),
    ...(rights !== undefined && { rights: JSON.stringify(rights) }),
    ...(secondFactor !== undefined && { second_factor: secondFactor }),
  };
  if (Object.keys(changes).length === 0) return;
  await tx.updateTable('roles').set(changes).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function deleteRole(tx: Tx, { workspaceId, id }: { workspaceId: number; id: number }): Promise<void> {
  await tx.deleteFrom('roles').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** What a matrix can name: types, pipelines with their types, and the custom fields of each owner. */
export interface MatrixNames {
  readonly types: readonly string[];
  readonly pipelines: ReadonlyMap<number, string>;
  readonly fields: readonly (readonly [owner: string, code: string])[];
}

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullable()
    .transform((rows) => rows ?? []);
const names = z.object({
  types: list(z.string()),
  pipelines: list(z.tuple([z.number(), z.string()])),
  fields: list(z.tuple([z.string(), z.string()])),
});

export async function loadMatrixNames(tx: Tx, workspaceId: number): Promise<MatrixNames> {
  const { rows } = await sql`
    select (select json_agg(code) from item_types where workspace_id = ${workspaceId}) as types,
      (select json_agg(json_build_array(id, type)) from pipelines where workspace_id = ${workspaceId}) as pipelines,
      (select json_agg(json_build_array(type, code)) from fields where workspace_id = ${workspaceId}) as fields`.execute(
    tx,
  );
  const { types, pipelines, fields } = names.parse(rows[0]);
  return { types, pipelines: new Map(pipelines), fields };
}
