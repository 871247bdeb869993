import { idParams } from '@signalbox/contract/common.ts';
import { notifications, notificationsQuery } from '@signalbox/contract/notifications.ts';
import { loadPeople, type PersonRow } from '../../people/employees.store.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { listNotifications, markRead, type Notification } from './notifications.store.ts';

export const notificationRoutes = (context: Context): Route[] => [list(context), readAll(context), read(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/notifications',
    summary: 'Your notifications, newest first',
    tag: 'Notifications',
    access: 'employee',
    query: notificationsQuery,
    answers: { 200: notifications },
    async handle({ caller, query }) {
      const { workspaceId, employeeId } = caller;
      const before = parseIdCursor(query.cursor) ?? null;
      const { rows, people } = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
        const found = await listNotifications(tx, {
          employeeId,
          before,
          limit: query.limit + 1,
          unreadOnly: query.unread === 'true',
          rights: caller.rights,
        });
        return {
          rows: found,
          people: await loadPeople(
            tx,
            workspaceId,
            found.map((row) => row.senderId),
          ),
        };
      });
      return {
        status: 200,
        body: pageOf(rows, query.limit, { show: (row) => present(row, people), cursor: (row) => [row.id] }),
      };
    },
  });

const read = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/notifications/:id/read',
    summary: 'Mark one of your notifications as read',
    tag: 'Notifications',
    access: 'employee',
    params: idParams,
    answers: { 204: null },
    async handle({ caller, params, write }) {
      return write(async (tx) => {
        const found = await markRead(tx, { employeeId: caller.employeeId, id: params.id, now: context.clock.now() });
        if (!found) throw notFound(`Notification ${params.id}`);
        return { status: 204 };
      });
    },
  });

const readAll = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/notifications/read-all',
    summary: 'Mark all your notifications as read',
    tag: 'Notifications',
    access: 'employee',
    answers: { 204: null },
    async handle({ caller, write }) {
      return write(async (tx) => {
        await markRead(tx, { employeeId: caller.employeeId, id: null, now: context.clock.now() });
        return { status: 204 };
      });
    },
  });

function present({ senderId, itemId, taskId, ...row }: Notification, people: ReadonlyMap<number, PersonRow>) {
  return {
    id: row.id,
    text: row.text,
    at: row.at,
    readAt: row.readAt,
    item: itemId,
    task: taskId,
    sender: senderId === null ? null : (people.get(senderId) ?? null),
  };
}
