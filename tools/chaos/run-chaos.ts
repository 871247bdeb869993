import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { choosePlace, type LivingServer, type Place, startServer } from '../outside/server.ts';
import { makeBoard, makeClients } from './board.ts';
import type { SmallDisk } from './faults/fault.ts';
import { faults } from './faults/index.ts';
import { type Sink, startSink } from './faults/sink.ts';
import { clockFile, createTrials, type Trials } from './faults/trials.ts';
import { createPace, type Pace } from './pace.ts';
import { type Client, type Poured, pour } from './pour.ts';
import { settle } from './settle.ts';
import { countUncertain, type Finding, verify } from './verify.ts';
import { withDatabase } from './with-database.ts';

export interface ChaosOptions {
  readonly dataDir: string;
  /** How often the process group is killed; every tenth time PostgreSQL crashes too. */
  readonly kills: number;
  readonly clients: number;
  /** How long what goes wrong beside the kills lasts; absent: as long as each does in a long run. */
  readonly faultMs?: number;
  /** What holds `dataDir` alone; absent: it cannot become full. */
  readonly disk?: SmallDisk;
  readonly say: (text: string) => void;
}

export interface ChaosReport {
  readonly kills: number;
  /** The others found the backlog, the delayed rules and the deliveries at work. */
  readonly killsWhilePouring: number;
  readonly databaseCrashes: number;
  /** What went wrong beside the kills, and what this machine cannot do. */
  readonly faults: readonly string[];
  readonly skippedFaults: readonly string[];
  readonly signals: number;
  readonly mails: number;
  readonly repeats: number;
  readonly uncertainDeliveries: number;
  readonly uncertainRuns: number;
  readonly findings: readonly Finding[];
}

const WIDTH = 8;

/**
 * Pours signals in by HTTP and SMTP while the server is killed again and again and other things go wrong around it, then counts what
 * was lost or doubled.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const sink = await startSink();
  const place = await choosePlace(options.dataDir, clockOf(options.dataDir));
  let server = await startServer(place);
  options.say(`ready after ${server.startSeconds} s; making ${options.clients} deals`);
  await makeBoard(place, sink);
  const clients = await makeClients(place, options.clients);

  const trials = createTrials({ ...options, place, sink });
  const faultsMs = faults.reduce((sum, { longMs }) => sum + (options.faultMs ?? longMs), 0);
  const pace = createPace({ kills: options.kills, faultsMs, width: WIDTH });
  const pouring = startPouring(place, clients, pace);
  let databaseCrashes = 0;
  let killsWhilePouring = 0;
  for (let kill = 1; kill <= options.kills; kill += 1) {
    await sleep(100 + Math.random() * 1500);
    if (kill % 10 === 5) databaseCrashes += await crashDatabase(options.dataDir);
    await trials.before(kill);
    if (pouring.isOn()) killsWhilePouring += 1;
    await server.kill();
    server = await startServer(place);
    pace.killed();
    options.say(`kill ${kill}: ready again after ${server.startSeconds} s`);
  }
  const poured = await pouring.end();
  await settle(place);
  return judge({ options, poured, sink, server, trials, databaseCrashes, killsWhilePouring });
}

function clockOf(dataDir: string): NodeJS.ProcessEnv {
  const shifted = path.join(import.meta.dirname, 'faults', 'shifted-clock.mjs');
  return { CHAOS_CLOCK: clockFile(dataDir), NODE_OPTIONS: `--import=${shifted}` };
}

function startPouring(place: Place, clients: readonly Client[], { pauseMs }: Pace) {
  let isOver = false;
  let isOn = true;
  const pouring = pour(place, clients, { width: WIDTH, pauseMs, isOver: () => isOver }).finally(() => {
    isOn = false;
  });
  // Its failure is told where it is awaited.
  pouring.catch(() => {});
  return {
    isOn: () => isOn,
    end: () => {
      isOver = true;
      return pouring;
    },
  };
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

interface End {
  readonly options: ChaosOptions;
  readonly poured: Poured;
  readonly sink: Sink;
  readonly server: LivingServer;
  readonly trials: Trials;
  readonly databaseCrashes: number;
  readonly killsWhilePouring: number;
}

async function judge(end: End): Promise<ChaosReport> {
  const { options, poured, sink, server, trials, databaseCrashes, killsWhilePouring } = end;
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
    faults: trials.happened,
    skippedFaults: trials.skipped,
    signals: poured.signals.length,
    mails: poured.mails.length,
    repeats: poured.repeats,
    uncertainDeliveries: uncertain.deliveries,
    uncertainRuns: uncertain.runs,
    findings: [...findings, ...trials.complaints.map((promise) => ({ promise, broken: 1 }))],
  };
}
