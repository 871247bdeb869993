import fs from 'node:fs';
import path from 'node:path';
import type { Cluster } from './cluster.ts';
import { isAlive } from './process.ts';

/** A server lives long; a command-line tool needs the database for a moment only. */
export type User = 'server' | 'tool';

/**
 * Makes this process the one that stops the server, if it launched it, or if whoever did is dead, or is a tool and this is a
 * server. A command-line tool that uses the running server's database must not take it away.
 */
export function claimOwnership(cluster: Cluster, { launched, user }: { launched: boolean; user: User }): void {
  const owner = readOwner(cluster);
  const isHeld = owner.pid !== process.pid && isAlive(owner.pid) && !(owner.user === 'tool' && user === 'server');
  if (!launched && isHeld) return;

  fs.writeFileSync(fileOf(cluster), `${process.pid} ${user}`);
}

/** Whether this process still is the one that stops the server. */
export function isOwner(cluster: Cluster): boolean {
  return readOwner(cluster).pid === process.pid;
}

export function releaseOwnership(cluster: Cluster): void {
  if (isOwner(cluster)) fs.rmSync(fileOf(cluster));
}

function readOwner(cluster: Cluster): { pid: number; user: string } {
  const text = fs.existsSync(fileOf(cluster)) ? fs.readFileSync(fileOf(cluster), 'utf8') : '';
  const [pid = '0', user = 'server'] = text.split(' ');
  return { pid: Number(pid), user };
}

function fileOf(cluster: Cluster): string {
  return path.join(cluster.home, 'owner.pid');
}
