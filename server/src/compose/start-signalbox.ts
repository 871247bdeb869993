import pg from 'pg';
import { makePeople } from '../api/make-people.ts';
import { createServer } from '../api/server.ts';
import { ensureFirstAccount } from '../api/setup/first-account.ts';
import { type Engine, startEngine } from '../automation/drain/engine.ts';
import { runEntered } from '../automation/running/run-entered.ts';
import { runVisits } from '../automation/running/run-visits.ts';
import { sealAllSecrets } from '../connections/channel-secrets.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import type { Context } from '../platform/context.ts';
import { openDatabases } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import { migrate } from '../platform/migrate/migrate.ts';
import { startEmbeddedPostgres } from '../platform/postgres/embedded-postgres.ts';
import { setUsualAmounts } from '../platform/quotas/check-quota.ts';
import { createRealtime } from '../platform/realtime.ts';
import { connectRealtime } from '../platform/realtime-link.ts';
import { makePorts } from '../ports/make-ports.ts';
import { type CarryOut, createRecorder } from '../signals/recorder.ts';
import { bindSignals, parts, turns } from './parts.ts';
import { makeRoutes } from './routes.ts';
import { startJobs } from './start-jobs.ts';

export interface Running {
  readonly context: Context;
  /** Lets what is under way end, then closes everything in the opposite order. */
  stop(): Promise<void>;
}

type Stop = () => Promise<unknown>;

/** Starts the parts that ROLES names, in one process (interfaces.md, Environment). What began is stopped again if a later part can't. */
export async function startSignalbox(config: Config, log: Log): Promise<Running> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse())
      await one().catch((error: unknown) => log.error({ err: error }, 'something did not stop cleanly'));
  };
  try {
    const url = await openDatabase({ config, log }, stops);
    const context = await makeContext({ config, log, url }, stops);
    await sealAllSecrets(context);
    await ensureFirstAccount(context);
    await startRoles(context, url, stops);
    return { context, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabase(parts: { config: Config; log: Log }, stops: Stop[]): Promise<string> {
  const { config } = parts;
  const url = config.databaseUrl ?? (await startEmbedded(parts, stops));
  await migrate(url);
  return url;
}

async function startEmbedded({ config, log }: { config: Config; log: Log }, stops: Stop[]): Promise<string> {
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, onNotice: (text) => log.warn(text) });
  stops.push(() => embedded.stop());
  return embedded.url;
}

async function makeContext(
  { config, log, url }: { config: Config; log: Log; url: string },
  stops: Stop[],
): Promise<Context> {
  const onError = (error: Error) => log.warn({ err: error }, 'a connection to the database was lost');
  const databases = openDatabases(url, { onError });
  setUsualAmounts(databases.app, config.quotas);
  stops.push(() => databases.close());
  const link = await connectRealtime({
    connection: { connectionString: url },
    onLost: onError,
  });
  stops.push(() => link.close());
  return { databases, config, log, clock: systemClock, realtime: createRealtime(databases, link) };
}

async function startRoles(context: Context, url: string, stops: Stop[]): Promise<void> {
  const { roles } = context.config;
  let engine: Engine | undefined;
  if (roles.has('worker')) {
    const pool = openOwnerPool(context, url);
    stops.push(() => pool.end());
    const jobs = await startJobs(context, pool);
    stops.push(() => jobs.stop());
  }
  if (roles.has('engine')) {
    const runner = { context, makePorts };
    engine = startEngine(context, {
      ...{ bindSignals, turns },
      runEntered: (tx, entered) => runEntered(runner, tx, entered),
      runOverdue: (workspaceId, visitIds) => runVisits(runner, { workspaceId, visitIds }),
    });
    stops.push(engine.stop);
  }
  if (roles.has('channels')) {
    for (const part of parts) {
      const listener = await part.listeners?.(context);
      if (listener !== undefined) stops.push(() => listener.stop());
    }
  }
  if (roles.has('web')) await startWeb(context, { stops, carryOut: engine?.carryOut });
}

function openOwnerPool({ log }: Context, url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, application_name: 'signalbox_jobs', max: 12 });
  const onError = (error: Error) => log.warn({ err: error }, 'a connection of the job queue was lost');
  pool.on('error', onError);
  pool.on('connect', (client) => void client.on('error', onError));
  return pool;
}

interface WebParts {
  readonly stops: Stop[];
  readonly carryOut: CarryOut | undefined;
}

async function startWeb(context: Context, { stops, carryOut }: WebParts): Promise<void> {
  const people = makePeople(context);
  const recorder = createRecorder(context, carryOut);
  const server = await createServer(context, { people, recorder, routes: makeRoutes(context, { people, recorder }) });
  stops.push(() => server.close());
  await server.listen({ port: context.config.port, host: context.config.host });
}
