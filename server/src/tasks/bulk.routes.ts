import { type TasksChanged, tasksChangeBody, tasksChanged, tasksDeleteBody } from '@signalbox/contract/tasks.ts';
import type { Context } from '../platform/context.ts';
import { UserError } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { changeTask } from './change-task.ts';
import { deleteTask } from './delete-task.ts';
import { readPlainPatch } from './read-task-body.ts';
import { actingOnTasks } from './telling/acting.ts';

const tag = 'Tasks';

export const taskBulkRoutes = (context: Context): Route[] => [changeMany(context), deleteMany(context)];

const changeMany = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/tasks/change',
    summary: 'The same change of several tasks; those that you may not change so are told and stay',
    tag,
    access: 'employee',
    body: tasksChangeBody,
    answers: { 200: tasksChanged },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const change = await readPlainPatch(tx, body.change);
        const acting = actingOnTasks(caller, clock.now());
        return { status: 200, body: await each(body.ids, (id) => changeTask(tx, acting, { id, change })) };
      }),
  });

const deleteMany = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/tasks/delete',
    summary: 'Delete several tasks for good; those that you may not delete are told and stay',
    tag,
    access: 'employee',
    body: tasksDeleteBody,
    answers: { 200: tasksChanged },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const acting = actingOnTasks(caller, clock.now());
        return { status: 200, body: await each(body.ids, (id) => deleteTask(tx, acting, id)) };
      }),
  });

/** In the order of their ids, as everybody locks them; what is refused is refused before anything is written. */
async function each(ids: readonly number[], work: (id: number) => Promise<unknown>): Promise<TasksChanged> {
  const outcome: TasksChanged = { done: [], refused: [] };
  for (const id of [...new Set(ids)].toSorted((one, other) => one - other)) {
    try {
      await work(id);
      outcome.done.push(id);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcome.refused.push({ id, code: error.code, message: error.message });
    }
  }
  return outcome;
}
