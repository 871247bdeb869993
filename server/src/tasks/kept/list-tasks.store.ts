import { type TaskStatus, taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { TaskKind } from '@signalbox/contract/tasks.ts';
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import './tables.ts';
import { reachableItems } from '../../access/reachable-items.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import type { DB } from '../../platform/schema.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { type StoredTask, toTask } from './task-row.ts';

export interface TaskFilter {
  readonly ids?: readonly number[] | undefined;
  readonly item?: number | undefined;
  readonly responsible?: number | undefined;
  readonly creator?: number | undefined;
  readonly observer?: number | undefined;
  /** Whoever is responsible, creator or observer. */
  readonly person?: number | undefined;
  readonly status?: readonly TaskStatus[] | undefined;
  readonly kind?: TaskKind | undefined;
  readonly open?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly parent?: number | undefined;
  readonly deadlineFrom?: Date | undefined;
  readonly deadlineTo?: Date | undefined;
  readonly hasDeadline?: boolean | undefined;
  readonly q?: string | undefined;
  readonly now: Date;
}

interface TasksPage extends TaskFilter {
  readonly order: 'newest' | 'deadline';
  /** Where the page before ended; `deadline` in milliseconds, null: behind all that have one. */
  readonly after?: { readonly id: number; readonly deadline: number | null } | undefined;
  readonly limit: number;
}

/** Those that somebody may see (docs/rights.md). */
export async function listTasks(tx: Tx, page: TasksPage, rights: Rights): Promise<StoredTask[]> {
  const wheres = [...wheresOf(page), ...seenBy(tx, rights), ...behind(page)];
  const query = wheres.reduce(
    (all, where) => all.where(where),
    tx.selectFrom('tasks').selectAll().where('workspace_id', '=', workspaceOf(tx)),
  );
  const ordered =
    page.order === 'newest' ? query.orderBy('id', 'desc') : query.orderBy('deadline', 'asc').orderBy('id', 'asc');
  return (await ordered.limit(page.limit).execute()).map(toTask);
}

interface TasksWhere {
  readonly wheres: readonly Where[];
  readonly order: RawBuilder<unknown>;
  readonly limit: number;
  readonly offset?: number;
}

/** The same by other wishes; who may see them is one of the wheres. */
export async function listTasksWhere(tx: Tx, { wheres, order, limit, offset = 0 }: TasksWhere): Promise<StoredTask[]> {
  const rows = await sql<Selectable<DB['tasks']>>`
    select * from tasks where workspace_id = ${workspaceOf(tx)} and ${sql.join([...wheres, sql`true`], sql` and `)}
    order by ${order} limit ${limit} offset ${offset}`.execute(tx);
  return rows.rows.map(toTask);
}

export async function countTasksWhere(tx: Tx, wheres: readonly Where[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from tasks
    where workspace_id = ${workspaceOf(tx)} and ${sql.join([...wheres, sql`true`], sql` and `)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Each status up to `most`: what a board says over its columns. */
export async function countTasks(
  tx: Tx,
  filter: TaskFilter,
  { rights, most }: { readonly rights: Rights; readonly most: number },
): Promise<{ status: TaskStatus; count: number }[]> {
  const wheres = [...wheresOf({ ...filter, status: undefined }), ...seenBy(tx, rights), sql<SqlBool>`true`];
  const asked = filter.status ?? taskStatuses;
  const { rows } = await sql<{ status: TaskStatus; count: number }>`
    select s.status, c.count from unnest(${arrays.texts(asked)}::text[]) with ordinality as s (status, place),
      lateral (select count(*)::int as count from (
        select from tasks where workspace_id = ${workspaceOf(tx)} and status = s.status and ${sql.join(wheres, sql` and `)} limit ${most}) few) c
    order by s.place`.execute(tx);
  return rows;
}

type Where = RawBuilder<SqlBool>;

function wheresOf(filter: TaskFilter): Where[] {
  const { deadlineFrom, deadlineTo, hasDeadline, now } = filter;
  return [
    ...given(filter.ids, (ids) => sql<SqlBool>`id = any(${arrays.numbers(ids)}::bigint[])`),
    ...given(filter.item, (id) => sql<SqlBool>`item_id = ${id}`),
    ...given(filter.responsible, (id) => sql<SqlBool>`responsible_id = ${id}`),
    ...given(filter.creator, (id) => ofPerson(id, sql`p.creator`)),
    ...given(filter.observer, (id) => ofPerson(id, sql`p.observer`)),
    ...given(filter.person, (id) => ofPerson(id, sql`true`)),
    ...given(filter.status, (some) => sql<SqlBool>`status = any(${arrays.texts(some)}::text[])`),
    ...given(filter.kind, (kind) => sql<SqlBool>`kind = ${kind}`),
    ...(filter.open || filter.overdue ? [sql<SqlBool>`closed_at is null`] : []),
    ...(filter.overdue ? [sql<SqlBool>`deadline < ${now}`] : []),
    ...given(filter.parent, (id) => sql<SqlBool>`parent_id = ${id}`),
    ...given(deadlineFrom, (at) => sql<SqlBool>`deadline >= ${at}`),
    ...given(deadlineTo, (at) => sql<SqlBool>`deadline < ${at}`),
    ...given(hasDeadline, (has) => (has ? sql<SqlBool>`deadline is not null` : sql<SqlBool>`deadline is null`)),
    ...given(filter.q, (words) => sql<SqlBool>`id in (select signalbox_find_tasks(${likeText(words)}, ${MOST_FOUND}))`),
  ];
}

/** More than anybody reads through; whoever finds more writes more of the text. */
const MOST_FOUND = 2_000;

function likeText(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}

function given<T>(value: T | undefined, where: (value: T) => Where): Where[] {
  return value === undefined ? [] : [where(value)];
}

function ofPerson(id: number, as: RawBuilder<unknown>): Where {
  return sql`id in (select p.task_id from task_people p where p.workspace_id = tasks.workspace_id and p.employee_id = ${id} and ${as})`;
}

function behind({ order, after }: TasksPage): Where[] {
  if (after === undefined) return [];
  if (order === 'newest') return [sql`id < ${after.id}`];
  if (after.deadline === null) return [sql`(deadline is null and id > ${after.id})`];
  const at = new Date(after.deadline);
  return [sql`(deadline > ${at} or (deadline = ${at} and id > ${after.id}) or deadline is null)`];
}

/**
 * A task is seen by whom it names, by who may read its item, and, if it has none, by whose right reaches an item of its responsible.
 * Each of the three is found by an index.
 */
export function seenBy(tx: Tx, rights: Rights): Where[] {
  const here = workspaceOf(tx);
  const items = reachableItems(rights, 'read');
  const { read } = rights.items.all;
  if (items === undefined && read === 'all') return [];
  const named = sql`select p.task_id from task_people p where p.workspace_id = ${here} and p.employee_id = ${rights.employeeId}`;
  const untied = read === 'all' ? sql`item_id is null` : sql`false`;
  const ofDepartment =
    read === 'department'
      ? sql` union all select t.id from tasks t where t.workspace_id = ${here} and t.item_id is null and t.responsible_id = any(${arrays.numbers(rights.department)}::bigint[])`
      : sql``;
  const tied = items === undefined ? sql`item_id is not null` : sql`false`;
  const ofItems =
    items === undefined
      ? sql``
      : sql` union all select t.id from items i join tasks t on t.workspace_id = i.workspace_id and t.item_id = i.id where i.workspace_id = ${here} and ${items}`;
  return [sql`(${untied} or ${tied} or id in (${named}${ofDepartment}${ofItems}))`];
}
