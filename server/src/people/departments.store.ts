import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { invalidAt } from '../platform/http/field-errors.ts';

export interface DepartmentRow {
  readonly id: number;
  readonly name: string;
  readonly parent_id: number | null;
  readonly head_id: number | null;
}

export async function listDepartments(tx: Tx, workspaceId: number): Promise<DepartmentRow[]> {
  return tx
    .selectFrom('departments')
    .select(['id', 'name', 'parent_id', 'head_id'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** A department by id or name; 422 at `path` if there is none. */
export async function getDepartmentId(
  tx: Tx,
  workspaceId: number,
  ref: number | string,
  path: string,
): Promise<number> {
  const query = tx.selectFrom('departments').select('id').where('workspace_id', '=', workspaceId);
  const found = await (typeof ref === 'number'
    ? query.where('id', '=', ref)
    : query.where(sql<string>`lower(name)`, '=', ref.toLowerCase())
  ).executeTakeFirst();
  if (found === undefined)
    throw invalidAt(path, 'unknown-department', `There is no department ${ref}; GET /api/v1/departments lists them`);
  return found.id;
}

export async function addDepartment(
  tx: Tx,
  department: { workspaceId: number; name: string; parentId: number | null; headId: number | null },
): Promise<number> {
  const { id } = await tx
    .insertInto('departments')
    .values({
      workspace_id: department.workspaceId,
      name: department.name,
      parent_id: department.parentId,
      head_id: department.headId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateDepartment(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
  changes: { name?: string; parent_id?: number | null; head_id?: number | null },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await tx
    .updateTable('departments')
    .set(changes)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** The department and everything above it; a department may not stand below itself. */
export function ancestorsOf(departments: readonly DepartmentRow[], id: number): Set<number> {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const seen = new Set<number>();
  for (let at: number | null = id; at !== null && !seen.has(at); at = byId.get(at)?.parent_id ?? null) seen.add(at);
  return seen;
}
