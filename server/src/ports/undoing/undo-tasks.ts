import { isDeepStrictEqual } from 'node:util';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { removeUnread } from '../../collaboration/notifications/notifications.store.ts';
import { removeTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Undo, Undoing } from '../../parts/undoing.ts';
import type { Tx } from '../../platform/db.ts';
import { changeTask } from '../../tasks/change-task.ts';
import { deleteTask } from '../../tasks/delete-task.ts';
import { countBeside, listTaskHistory } from '../../tasks/kept/task-notes.store.ts';
import type { StoredTask } from '../../tasks/kept/task-row.ts';
import { findTask } from '../../tasks/kept/tasks.store.ts';
import type { TaskActing } from '../../tasks/telling/acting.ts';

/** The task goes, with what told of it, unless somebody has worked on it. */
export const undoTask: Undo<'task'> = async (undoing, deed) => {
  const { tx, item } = undoing;
  const task = await findTask(tx, deed.task, { lock: true });
  if (task === undefined) return [{ about: '', reason: because('undo-gone') }];
  const reason = await whyKept(tx, task);
  if (reason !== null) return [{ about: task.title, reason }];
  await deleteTask(tx, actingOf(undoing), task.id);
  await forget(undoing, task);
  await removeTimeline(tx, { itemId: item.id, kinds: ['task', 'task-status'], of: { task: task.id } });
  return [{ about: task.title, reason: null }];
};

const MOST_READ = 200;

/** It stands as the rule made it: what was changed and changed back, by an undo too, is no work. */
async function whyKept(tx: Tx, task: StoredTask): Promise<Reason | null> {
  const beside = (await countBeside(tx, [task.id])).get(task.id);
  const isUsed = beside !== undefined && beside.comments + beside.subtasks > 0;
  const history = await listTaskHistory(tx, { taskId: task.id, after: undefined, limit: MOST_READ });
  const byField = Map.groupBy(history, ({ field }) => field);
  byField.delete('created');
  const isOther = [...byField.values()].some((newestFirst) => {
    const [first, last] = [newestFirst.at(-1), newestFirst[0]];
    return !isDeepStrictEqual(first?.old_value, last?.new_value);
  });
  return isUsed || isOther || history.length === MOST_READ ? because('undo-worked-on') : null;
}

/** Who was told of the task reads nothing of it any more, if they have not yet. */
async function forget({ tx, run }: Undoing, { id, responsibleId, creatorId, observerIds }: StoredTask): Promise<void> {
  const to = [responsibleId, creatorId, ...observerIds].filter((one) => one !== null);
  await removeUnread(tx, { runId: run.id, taskId: id, to });
}

/** The task stands again as it did, unless somebody has changed that since. */
export const undoTaskStatus: Undo<'task-status'> = async (undoing, deed) => {
  const { tx } = undoing;
  const task = await findTask(tx, deed.task, { lock: true });
  if (task === undefined) return [{ about: '', reason: because('undo-gone') }];
  const status = taskStatuses.find((one) => one === deed.from);
  const said = { about: task.title, from: task.status, to: deed.from };
  if (status === undefined || task.status !== deed.to) return [{ ...said, reason: because('undo-worked-on') }];
  await forget(undoing, task);
  await changeTask(tx, actingOf(undoing), { id: task.id, change: { status } });
  return [{ ...said, reason: null }];
};

function actingOf({ byId, now, chain, rights }: Undoing): TaskActing {
  return { byId, now, chain, rights };
}
