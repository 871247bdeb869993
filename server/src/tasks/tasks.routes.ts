import { idParams } from '@signalbox/contract/common.ts';
import {
  type Task,
  task,
  taskBody,
  taskCounts,
  taskCountsQuery,
  taskPatch,
  tasks,
  tasksQuery,
} from '@signalbox/contract/tasks.ts';
import { z } from 'zod';
import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseCursor } from '../platform/http/paging.ts';
import { changeTask } from './change-task.ts';
import { createTask } from './create-task.ts';
import { deleteTask } from './delete-task.ts';
import { countTasks, listTasks } from './kept/list-tasks.store.ts';
import type { StoredTask } from './kept/task-row.ts';
import { presentTasks } from './present-tasks.ts';
import { readTaskBody, readTaskPatch } from './read-task-body.ts';
import { readTaskFilter } from './read-task-filter.ts';
import { accessTask } from './rights/access-task.ts';
import { actingOnTasks } from './telling/acting.ts';

const tag = 'Tasks';

export const taskRoutes = (context: Context): Route[] => [
  list(context),
  counts(context),
  create(context),
  show(context),
  change(context),
  remove(context),
];

const MOST_COUNTED = 1_001;
/** The last of the page before; by deadline with this, or `none`. */
const cursor = z.tuple([z.int(), z.union([z.number(), z.literal('none')])]);

const list = ({ databases, clock }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/tasks',
    summary: 'Tasks that you may see: those of an item, of a person, of a status, overdue …',
    tag,
    access: 'employee',
    query: tasksQuery,
    answers: { 200: tasks },
    async handle({ caller, query: { limit, cursor: behind, order, ...asked } }) {
      const now = clock.now();
      const [id, deadline = 'none'] = parseCursor(cursor, behind) ?? [];
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const filter = await readTaskFilter(tx, caller, asked, now);
        const after = id === undefined ? undefined : { id, deadline: deadline === 'none' ? null : deadline };
        const rows = await listTasks(tx, { ...filter, order, after, limit: limit + 1 }, caller.rights);
        const shown = await presentTasks(tx, rows, { rights: caller.rights, now });
        const ends = new Map(rows.map((row) => [row.id, row.deadline?.getTime() ?? 'none']));
        return pageOf(shown, limit, {
          show: (one) => one,
          cursor: (one) => [one.id, order === 'newest' ? 'none' : (ends.get(one.id) ?? 'none')],
        });
      });
      return { status: 200, body };
    },
  });

const counts = ({ databases, clock }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/tasks/counts',
    summary: 'How many tasks there are of each status; more than 1,000 are said as 1,001',
    tag,
    access: 'employee',
    query: taskCountsQuery,
    answers: { 200: taskCounts },
    async handle({ caller, query }) {
      const data = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const filter = await readTaskFilter(tx, caller, query, clock.now());
        return countTasks(tx, filter, { rights: caller.rights, most: MOST_COUNTED });
      });
      return { status: 200, body: { data } };
    },
  });

const create = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/tasks',
    summary: 'Make a task, a planned call or a meeting; you are responsible unless another is named',
    tag,
    access: 'employee',
    body: taskBody,
    answers: { 201: task },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const now = clock.now();
        const made = await createTask(tx, actingOnTasks(caller, now), await readTaskBody(tx, caller, body));
        return { status: 201, body: await presentOne(tx, made, { caller, now }) };
      }),
  });

const show = ({ databases, clock }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/tasks/:id',
    summary: 'One task',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: task },
    async handle({ caller, params }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) =>
        presentOne(tx, await accessTask(tx, caller.rights, params.id, 'read'), { caller, now: clock.now() }),
      );
      return { status: 200, body };
    },
  });

const change = ({ clock }: Context) =>
  route({
    method: 'PATCH',
    path: '/api/v1/tasks/:id',
    summary: 'Change a task; what is left out stays',
    tag,
    access: 'employee',
    params: idParams,
    body: taskPatch,
    answers: { 200: task },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const now = clock.now();
        const before = await accessTask(tx, caller.rights, params.id, 'change');
        const given = await readTaskPatch(tx, caller, { patch: body, before });
        const expectedUpdatedAt = body.expectedUpdatedAt === undefined ? undefined : new Date(body.expectedUpdatedAt);
        const after = await changeTask(tx, actingOnTasks(caller, now), {
          id: params.id,
          change: given,
          expectedUpdatedAt,
        });
        return { status: 200, body: await presentOne(tx, after, { caller, now }) };
      }),
  });

const remove = ({ clock }: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/tasks/:id',
    summary: 'Delete a task for good; its subtasks stay',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 204: null },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        await deleteTask(tx, actingOnTasks(caller, clock.now()), params.id);
        return { status: 204 };
      }),
  });

async function presentOne(
  tx: Tx,
  row: StoredTask,
  { caller, now }: { caller: Caller; now: Date },
): Promise<Task | undefined> {
  const [shown] = await presentTasks(tx, [row], { rights: caller.rights, now });
  return shown;
}
