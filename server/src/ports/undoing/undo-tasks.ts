import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { removeUnread } from '../../collaboration/notifications/notifications.store.ts';
import { removeTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Undo, Undoing, UndoOf } from '../../parts/undoing.ts';
import type { Tx } from '../../platform/db.ts';
import { changeTask } from '../../tasks/change-task.ts';
import { deleteTask } from '../../tasks/delete-task.ts';
import { countBeside, listChangedTasks } from '../../tasks/kept/task-notes.store.ts';
import type { StoredTask } from '../../tasks/kept/task-row.ts';
import { findTask, listTaskStatuses } from '../../tasks/kept/tasks.store.ts';
import type { TaskActing } from '../../tasks/telling/acting.ts';

const removeTask: Undo<'task'> = async (undoing, deed) => {
  const { tx, item } = undoing;
  const task = await findTask(tx, deed.task, { lock: true });
  if (task === undefined) return [{ about: '', reason: because('undo-gone') }];
  const isKept = (await listWorkedOn(tx, [task.id])).has(task.id);
  if (isKept) return [{ about: task.title, reason: because('undo-worked-on') }];
  await deleteTask(tx, actingOf(undoing), task.id);
  await forget(undoing, task);
  await removeTimeline(tx, { itemId: item.id, kinds: ['task', 'task-status'], of: { task: task.id } });
  return [{ about: task.title, reason: null }];
};

/** The task goes, with what told of it, unless somebody has worked on it. */
export const undoTask: UndoOf<'task'> = {
  undo: removeTask,
  async findRestorable({ tx }, left) {
    const ids = left.map(({ deed }) => deed.task);
    const [tasks, workedOn] = [await listTaskStatuses(tx, ids), await listWorkedOn(tx, ids)];
    return left.filter(({ deed }) => tasks.has(deed.task) && !workedOn.has(deed.task)).map(({ runId }) => runId);
  },
};

/** Those that do not stand as a rule made them: what was changed and changed back, by an undo too, is no work. */
async function listWorkedOn(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const beside = [...(await countBeside(tx, ids)).values()];
  const used = beside.filter(({ comments, subtasks }) => comments + subtasks > 0);
  return new Set([...used.map(({ taskId }) => taskId), ...(await listChangedTasks(tx, ids))]);
}

/** Who was told of the task reads nothing of it any more, if they have not yet. */
async function forget({ tx, run }: Undoing, { id, responsibleId, creatorId, observerIds }: StoredTask): Promise<void> {
  const to = [responsibleId, creatorId, ...observerIds].filter((one) => one !== null);
  await removeUnread(tx, { runId: run.id, taskId: id, to });
}

const reopen: Undo<'task-status'> = async (undoing, deed) => {
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

/** The task stands again as it did, unless somebody has changed that since. */
export const undoTaskStatus: UndoOf<'task-status'> = {
  undo: reopen,
  async findRestorable({ tx }, left) {
    const tasks = await listTaskStatuses(
      tx,
      left.map(({ deed }) => deed.task),
    );
    return left.filter(({ deed }) => tasks.get(deed.task) === deed.to).map(({ runId }) => runId);
  },
};

function actingOf({ byId, now, chain, rights }: Undoing): TaskActing {
  return { byId, now, chain, rights };
}
