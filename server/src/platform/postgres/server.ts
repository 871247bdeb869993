import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { isAlive } from './process.ts';
import { durableSettings, fastSettings, settings } from './settings.ts';

export interface Server {
  pid: number;
  port: number;
  /** Folder of its unix socket; empty where there is none. */
  socketFolder: string;
}

const PATIENCE_MS = 120_000;
const POLL_MS = 20;

/** The server that runs on this cluster already, ready to use. Waits for one that is starting or stopping. */
export async function findLivingServer(cluster: Cluster): Promise<Server | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = readPidFile(cluster);
    if (found === undefined || !isOurs(cluster, found.pid)) return undefined;
    if (found.status === 'ready') return found;
    await sleep(POLL_MS);
  }
  throw new Error(`PostgreSQL neither started nor stopped in time; see ${logOf(cluster)}`);
}

export interface Launching {
  readonly durable: boolean;
  /** Instead of ours of the same names. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Absent: one that is free. */
  readonly port?: number;
}

/** Starts a server on this cluster, in a session of its own: Ctrl-C must reach it through us, after our work. */
export async function launchServer(cluster: Cluster, launching: Launching): Promise<Server> {
  const log = openLog(cluster);
  const usual = { ...settings, ...(launching.durable ? durableSettings : fastSettings) };
  const all = { ...usual, ...launching.settings, ...(await addresses(cluster, launching.port)) };
  const args = ['-D', cluster.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = spawn(cluster.binaries.postgres, args, {
    ...cluster.account,
    cwd: cluster.home,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    detached: true,
  });
  fs.closeSync(log);
  child.unref();
  const exited = once(child, 'exit').then(() => true);
  while (!(await Promise.race([exited, sleep(POLL_MS, false)]))) {
    const found = readPidFile(cluster);
    if (found?.pid === child.pid && found?.status === 'ready') return found;
  }
  const other = await findLivingServer(cluster);
  if (other !== undefined) return other;
  throw new Error(`PostgreSQL did not start:\n${tailOfLog(cluster)}`);
}

/** Stops it fast: clients are disconnected, everything committed is kept. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const found = readPidFile(cluster);
  if (found === undefined || !isOurs(cluster, found.pid)) return;
  const args = ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '60'];
  await promisify(execFile)(cluster.binaries.pgCtl, args, { ...cluster.account, cwd: cluster.home });
}

function readPidFile(cluster: Cluster): (Server & { status: string }) | undefined {
  const file = path.join(cluster.data, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const [pid, , , port, socketFolder = '', , , status = ''] = readIfThere(file).split('\n');
  return { pid: Number(pid), port: Number(port), socketFolder, status: status.trim() };
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

// After a crash of the machine the process number may be someone else's by now.
function isOurs(cluster: Cluster, pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (!fs.existsSync('/proc/self/cmdline')) return true;
  return readIfThere(`/proc/${pid}/cmdline`).includes(cluster.data);
}

async function addresses(cluster: Cluster, port?: number): Promise<Record<string, string>> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port ?? (await freePort())),
    unix_socket_directories: fitsSocket(cluster.home) ? cluster.home : '',
  };
}

// The operating systems allow a socket's path some 104 bytes.
function fitsSocket(folder: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(path.join(folder, '.s.PGSQL.65535')) < 100;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

const LOG_LIMIT_BYTES = 10_000_000;

function logOf(cluster: Cluster): string {
  return path.join(cluster.home, 'server.log');
}

function openLog(cluster: Cluster): number {
  const file = logOf(cluster);
  const isLong = fs.existsSync(file) && fs.statSync(file).size > LOG_LIMIT_BYTES;
  return fs.openSync(file, isLong ? 'w' : 'a', 0o600);
}

function tailOfLog(cluster: Cluster): string {
  return readIfThere(logOf(cluster)).split('\n').slice(-15).join('\n');
}
