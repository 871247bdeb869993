import { record } from '../audit/record.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { deleteTaskRow, getTask, lockItems } from './kept/tasks.store.ts';
import { keepNextPlanned } from './next-planned.ts';
import { checkTask } from './rights/access-task.ts';
import type { TaskActing } from './telling/acting.ts';
import { wakeRunOfTask } from './wake-run-of-task.ts';

/** For good; a rule that waits for it goes on (semantics.md 5.9). */
export async function deleteTask(tx: Tx, acting: TaskActing, id: number): Promise<void> {
  const seen = await getTask(tx, id);
  await lockItems(tx, [seen.itemId]);
  const task = await getTask(tx, id, { lock: true });
  await checkTask(tx, acting.rights, { task, verb: 'delete' });
  await deleteTaskRow(tx, id);
  if (task.kind !== 'task') await keepNextPlanned(tx, acting, task.itemId);
  await wakeRunOfTask(tx, task, acting.now);
  await record(tx, { kind: 'task-deleted', on: { kind: 'task', id, name: task.title } });
  announce(tx, { topic: 'tasks', kind: 'deleted', task: id });
}
