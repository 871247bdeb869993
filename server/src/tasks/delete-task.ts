import { record } from '../audit/record.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { deleteTaskRow, wakeRun } from './kept/tasks.store.ts';
import { accessTask } from './rights/access-task.ts';
import type { TaskActing } from './telling/acting.ts';

/** For good; a rule that waits for it goes on (semantics.md 5.9). */
export async function deleteTask(
  tx: Tx,
  { now, rights }: TaskActing & { readonly rights: Rights },
  id: number,
): Promise<void> {
  const task = await accessTask(tx, rights, id, 'delete');
  await deleteTaskRow(tx, id);
  if (task.madeBy !== null) await wakeRun(tx, task.madeBy.runId, now);
  await record(tx, { kind: 'task-deleted', on: { kind: 'task', id, name: task.title } });
  announce(tx, { topic: 'tasks', kind: 'deleted', task: id });
}
