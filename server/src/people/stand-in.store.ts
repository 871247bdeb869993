import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

export interface StandIn {
  readonly id: number;
  /** Whom they stand in for, by name; null: nobody, it is the person asked for. */
  readonly insteadOf: string | null;
}

/**
 * Who is told what was meant for an employee: they themselves while they are here; of a dismissed one the supervisor, else the head of the
 * department or of one above it, else the first administrator. Undefined when there is nobody.
 */
export async function findStandIn(tx: Tx, employeeId: number): Promise<StandIn | undefined> {
  const workspace = workspaceOf(tx);
  const { rows } = await sql<{ id: number; asked: string }>`
    with recursive asked as (
      select * from employees where workspace_id = ${workspace} and id = ${employeeId}
    ), up as (
      select id, supervisor_id, dismissed_at, 0 as step from asked
      union all
      select e.id, e.supervisor_id, e.dismissed_at, up.step + 1
      from up join employees e on e.workspace_id = ${workspace} and e.id = up.supervisor_id
      where up.dismissed_at is not null and up.step < 10
    ), rooms as (
      select d.id, d.parent_id, d.head_id, 0 as step
      from asked join departments d on d.workspace_id = ${workspace} and d.id = asked.department_id
      union all
      select d.id, d.parent_id, d.head_id, rooms.step + 1
      from rooms join departments d on d.workspace_id = ${workspace} and d.id = rooms.parent_id where rooms.step < 20
    ), found as (
      select id, step as rank from up where dismissed_at is null
      union all
      select e.id, 100 + step from rooms join employees e on e.workspace_id = ${workspace} and e.id = rooms.head_id
      where e.dismissed_at is null
      union all
      select id, 1000 + id from employees where workspace_id = ${workspace} and role = 'admin' and dismissed_at is null
    )
    select found.id, asked.name as asked from found, asked order by rank limit 1`.execute(tx);
  const [row] = rows;
  return row && { id: row.id, insteadOf: row.id === employeeId ? null : row.asked };
}
