import { sql } from 'kysely';
import { reachableItems } from '../../access/reachable-items.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';

export interface NewNotification {
  readonly employeeId: number;
  readonly text: string;
  readonly senderId: number | null;
  readonly itemId: number | null;
  /** What it is about, if not an item. */
  readonly taskId?: number | null;
  readonly runId: number | null;
  readonly at: Date;
}

/** A line in somebody's bell. */
export interface Notification {
  readonly id: number;
  readonly text: string;
  readonly senderId: number | null;
  readonly itemId: number | null;
  readonly taskId: number | null;
  readonly at: Date;
  readonly readAt: Date | null;
}

/** Any number in one statement; each person's bell is told after the commit. */
export async function insertNotifications(tx: Tx, notifications: readonly NewNotification[]): Promise<void> {
  if (notifications.length === 0) return;
  const { rows } = await send(
    tx,
    sql<{ id: number; employee_id: number }>`
    insert into notifications (workspace_id, employee_id, text, sender_id, item_id, task_id, run_id, at)
    select ${workspaceOf(tx)}, v.*
    from unnest(${arrays.numbers(notifications.map((one) => one.employeeId))}::bigint[], ${arrays.texts(notifications.map((one) => one.text))}::text[],
      ${arrays.numbers(notifications.map((one) => one.senderId))}::bigint[], ${arrays.numbers(notifications.map((one) => one.itemId))}::bigint[],
      ${arrays.numbers(notifications.map((one) => one.taskId ?? null))}::bigint[], ${arrays.numbers(notifications.map((one) => one.runId))}::bigint[], ${arrays.times(notifications.map((one) => one.at))}::timestamptz[]) v
    returning id, employee_id`,
  );
  for (const { id, employee_id } of rows)
    announce(tx, { topic: 'notifications', kind: 'created', notification: id, employeeId: employee_id });
}

interface ToldBefore {
  readonly employeeId: number;
  /** One of these. */
  readonly texts: readonly string[];
  readonly since: Date;
}

/** Whether somebody has it in their bell already; until the end of the transaction nobody else finds out. */
export async function hasBeenTold(tx: Tx, { employeeId, texts, since }: ToldBefore): Promise<boolean> {
  const key = `told ${workspaceOf(tx)} ${employeeId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
  const found = await tx
    .selectFrom('notifications')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', '=', employeeId)
    .where('at', '>', since)
    .where('text', 'in', texts)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export interface NotificationsPage {
  readonly employeeId: number;
  /** Below this id: the page after it, newest first. */
  readonly before: number | null;
  readonly limit: number;
  readonly unreadOnly: boolean;
  readonly rights: Rights;
}

export async function listNotifications(
  tx: Tx,
  { employeeId, before, limit, unreadOnly, rights }: NotificationsPage,
): Promise<Notification[]> {
  const rows = await tx
    .selectFrom('notifications')
    .select(['id', 'text', 'sender_id', 'item_id', 'task_id', 'at', 'read_at'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', '=', employeeId)
    .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
    .$if(unreadOnly, (query) => query.where('read_at', 'is', null))
    .where(ofSeenItems(rights))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    senderId: row.sender_id,
    itemId: row.item_id,
    taskId: row.task_id,
    at: row.at,
    readAt: row.read_at,
  }));
}

export async function countUnread(
  tx: Tx,
  { employeeId, rights }: { readonly employeeId: number; readonly rights: Rights },
): Promise<number> {
  const { count } = await tx
    .selectFrom('notifications')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', '=', employeeId)
    .where('read_at', 'is', null)
    .where(ofSeenItems(rights))
    .executeTakeFirstOrThrow();
  return count;
}

// Who may not read an item is not told what it holds; one that is gone tells nothing any more.
function ofSeenItems(rights: Rights) {
  const reach = reachableItems(rights, 'read');
  return reach === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(item_id is null or exists (
        select from items i where i.workspace_id = notifications.workspace_id and i.id = notifications.item_id and ${reach}))`;
}

/** Marks one as read, or all when `id` is null; false when there is no such notification of this person. */
export async function markRead(
  tx: Tx,
  { employeeId, id, now }: { readonly employeeId: number; readonly id: number | null; readonly now: Date },
): Promise<boolean> {
  const rows = await tx
    .updateTable('notifications')
    .set({ read_at: sql<Date>`coalesce(read_at, ${now})` })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', '=', employeeId)
    .$if(id !== null, (query) => query.where('id', '=', id ?? 0))
    .$if(id === null, (query) => query.where('read_at', 'is', null))
    .returning('id')
    .execute();
  if (rows.length > 0) announce(tx, { topic: 'notifications', kind: 'read', notification: id ?? 0, employeeId });
  return rows.length > 0 || id === null;
}

interface Told {
  readonly runId: number;
  readonly taskId: number | null;
  readonly to: readonly number[];
}

/** Takes unread lines of a run out of the bells again; whose they were. */
export async function removeUnread(tx: Tx, { runId, taskId, to }: Told): Promise<number[]> {
  const rows = await tx
    .deleteFrom('notifications')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', 'in', [...to, 0])
    .where('read_at', 'is', null)
    .where('run_id', '=', runId)
    .where('task_id', 'is not distinct from', taskId)
    .returning('employee_id')
    .execute();
  for (const { employee_id: employeeId } of rows)
    announce(tx, { topic: 'notifications', kind: 'removed', notification: 0, employeeId });
  return rows.map((row) => row.employee_id);
}

/** Those of the runs of whose lines in these bells one is still unread. */
export async function listUnreadRuns(
  tx: Tx,
  { runIds, to }: { readonly runIds: readonly number[]; readonly to: readonly number[] },
): Promise<number[]> {
  const rows = await tx
    .selectFrom('notifications')
    .select('run_id')
    .distinct()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('employee_id', 'in', [...new Set(to), 0])
    .where('read_at', 'is', null)
    .where('run_id', 'in', [...runIds, 0])
    .where('task_id', 'is', null)
    .execute();
  return rows.flatMap(({ run_id: runId }) => runId ?? []);
}
