import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { Task } from '@signalbox/contract/tasks.ts';

export const taskActs = ['start', 'resume', 'complete', 'accept', 'return', 'pause', 'defer', 'reopen'] as const;
export type TaskAct = (typeof taskActs)[number];
type Status = Task['status'];
type Doing = Pick<Task, 'status' | 'may'>;

/** What each leads to; what is completed where the creator accepts, the server makes `supposedly-completed`. */
export const statusAfter: Readonly<Record<TaskAct, Status>> = {
  start: 'in-progress',
  resume: 'in-progress',
  complete: 'completed',
  accept: 'completed',
  return: 'pending',
  pause: 'pending',
  defer: 'deferred',
  reopen: 'pending',
};

const offered: Readonly<Record<Status, readonly TaskAct[]>> = {
  new: ['start', 'complete', 'defer'],
  pending: ['start', 'complete', 'defer'],
  'in-progress': ['complete', 'pause', 'defer'],
  'supposedly-completed': ['accept', 'return', 'reopen'],
  completed: ['reopen'],
  deferred: ['resume', 'complete'],
};

/** What the reader can do with a task now, the likeliest first. */
export function actsOf({ status, may }: Doing): readonly TaskAct[] {
  const judges = status === 'supposedly-completed' && may.accept;
  return offered[status].filter((act) => {
    if (act === 'accept' || act === 'return') return may.accept;
    // Who judges returns it; who did it takes it back.
    return act === 'reopen' ? (may.change || may.accept) && !judges : may.change;
  });
}

/** The one that ends it, for a click on its circle; undefined where there is none. */
export const endingOf = (task: Doing): 'complete' | 'accept' | undefined =>
  actsOf(task).find((act) => act === 'complete' || act === 'accept');

// To one of these whoever works on it may put it back at any time, until it is handed in.
const beginnings: readonly Status[] = ['new', 'pending', 'in-progress', 'deferred'];

/** Where the reader may put it, on a board by status. */
export function statusesFor(task: Doing): readonly Status[] {
  const reached = actsOf(task).map((act) => statusAfter[act]);
  const free = task.may.change && task.status !== 'supposedly-completed' ? beginnings : [];
  return taskStatuses.filter((one) => reached.includes(one) || free.includes(one));
}
