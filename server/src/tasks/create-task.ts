import { loadReference } from '../crm/facts/workspace-facts.ts';
import type { Tx } from '../platform/db.ts';
import { useFiles } from '../platform/files/files.store.ts';
import { checkQuota } from '../platform/quotas/check-quota.ts';
import { announce } from '../platform/realtime.ts';
import { addTaskHistory } from './kept/task-notes.store.ts';
import type { MadeBy, StoredTask, TaskFields } from './kept/task-row.ts';
import { insertTask, lockItems } from './kept/tasks.store.ts';
import { keepNextPlanned } from './next-planned.ts';
import type { TaskActing } from './telling/acting.ts';
import { noteOnTimeline } from './telling/note-on-timeline.ts';
import { tellOfNewTask } from './telling/tell-of-task.ts';
import { remindAt } from './times/remind-at.ts';
import { repeatAt } from './times/repeat-at.ts';

export interface NewTask extends TaskFields {
  readonly madeBy?: MadeBy | null;
  /** The one of the same series before it. */
  readonly repeatOf?: { readonly id: number; readonly at: Date } | null;
}

/** With its history; whoever is concerned is told. Its item is locked by then (semantics.md 1.4). */
export async function createTask(tx: Tx, acting: TaskActing, task: NewTask): Promise<StoredTask> {
  const { now, byId } = acting;
  // One of a series takes the place of the one before: it is not refused when nobody is there to hear it.
  if (task.repeatOf == null) await checkQuota(tx, { name: 'tasks', amount: 1, now });
  const items = await lockItems(tx, [task.itemId]);
  const { workspace, people } = await loadReference(tx);
  const person = people.get(task.responsibleId ?? 0);
  const isClosed = task.status === 'completed';
  const made = await insertTask(tx, {
    ...task,
    itemId: task.itemId !== null && items.has(task.itemId) ? task.itemId : null,
    remindAt: isClosed ? null : remindAt({ deadline: task.deadline, reminder: task.reminder, person, workspace }),
    repeatAt: repeatAt(task.repeat, { from: task.repeatOf?.at ?? now, after: now, workspace }),
    repeatOf: task.repeatOf?.id ?? null,
    ...{ closedBy: isClosed ? byId : null, closedAt: isClosed ? now : null, at: now },
  });
  await useFiles(tx, task.fileIds);
  const by = { at: now, authorId: byId, ruleName: acting.ruleName ?? null };
  await addTaskHistory(tx, [{ taskId: made.id, field: 'created', from: null, to: made.title, ...by }]);
  if (made.kind !== 'task') await keepNextPlanned(tx, acting, made.itemId);
  await noteOnTimeline(tx, acting, { before: null, after: made });
  await tellOfNewTask(tx, acting, made);
  announce(tx, { topic: 'tasks', kind: 'created', task: made.id });
  return made;
}
