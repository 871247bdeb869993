import fs from 'node:fs';
import path from 'node:path';
import type { Cluster } from './cluster.ts';
import { isAlive } from './process.ts';

/**
 * Whether this process is the one that stops the server: it launched it, or whoever did is dead. A command-line
 * tool that uses the running server's database must not take it away.
 */
export function claimOwnership(cluster: Cluster, launched: boolean): boolean {
  const owner = readOwner(cluster);
  if (!launched && owner !== process.pid && isAlive(owner)) return false;

  fs.writeFileSync(fileOf(cluster), String(process.pid));
  return true;
}

export function releaseOwnership(cluster: Cluster): void {
  if (readOwner(cluster) === process.pid) fs.rmSync(fileOf(cluster));
}

function readOwner(cluster: Cluster): number {
  return fs.existsSync(fileOf(cluster)) ? Number(fs.readFileSync(fileOf(cluster), 'utf8')) : 0;
}

function fileOf(cluster: Cluster): string {
  return path.join(cluster.home, 'owner.pid');
}
