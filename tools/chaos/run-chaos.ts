import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/src/platform/postgres/embedded-postgres.ts';
import { choosePlace, type LivingServer, type Place, startServer } from '../outside/server.ts';
import { makeBoard, makeClients } from './board.ts';
import { type Poured, pour } from './pour.ts';
import { type Sink, startSink } from './sink.ts';
import { countUncertain, type Finding, verify } from './verify.ts';

export interface ChaosOptions {
  readonly dataDir: string;
  /** How often the process group is killed; every tenth time PostgreSQL crashes too. */
  readonly kills: number;
  readonly clients: number;
  readonly say: (text: string) => void;
}

export interface ChaosReport {
  readonly kills: number;
  /** The others found the backlog, the delayed rules and the deliveries at work. */
  readonly killsWhilePouring: number;
  readonly databaseCrashes: number;
  readonly signals: number;
  readonly mails: number;
  readonly repeats: number;
  readonly uncertainDeliveries: number;
  readonly uncertainRuns: number;
  readonly findings: readonly Finding[];
}

const WIDTH = 8;
/** About how long from kill to kill, the start in between included. */
const BETWEEN_KILLS_MS = 1_700;
const SETTLE_WITHIN_MS = 180_000;

/** Pours signals in by HTTP and SMTP while the server is killed again and again, then counts what was lost or doubled. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const sink = await startSink();
  const place = await choosePlace(options.dataDir, {});
  let server = await startServer(place);
  options.say(`ready after ${server.startSeconds} s; making ${options.clients} deals`);
  await makeBoard(place, sink);
  const clients = await makeClients(place, options.clients);

  let isOver = false;
  const pauseMs = (options.kills * BETWEEN_KILLS_MS * WIDTH) / options.clients;
  let isPouring = true;
  const pouring = pour(place, clients, { width: WIDTH, pauseMs, isOver: () => isOver }).finally(() => {
    isPouring = false;
  });
  // Its failure is told where it is awaited.
  pouring.catch(() => {});
  let databaseCrashes = 0;
  let killsWhilePouring = 0;
  for (let kill = 1; kill <= options.kills; kill += 1) {
    await sleep(100 + Math.random() * 1500);
    if (kill % 10 === 5) databaseCrashes += await crashDatabase(options.dataDir);
    if (isPouring) killsWhilePouring += 1;
    await server.kill();
    server = await startServer(place);
    options.say(`kill ${kill}: ready again after ${server.startSeconds} s`);
  }
  isOver = true;
  const poured = await pouring;
  await settle(place);
  return judge({ options, poured, sink, server, databaseCrashes, killsWhilePouring });
}

/** Kills one of PostgreSQL's processes: the postmaster ends all others and recovers from the log, as after a crash. */
async function crashDatabase(dataDir: string): Promise<number> {
  return withDatabase(dataDir, async (client) => {
    const result = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    );
    const pid = result.rows[0]?.pid;
    if (pid === undefined) return 0;
    process.kill(pid, 'SIGKILL');
    await sleep(200 + Math.random() * 1000);
    return 1;
  });
}

const health = z.object({ backlog: z.object({ signals: z.number(), runsDue: z.number(), deliveriesDue: z.number() }) });

async function settle({ url }: Place): Promise<void> {
  let quiet = 0;
  for (const deadline = Date.now() + SETTLE_WITHIN_MS; Date.now() < deadline; await sleep(250)) {
    const response = await fetch(`${url}/healthz`);
    const { backlog } = health.parse(await response.json());
    quiet = backlog.signals + backlog.runsDue + backlog.deliveriesDue === 0 ? quiet + 1 : 0;
    // Longer than the longest delay of a rule: what waits for its moment is not due yet.
    if (quiet >= 12) return;
  }
}

interface End {
  readonly options: ChaosOptions;
  readonly poured: Poured;
  readonly sink: Sink;
  readonly server: LivingServer;
  readonly databaseCrashes: number;
  readonly killsWhilePouring: number;
}

async function judge({ options, poured, sink, server, databaseCrashes, killsWhilePouring }: End): Promise<ChaosReport> {
  const { findings, uncertain } = await withDatabase(options.dataDir, async (client) => ({
    findings: await verify(client, poured, sink),
    uncertain: await countUncertain(client),
  }));
  await server.stop();
  await sink.close();
  return {
    kills: options.kills,
    databaseCrashes,
    killsWhilePouring,
    signals: poured.signals.length,
    mails: poured.mails.length,
    repeats: poured.repeats,
    uncertainDeliveries: uncertain.deliveries,
    uncertainRuns: uncertain.runs,
    findings,
  };
}

async function withDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, user: 'tool' });
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
