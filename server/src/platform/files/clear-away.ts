import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../context.ts';
import { inSystem } from '../db.ts';
import { incomingFolder } from './create-storage.ts';
import { deleteTrash, discardUnused, listTrash } from './files.store.ts';
import type { Storage } from './storage.ts';

const DAY_MS = 24 * 3_600_000;
/** So long may an uploaded file wait for the form it was uploaded in to be saved. */
export const UNUSED_MS = 7 * DAY_MS;
const AT_ONCE = 200;

/** Removes the bytes of deleted and never used files, and uploads that a crash cut short. Answers how many keys went. */
export async function clearFilesAway({ databases, clock, config }: Context, storage: Storage): Promise<number> {
  const now = clock.now();
  await inSystem(databases.system, (tx) => discardUnused(tx, { before: new Date(now.getTime() - UNUSED_MS), now }));
  const trash = await inSystem(databases.system, (tx) => listTrash(tx, { now, limit: AT_ONCE }));
  for (const one of trash) {
    // First the bytes: after a crash in between they are removed once more, which does no harm.
    await storage.remove(one.key);
    await inSystem(databases.system, (tx) => deleteTrash(tx, one));
  }
  await removeCutShort(incomingFolder(config));
  return trash.length;
}

async function removeCutShort(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const place = path.join(folder, name);
    const found = await stat(place).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < Date.now() - DAY_MS) await rm(place, { force: true });
  }
}
