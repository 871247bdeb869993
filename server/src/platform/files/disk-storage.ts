import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from './storage.ts';

/** `folder/<first two letters of the key>/<key>`: a file is renamed into its place, so it is there whole or not at all. */
export function createDiskStorage(folder: string): Storage {
  const placeOf = (key: string) => path.join(folder, key.slice(0, 2), key);
  return {
    async put(key, received) {
      const place = placeOf(checked(key));
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      await rename(received.path, place);
      await sync(path.dirname(place));
    },
    async open(key, part) {
      const file = await open(placeOf(checked(key))).catch(unlessMissing);
      return file?.createReadStream(part);
    },
    remove: (key) => rm(placeOf(checked(key)), { force: true }),
  };
}

// Keys are ours; one that is not would be somebody's path.
function checked(key: string): string {
  if (!/^[\w-]{8,64}$/.test(key)) throw new Error(`"${key}" is no key of a file`);
  return key;
}

// The name in its folder outlives a power cut only when the folder is synced too.
async function sync(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
