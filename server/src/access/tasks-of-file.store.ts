import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

interface TaskOfFile {
  /** Whether the task names the employee. */
  readonly isTheirs: boolean;
  readonly itemId: number | null;
  readonly responsibleId: number | null;
}

const MOST = 500;

/** The tasks in which, or in comments on which, a file stands. */
export async function listTasksOfFile(tx: Tx, fileId: number, employeeId: number): Promise<TaskOfFile[]> {
  const here = workspaceOf(tx);
  const { rows } = await sql<TaskOfFile>`
    select exists (select from task_people p where p.workspace_id = ${here} and p.employee_id = ${employeeId} and p.task_id = t.id) as "isTheirs",
      t.item_id as "itemId", t.responsible_id as "responsibleId"
    from (select distinct task_id from task_files where workspace_id = ${here} and file_id = ${fileId} limit ${MOST}) f
    join tasks t on t.workspace_id = ${here} and t.id = f.task_id`.execute(tx);
  return rows;
}
