import { idParams } from '@signalbox/contract/common.ts';
import { taskComment, taskCommentBody, taskComments, taskHistory, taskPageQuery } from '@signalbox/contract/tasks.ts';
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../platform/http/paging.ts';
import { addComment } from './add-comment.ts';
import { listTaskComments, listTaskHistory } from './kept/task-notes.store.ts';
import { peopleOf, presentComments } from './present-tasks.ts';
import { checkFiles } from './read-task-body.ts';
import { accessTask } from './rights/access-task.ts';
import { actingOnTasks } from './telling/acting.ts';

const tag = 'Tasks';

export const taskNoteRoutes = (context: Context): Route[] => [comments(context), comment(context), history(context)];

const comments = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/tasks/:id/comments',
    summary: 'What was said about a task, oldest first',
    tag,
    access: 'employee',
    params: idParams,
    query: taskPageQuery,
    answers: { 200: taskComments },
    async handle({ caller, params, query: { limit, cursor } }) {
      const after = parseIdCursor(cursor);
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessTask(tx, caller.rights, params.id, 'read');
        const rows = await listTaskComments(tx, { taskId: params.id, after, limit: limit + 1 });
        return pageOf(await presentComments(tx, rows), limit, { show: (one) => one, cursor: (one) => [one.id] });
      });
      return { status: 200, body };
    },
  });

const comment = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/tasks/:id/comments',
    summary: 'Say something about a task; whoever sees it may',
    tag,
    access: 'employee',
    params: idParams,
    body: taskCommentBody,
    answers: { 201: taskComment },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const task = await accessTask(tx, caller.rights, params.id, 'read');
        await checkFiles(tx, caller.rights, body.files);
        const made = await addComment(tx, actingOnTasks(caller, clock.now()), {
          task,
          text: body.text,
          fileIds: body.files,
        });
        const [shown] = await presentComments(tx, [made]);
        return { status: 201, body: shown };
      }),
  });

const history = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/tasks/:id/history',
    summary: 'What was changed on a task, newest first',
    tag,
    access: 'employee',
    params: idParams,
    query: taskPageQuery,
    answers: { 200: taskHistory },
    async handle({ caller, params, query: { limit, cursor } }) {
      const after = parseIdCursor(cursor);
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessTask(tx, caller.rights, params.id, 'read');
        const rows = await listTaskHistory(tx, { taskId: params.id, after, limit: limit + 1 });
        const shown = await presentHistory(tx, rows);
        return pageOf(shown, limit, { show: (one) => one, cursor: (one) => [one.id] });
      });
      return { status: 200, body };
    },
  });

type HistoryRow = Awaited<ReturnType<typeof listTaskHistory>>[number];

const persons: readonly string[] = ['responsible', 'creator', 'observers'];
const value = z.json();

async function presentHistory(tx: Tx, rows: readonly HistoryRow[]) {
  const named = rows
    .filter(({ field }) => persons.includes(field))
    .flatMap((row) => [row.old_value, row.new_value].flat());
  const ids = named.filter((one) => typeof one === 'number');
  const people = await peopleOf(tx, [...ids, ...rows.map((row) => row.author_id)]);
  const shown = (row: HistoryRow, given: unknown) => {
    const kept = value.parse(given);
    if (!persons.includes(row.field)) return kept;
    const names = [kept].flat().flatMap((one) => (typeof one === 'number' ? (people(one)?.name ?? []) : []));
    return Array.isArray(kept) ? names : (names[0] ?? null);
  };
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at.toISOString(), author: people(row.author_id), field: row.field, rule: row.rule_name },
    ...{ from: shown(row, row.old_value), to: shown(row, row.new_value) },
  }));
}
