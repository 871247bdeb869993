import { findOwned } from '../../access/owned-items.store.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import type { StoredTask } from '../kept/task-row.ts';
import { getTask } from '../kept/tasks.store.ts';
import { type Standing, standingOf } from './reach-task.ts';

type Verb = keyof Standing;

/**
 * The only way to a task that a person names: 404 for one they may not see, as for another workspace's; 403 with the missing right's code
 * for one they may see and not do this to (docs/rights.md). Without rights it is automation, which sees what the workspace sees.
 */
export async function accessTask(tx: Tx, rights: Rights, id: number, verb: Verb): Promise<StoredTask> {
  const task = await getTask(tx, id);
  await checkTask(tx, rights, { task, verb });
  return task;
}

export async function checkTask(
  tx: Tx,
  rights: Rights | undefined,
  { task, verb }: { readonly task: StoredTask; readonly verb: Verb },
): Promise<void> {
  if (rights === undefined) return;
  const item = task.itemId === null ? undefined : await findOwned(tx, task.itemId);
  const standing = standingOf(rights, task, item);
  if (!standing.read) throw notFound(`Task ${task.id}`);
  if (verb !== 'read' && !standing[verb]) throw missingRight(`no-task-${verb}`);
}
