import type { Tx } from '../platform/db.ts';
import { useFiles } from '../platform/files/files.store.ts';
import { announce } from '../platform/realtime.ts';
import { insertTaskComment, type StoredComment } from './kept/task-notes.store.ts';
import type { StoredTask } from './kept/task-row.ts';
import type { TaskActing } from './telling/acting.ts';
import { tellOfComment } from './telling/tell-of-task.ts';

interface NewComment {
  readonly task: StoredTask;
  readonly text: string;
  readonly fileIds: readonly number[];
}

/** Those whom the task names are told. */
export async function addComment(
  tx: Tx,
  acting: TaskActing,
  { task, text, fileIds }: NewComment,
): Promise<StoredComment> {
  const made = await insertTaskComment(tx, { taskId: task.id, authorId: acting.byId, at: acting.now, text, fileIds });
  await useFiles(tx, fileIds);
  await tellOfComment(tx, acting, { task, text });
  announce(tx, { topic: 'tasks', kind: 'commented', task: task.id });
  return made;
}
