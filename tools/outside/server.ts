import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { heapFlags } from '../ensure/heap.mjs';

const main = path.resolve(import.meta.dirname, '../../server/src/main.ts');
const READY_WITHIN_MS = 180_000;
const HEALTH_WITHIN_MS = 20_000;

export interface Place {
  readonly dataDir: string;
  readonly url: string;
  readonly smtpPort: number;
  readonly apiKey: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Free ports and a fresh data folder: everything that the server and those who call it must agree on. */
export async function choosePlace(dataDir: string, extra: NodeJS.ProcessEnv): Promise<Place> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const apiKey = 'outside-key-0123456789abcdef0123456789ab';
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    PORT: String(port),
    SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
    DATA_DIR: dataDir,
    SIGNALBOX_ADMIN_EMAIL: 'anna@outside.test',
    SIGNALBOX_ADMIN_PASSWORD: 'correct horse battery',
    SIGNALBOX_API_KEY: apiKey,
    LOG_LEVEL: 'warn',
    ...extra,
  };
  return { dataDir, smtpPort, apiKey, environment, url: `http://127.0.0.1:${port}` };
}

export interface LivingServer {
  readonly pid: number;
  readonly startSeconds: number;
  /** SIGKILL to the whole process group: nothing is told, nothing is closed. */
  kill(): Promise<void>;
  /** SIGTERM, as Ctrl-C would: everything under way is finished. */
  stop(): Promise<void>;
}

/** Starts the server as `npm start` does, in a process group of its own, and waits until it is healthy. */
export async function startServer(place: Place): Promise<LivingServer> {
  const began = Date.now();
  const log = fs.openSync(path.join(place.dataDir, 'server-output.log'), 'a');
  const child = spawn(process.execPath, [...heapFlags(place.environment), main], {
    env: place.environment,
    stdio: ['ignore', log, log],
    detached: true,
  });
  fs.closeSync(log);
  // A caller that fails leaves nothing behind.
  const killIt = () => killGroup(child);
  process.once('exit', killIt);
  child.once('exit', () => process.off('exit', killIt));
  await waitUntilHealthy(place, child).catch(async (error: unknown) => {
    await end(child, 'SIGKILL');
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    startSeconds: (Date.now() - began) / 1000,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function waitUntilHealthy(place: Place, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) break;
    if (await isHealthy(place)) return;
  }
  throw new Error(`the server did not get ready:\n${tail(path.join(place.dataDir, 'server-output.log'))}`);
}

async function isHealthy({ url }: Place): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(HEALTH_WITHIN_MS) })).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, signal);
  await ended;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

function tail(file: string): string {
  return fs.readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
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
