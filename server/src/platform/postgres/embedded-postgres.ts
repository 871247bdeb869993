import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOrMakeSecret } from '../config/secrets.ts';
import { type Cluster, locateCluster } from './cluster.ts';
import { ensureDatabase, urlOf } from './database.ts';
import { keepAlive } from './keep-alive.ts';
import { claimOwnership, isOwner, releaseOwnership, type User } from './owner.ts';
import { findLivingServer, type Launching, launchServer, stopServer } from './server.ts';
import { removeWithParent } from './watchdog.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, or a pointer to it where PostgreSQL cannot reach this folder, and its password. */
  dataDir: string;
  /** Survives a power cut. Off only for tests. Default on. */
  durable?: boolean;
  /** Is stopped and deleted with this process, even if that is killed: for tests and demonstrations. Default off. */
  temporary?: boolean;
  onNotice?: (text: string) => void;
  /** Of postgresql.conf, beside ours: for measuring. */
  settings?: Readonly<Record<string, string>>;
  /** Who asks: a tool leaves the database to a server that came while it was at work. Default server. */
  user?: User;
}

export interface EmbeddedPostgres {
  /** Connection URL of the `signalbox` database, as the owner of everything in it. */
  url: string;
  postmasterPid: number;
  /** True when it was already running: a killed process of ours left it, or another one is using it. */
  adopted: boolean;
  /** Stops the server, unless it belongs to another living process of ours. */
  stop(): Promise<void>;
}

/** Starts the PostgreSQL that comes with Signalbox, or adopts the one that runs on our data already. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const password = readOrMakeSecret(path.join(options.dataDir, 'postgres-password'));
  const cluster = await locateCluster(options.dataDir, password, options.onNotice ?? (() => {}));
  const { durable = true, onNotice = () => {}, settings } = options;
  const { server, adopted } = await reachServer(cluster, { password, durable, settings });
  claimOwnership(cluster, { launched: !adopted, user: options.user ?? 'server' });
  const watchdog = options.temporary ? removeWithParent(cluster) : undefined;
  const keeper = options.user === 'tool' ? undefined : keepAlive(cluster, server, { durable, settings, onNotice });

  return {
    url: urlOf(server, password),
    postmasterPid: server.pid,
    adopted,
    stop: async () => {
      watchdog?.dismiss();
      await keeper?.dismiss();
      if (isOwner(cluster)) await stop(cluster, options.temporary ?? false);
    },
  };
}

const TRIES = 50;
const PAUSE_MS = 100;

// A server that was found living may be ending just now: then the next look finds none, and launches one.
async function reachServer(cluster: Cluster, { password, ...launching }: Launching & { password: string }) {
  for (let tries = 1; ; tries += 1) {
    const living = await findLivingServer(cluster);
    const server = living ?? (await launchServer(cluster, launching));
    try {
      await ensureDatabase(server, password);
      return { server, adopted: living !== undefined };
    } catch (error) {
      if (tries === TRIES || !isGone(error)) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P01'].includes(String(error.code))
  );
}

async function stop(cluster: Cluster, temporary: boolean): Promise<void> {
  // First, so that nothing of ours starts it again.
  releaseOwnership(cluster);
  await stopServer(cluster);
  if (temporary) fs.rmSync(cluster.home, { recursive: true, force: true });
}
