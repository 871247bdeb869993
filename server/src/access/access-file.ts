import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { listFiles } from '../platform/files/files.store.ts';
import { readableIds } from './access-item.ts';
import { listItemsOfFile } from './items-of-file.store.ts';
import { isOf } from './reach.ts';
import { seesEverything } from './sees-everything.ts';
import { listTasksOfFile } from './tasks-of-file.store.ts';

interface File {
  readonly id: number;
  readonly authorId: number | null;
}

/** A file is seen by who uploaded it, by who may see an item or a task that names it, and by who sees everything. 404 else. */
export async function accessFile<F extends File>(
  tx: Tx,
  caller: Pick<Caller, 'rights' | 'employeeId'>,
  { id, file }: { readonly id: number; readonly file: F | undefined },
): Promise<F> {
  if (file === undefined) throw notFound(`File ${id}`);
  if (!(await seesFile(tx, caller, file))) throw notFound(`File ${id}`);
  return file;
}

export async function seesFile(
  tx: Tx,
  caller: Pick<Caller, 'rights' | 'employeeId'>,
  { id, authorId }: File,
): Promise<boolean> {
  if (authorId === caller.employeeId || seesEverything(caller.rights)) return true;
  const items = await readableIds(tx, caller, await listItemsOfFile(tx, id, caller.rights));
  return items.size > 0 || seesTaskOfFile(tx, caller, id);
}

async function seesTaskOfFile(tx: Tx, { rights }: Pick<Caller, 'rights'>, fileId: number): Promise<boolean> {
  const tasks = await listTasksOfFile(tx, fileId, rights.employeeId);
  const isReached = tasks.some(
    ({ isTheirs, itemId, responsibleId }) =>
      isTheirs || (itemId === null && isOf(rights, responsibleId, rights.items.all.read)),
  );
  if (isReached) return true;
  const itemIds = tasks.flatMap(({ itemId }) => itemId ?? []);
  return (await readableIds(tx, { rights }, itemIds)).size > 0;
}

/** Those of the files that somebody may see. */
export async function listSeenFiles(tx: Tx, rights: Rights, ids: readonly number[]): Promise<number[]> {
  const seen: number[] = [];
  const { employeeId } = rights;
  for (const file of await listFiles(tx, { ids, limit: Math.max(ids.length, 1) }))
    if (await seesFile(tx, { rights, employeeId }, file)) seen.push(file.id);
  return seen;
}
