import { sql } from 'kysely';
import './tables.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

export interface NewTaskHistory {
  readonly taskId: number;
  readonly at: Date;
  readonly authorId: number | null;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly ruleName: string | null;
}

export async function addTaskHistory(tx: Tx, entries: readonly NewTaskHistory[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ taskId, at, authorId, field, from, to, ruleName }) => ({
    ...{ workspace_id: workspaceOf(tx), task_id: taskId, at, author_id: authorId, field, rule_name: ruleName },
    ...{ old_value: JSON.stringify(from ?? null), new_value: JSON.stringify(to ?? null) },
  }));
  await tx.insertInto('task_history').values(rows).execute();
}

interface PageOfTask {
  readonly taskId: number;
  readonly after: number | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listTaskHistory(tx: Tx, { taskId, after, limit }: PageOfTask) {
  return tx
    .selectFrom('task_history')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('task_id', '=', taskId)
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Those of which a field is not as it was made: what was changed and changed back does not count. */
export async function listChangedTasks(tx: Tx, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select distinct task_id as id from (
      select task_id, first_value(old_value) over fields as was, last_value(new_value) over fields as is_now
      from task_history
      where workspace_id = ${workspaceOf(tx)} and task_id = any(${arrays.numbers(ids)}::bigint[]) and field <> 'created'
      window fields as (partition by task_id, field order by id rows between unbounded preceding and unbounded following)
    ) changes where was is distinct from is_now`.execute(tx);
  return rows.map(({ id }) => id);
}

export interface StoredComment {
  readonly id: number;
  readonly authorId: number | null;
  readonly at: Date;
  readonly text: string;
  readonly fileIds: readonly number[];
}

interface NewComment extends Omit<StoredComment, 'id'> {
  readonly taskId: number;
}

export async function insertTaskComment(
  tx: Tx,
  { taskId, authorId, at, text, fileIds }: NewComment,
): Promise<StoredComment> {
  const { id } = await tx
    .insertInto('task_comments')
    .values({ workspace_id: workspaceOf(tx), task_id: taskId, author_id: authorId, at, text, file_ids: [...fileIds] })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, authorId, at, text, fileIds };
}

/** Oldest first. */
export async function listTaskComments(tx: Tx, { taskId, after, limit }: PageOfTask): Promise<StoredComment[]> {
  const rows = await tx
    .selectFrom('task_comments')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('task_id', '=', taskId)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? 0))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, author_id, at, text, file_ids }) => ({
    id,
    authorId: author_id,
    at,
    text,
    fileIds: file_ids,
  }));
}

interface Beside {
  readonly taskId: number;
  readonly comments: number;
  readonly subtasks: number;
  readonly completed: number;
}

/** How much belongs to each of the tasks. */
export async function countBeside(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, Beside>> {
  if (ids.length === 0) return new Map();
  const here = workspaceOf(tx);
  const { rows } = await sql<Beside>`
    select w.id as "taskId",
      (select count(*)::int from task_comments c where c.workspace_id = ${here} and c.task_id = w.id) as comments,
      s.subtasks, s.completed
    from unnest(${arrays.numbers(ids)}::bigint[]) as w (id),
      lateral (select count(*)::int as subtasks, count(t.closed_at)::int as completed from tasks t
        where t.workspace_id = ${here} and t.parent_id = w.id) s`.execute(tx);
  return new Map(rows.map((row) => [row.taskId, row]));
}

/** What the items of tasks are called. */
export async function listItemTitles(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly title: string; readonly type: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('items')
    .select(['id', 'title', 'type'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
