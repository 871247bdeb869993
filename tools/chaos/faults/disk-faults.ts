import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** Nothing more fits on the disk of the database and of the files. */
export const diskFull: Fault = {
  name: 'disk full',
  longMs: 8_000,
  async happen({ disk }, forMs) {
    if (disk === undefined) return false;
    const free = disk.fill();
    try {
      await sleep(forMs);
    } finally {
      free();
    }
    return true;
  },
};

/** Every process of PostgreSQL stands still again and again, as one does that waits for its disk. */
export const slowDisk: Fault = {
  name: 'slow disk',
  longMs: 8_000,
  async happen({ dataDir }, forMs) {
    for (const end = Date.now() + forMs; Date.now() < end; await sleep(50 + Math.random() * 200)) {
      const stopped = processesOf(postmasterOf(dataDir));
      send(stopped, 'SIGSTOP');
      await sleep(100 + Math.random() * 900);
      send(stopped, 'SIGCONT');
    }
    return true;
  },
};

/** 0: there is none. */
export function postmasterOf(dataDir: string): number {
  const elsewhere = path.join(dataDir, 'postgres-location');
  const home = fs.existsSync(elsewhere) ? fs.readFileSync(elsewhere, 'utf8').trim() : path.join(dataDir, 'postgres');
  const file = path.join(home, 'cluster', 'postmaster.pid');
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

function processesOf(postmaster: number): number[] {
  const children = `/proc/${postmaster}/task/${postmaster}/children`;
  if (postmaster === 0 || !fs.existsSync(children)) return [];
  return [postmaster, ...fs.readFileSync(children, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)];
}

function send(pids: readonly number[], signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}
