import { record } from '../audit/record.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { deleteTaskRow, lockItems, wakeRun } from './kept/tasks.store.ts';
import { keepNextPlanned } from './next-planned.ts';
import { accessTask } from './rights/access-task.ts';
import type { TaskActing } from './telling/acting.ts';

/** For good; a rule that waits for it goes on (semantics.md 5.9). */
export async function deleteTask(tx: Tx, acting: TaskActing & { readonly rights: Rights }, id: number): Promise<void> {
  const { now, rights } = acting;
  const { itemId } = await accessTask(tx, rights, id, 'delete');
  await lockItems(tx, [itemId]);
  const task = await accessTask(tx, rights, id, 'delete');
  await deleteTaskRow(tx, id);
  if (task.kind !== 'task') await keepNextPlanned(tx, acting, task.itemId);
  if (task.madeBy !== null) await wakeRun(tx, task.madeBy.runId, now);
  await record(tx, { kind: 'task-deleted', on: { kind: 'task', id, name: task.title } });
  announce(tx, { topic: 'tasks', kind: 'deleted', task: id });
}
