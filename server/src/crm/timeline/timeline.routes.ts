import { idParams } from '@signalbox/contract/common.ts';
import { commentBody, history, timeline, timelineEntry, timelineQuery } from '@signalbox/contract/timeline.ts';
import { accessItem } from '../../access/access-item.ts';
import { hidesField } from '../../access/held-fields.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { appendTimeline } from './append-timeline.store.ts';
import { timelinePresenter } from './present-timeline.ts';
import { listHistory, listTimeline } from './timeline.store.ts';

export const timelineRoutes = (context: Context): Route[] => [
  showTimeline(context),
  showHistory(context),
  comment(context),
];

const showTimeline = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/timeline',
    summary: 'What happened on the item, newest first',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    query: timelineQuery,
    answers: { 200: timeline },
    async handle({ caller, params, query: { limit, cursor } }) {
      const below = parseIdCursor(cursor);
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const { type } = await accessItem(tx, caller, params.id, 'read');
        const rows = await listTimeline(tx, { itemId: params.id, below, limit: limit + 1 });
        const show = await timelinePresenter(tx, rows, { rights: caller.rights, type });
        return pageOf(rows, limit, { show, cursor: (row) => [row.id] });
      });
      return { status: 200, body };
    },
  });

const showHistory = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/history',
    summary: 'The record of changes, field by field, newest first',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    query: timelineQuery,
    answers: { 200: history },
    async handle({ caller, params, query: { limit, cursor } }) {
      const below = parseIdCursor(cursor);
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const { type } = await accessItem(tx, caller, params.id, 'read');
        const isHidden = (code: string) => hidesField(caller.rights, { owner: type, code });
        const rows = await listHistory(tx, { itemId: params.id, below, limit: limit + 1 });
        const people = await loadPeople(
          tx,
          workspaceOf(tx),
          rows.map((row) => row.author_id),
        );
        return pageOf(rows, limit, {
          show: ({ author_id, trigger_name, rule_name, undoes_run, ...row }) => ({
            ...row,
            ...(isHidden(row.field) ? { from: null, to: null, hidden: true } : { hidden: false }),
            author: author_id === null ? null : (people.get(author_id) ?? null),
            ...{ trigger: trigger_name, rule: rule_name, undoes: undoes_run },
          }),
          cursor: (row) => [row.id],
        });
      });
      return { status: 200, body };
    },
  });

const comment = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/comments',
    summary: "Write a comment on the item's timeline",
    tag: 'Items',
    access: 'employee',
    params: idParams,
    body: commentBody,
    answers: { 201: timelineEntry },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const { type } = await accessItem(tx, caller, params.id, 'change');
        const entry = {
          itemId: params.id,
          kind: 'comment' as const,
          at: context.clock.now(),
          authorId: caller.employeeId,
          text: body.text,
          data: {},
        };
        await appendTimeline(tx, [entry]);
        const rows = await listTimeline(tx, { itemId: params.id, limit: 1 });
        return { status: 201, body: rows.map(await timelinePresenter(tx, rows, { rights: caller.rights, type }))[0] };
      }),
  });
