import { sql } from 'kysely';
import './tables.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { columnsOf, type MadeBy, type StoredTask, type TaskColumns, type TaskFields, toTask } from './task-row.ts';

interface NewTask extends TaskFields {
  readonly remindAt: Date | null;
  readonly repeatAt: Date | null;
  readonly repeatOf?: number | null;
  readonly madeBy?: MadeBy | null;
  readonly closedBy: number | null;
  readonly closedAt: Date | null;
  readonly at: Date;
}

export async function insertTask(tx: Tx, task: NewTask): Promise<StoredTask> {
  const { madeBy, at } = task;
  const row = await tx
    .insertInto('tasks')
    .values({
      workspace_id: workspaceOf(tx),
      ...{ kind: task.kind, title: task.title, description: task.description, status: task.status },
      ...{ responsible_id: task.responsibleId, creator_id: task.creatorId },
      ...columnsOf(task),
      ...{ remind_at: task.remindAt, repeat_at: task.repeatAt, repeat_of: task.repeatOf ?? null },
      ...{ run_id: madeBy?.runId ?? null, rule_id: madeBy?.ruleId ?? null, rule_name: madeBy?.ruleName ?? null },
      ...{ pipeline_id: madeBy?.pipelineId ?? null, stage_id: madeBy?.stageId ?? null },
      ...{ created_at: at, updated_at: at, closed_by: task.closedBy, closed_at: task.closedAt },
      ...{ item_id: task.itemId, parent_id: task.parentId },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toTask(row);
}

/** By id; locked until the end of the transaction when it is to be changed. */
export async function findTask(tx: Tx, id: number, { lock = false } = {}): Promise<StoredTask | undefined> {
  const query = tx.selectFrom('tasks').selectAll().where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : toTask(row);
}

/** How those of them stand that are there. */
export async function listTaskStatuses(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await tx
    .selectFrom('tasks')
    .select(['id', 'status'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids, 0])
    .execute();
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/** 404 when it is not there. */
export async function getTask(tx: Tx, id: number, options?: { readonly lock?: boolean }): Promise<StoredTask> {
  const task = await findTask(tx, id, options);
  if (task === undefined) throw notFound(`Task ${id}`);
  return task;
}

export async function updateTask(tx: Tx, id: number, columns: Partial<TaskColumns>): Promise<void> {
  await tx.updateTable('tasks').set(columns).where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id).execute();
}

/** With its comments and its history; its subtasks stand by themselves then. */
export async function deleteTaskRow(tx: Tx, id: number): Promise<void> {
  const workspace = workspaceOf(tx);
  await tx
    .updateTable('tasks')
    .set({ parent_id: null })
    .where('workspace_id', '=', workspace)
    .where('parent_id', '=', id)
    .execute();
  for (const table of ['task_comments', 'task_history'] as const)
    await tx.deleteFrom(table).where('workspace_id', '=', workspace).where('task_id', '=', id).execute();
  await tx.deleteFrom('tasks').where('workspace_id', '=', workspace).where('id', '=', id).execute();
}

/** Signals of one item are recorded under its lock (semantics.md 1.4); those that are there. */
export async function lockItems(tx: Tx, ids: readonly (number | null)[]): Promise<ReadonlySet<number>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select id from items where workspace_id = ${workspaceOf(tx)} and id = any(${arrays.numbers(wanted)}::bigint[]) order by id for no key update`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}

/** From a task up to the first of its tree. */
export async function listAncestors(tx: Tx, id: number, most: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive up as (
      select id, parent_id, 1 as step from tasks where workspace_id = ${workspaceOf(tx)} and id = ${id}
      union all
      select t.id, t.parent_id, up.step + 1 from up join tasks t on t.workspace_id = ${workspaceOf(tx)} and t.id = up.parent_id where up.step < ${most})
    select id from up`.execute(tx);
  return rows.map((row) => row.id);
}
