import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { SmallDisk } from './fault.ts';

const SIZE_MB = 1_200;
const BLOCK = Buffer.alloc(1_000_000);

/** Mounts a disk of its own at this empty folder; undefined where that is not allowed (not root, not Linux). */
export function makeSmallDisk(folder: string): SmallDisk | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  let isThere = true;
  const remove = () => {
    if (isThere) execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    isThere = false;
  };
  process.once('exit', remove);
  return { fill: () => fill(path.join(folder, 'ballast')), remove };
}

function fill(file: string): () => void {
  const descriptor = fs.openSync(file, 'w');
  try {
    for (;;) fs.writeSync(descriptor, BLOCK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    fs.closeSync(descriptor);
  }
  return () => fs.rmSync(file, { force: true });
}
