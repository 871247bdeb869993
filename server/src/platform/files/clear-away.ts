import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../context.ts';
import { inSystem } from '../db.ts';
import { incomingFolder } from './create-storage.ts';
import { deleteTrash, discardUnused, listTrash, putTrashOff, type Trash } from './files.store.ts';
import type { Storage } from './storage.ts';

const DAY_MS = 24 * 3_600_000;
/** So long may an uploaded file wait for the form it was uploaded in to be saved. */
export const UNUSED_MS = 7 * DAY_MS;
const AT_ONCE = 200;
const HOUR_MS = 3_600_000;
/** So many failures say that the storage is away, and not that one file has something. */
const MOST_FAILURES = 5;

/** Removes the bytes of deleted and never used files, and uploads that a crash cut short. Answers how many keys went. */
export async function clearFilesAway({ databases, clock, config }: Context, storage: Storage): Promise<number> {
  const now = clock.now();
  await inSystem(databases.system, (tx) => discardUnused(tx, { before: new Date(now.getTime() - UNUSED_MS), now }));
  await removeCutShort(incomingFolder(config));
  const failures: unknown[] = [];
  let gone = 0;
  for (let found = AT_ONCE; found === AT_ONCE && failures.length < MOST_FAILURES; ) {
    const trash = await inSystem(databases.system, (tx) => listTrash(tx, { now, limit: AT_ONCE }));
    found = trash.length;
    for (const one of trash) {
      if (failures.length === MOST_FAILURES) break;
      const error = await removeBytes({ databases }, storage, { one, now });
      if (error === undefined) gone += 1;
      else failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, 'some files could not be cleared away; the next look does');
  return gone;
}

interface Removing {
  readonly one: Trash;
  readonly now: Date;
}

/** The error, if it could not be: then it is tried again in an hour, and keeps nobody back meanwhile. */
async function removeBytes(
  { databases }: Pick<Context, 'databases'>,
  storage: Storage,
  { one, now }: Removing,
): Promise<unknown> {
  try {
    // First the bytes: after a crash in between they are removed once more, which does no harm.
    await storage.remove(one.key);
    await inSystem(databases.system, (tx) => deleteTrash(tx, one));
    return undefined;
  } catch (error) {
    await inSystem(databases.system, (tx) => putTrashOff(tx, one, new Date(now.getTime() + HOUR_MS)));
    return error;
  }
}

async function removeCutShort(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const place = path.join(folder, name);
    const found = await stat(place).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < Date.now() - DAY_MS) await rm(place, { force: true });
  }
}
