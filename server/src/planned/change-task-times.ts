import type { Acting } from '../automation/moves/acting.ts';
import type { Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { announce } from '../platform/realtime.ts';
import { changeTask } from '../tasks/change-task.ts';
import { addTaskHistory } from '../tasks/kept/task-notes.store.ts';
import type { StoredTask } from '../tasks/kept/task-row.ts';
import { findTask, lockItems, updateTask } from '../tasks/kept/tasks.store.ts';
import { checkTask } from '../tasks/rights/access-task.ts';
import type { Change } from './change.ts';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 525_600;

/** Somebody is to be reminded of a task: at once, at another moment before its deadline, or never. */
export async function changeReminder(tx: Tx, acting: Acting, id: number, { act, at }: Change): Promise<void> {
  const task = await lockedTask(tx, acting, id);
  if (task.remindAt === null) throw gone(id);
  if (act === 'run-now') return setTimes(tx, { task, columns: { remind_at: acting.now } });
  if (act === 'cancel') return void (await changeTask(tx, onTasks(acting), { id, change: { reminder: null } }));
  const minutes = Math.floor(((task.deadline?.getTime() ?? 0) - at.getTime()) / MINUTE_MS);
  if (minutes < 0 || minutes > MOST_MINUTES)
    throw conflict('after-deadline', 'A reminder comes before the deadline of its task, up to a year');
  await changeTask(tx, onTasks(acting), { id, change: { reminder: { minutes, workingTime: false } } });
}

/** A task is to be made again: at once, at another moment, or no more. */
export async function changeRepeat(tx: Tx, acting: Acting, id: number, { act, at }: Change): Promise<void> {
  const task = await lockedTask(tx, acting, id);
  if (task.repeatAt === null) throw gone(id);
  if (act === 'cancel') return void (await changeTask(tx, onTasks(acting), { id, change: { repeat: null } }));
  await setTimes(tx, { task, columns: { repeat_at: at } });
  const by = { at: acting.now, authorId: acting.byId, ruleName: null };
  await addTaskHistory(tx, [
    { taskId: id, field: 'repeat', from: task.repeatAt.toISOString(), to: at.toISOString(), ...by },
  ]);
}

interface Times {
  readonly task: StoredTask;
  readonly columns: { readonly remind_at?: Date; readonly repeat_at?: Date };
}

// What is due is looked for every few seconds (tasks/do-due.ts).
async function setTimes(tx: Tx, { task, columns }: Times): Promise<void> {
  await updateTask(tx, task.id, columns);
  announce(tx, { topic: 'tasks', kind: 'changed', task: task.id });
}

async function lockedTask(tx: Tx, { rights }: Acting, id: number): Promise<StoredTask> {
  const seen = await findTask(tx, id);
  await lockItems(tx, [seen?.itemId ?? null]);
  const task = await findTask(tx, id, { lock: true });
  if (task === undefined) throw notFound(`Task ${id}`);
  await checkTask(tx, rights, { task, verb: 'change' });
  return task;
}

const onTasks = ({ byId, now, rights }: Acting) => ({ byId, now, rights, chain: null });

const gone = (id: number) => conflict('run-state', `Nothing waits for task ${id} any more`);
