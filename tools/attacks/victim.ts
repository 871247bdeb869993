import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { makeDataDir } from '../outside/data-dir.ts';
import { choosePlace, type LivingServer, type Place, startServer } from '../outside/server.ts';
import { account, type Harm } from './account.ts';
import { settle, startNeighbours } from './neighbours.ts';

export interface Victim {
  readonly place: Place;
  readonly pid: number;
  /** What `attack` did, with people beside it who have nothing to do with it. */
  suffer<T>(attack: () => Promise<T>): Promise<{ harm: Harm; outcome: T }>;
  /** What the server wrote since it began. */
  log(): string;
  stop(): Promise<void>;
}

const watcher = new URL('./watch-main-thread.ts', import.meta.url).href;
const HEAP_MB = 640;
const seen = z.object({ longestMs: z.number(), mostBytes: z.number() });

/** A server as anybody runs it, on a database of its own, that tells what its main thread does. */
export async function startVictim(environment: NodeJS.ProcessEnv): Promise<Victim> {
  const dataDir = makeDataDir('attacks');
  const report = path.join(dataDir, 'main-thread.json');
  const place = await choosePlace(dataDir, {
    // What it needs, not what V8 leaves lying about while there is room: without enough it would end.
    NODE_OPTIONS: `--import=${watcher} --max-old-space-size=${HEAP_MB}`,
    WATCH_MAIN_THREAD: report,
    ...environment,
  });
  const server = await startServer(place);
  await look(server, report);
  const contact = await settle(place);
  return {
    place,
    pid: server.pid,
    async suffer(attack) {
      const neighbours = startNeighbours(place, contact);
      await look(server, report);
      const outcome = await attack().finally(() => neighbours.stop());
      const harm = { ...(await look(server, report)), ...(await neighbours.stop()) };
      account(harm);
      return { outcome, harm };
    },
    log: () => fs.readFileSync(path.join(dataDir, 'server-output.log'), 'utf8'),
    async stop() {
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const LOOK_WITHIN_MS = 60_000;

// The server answers a signal by writing the file anew.
async function look({ pid }: LivingServer, report: string): Promise<z.infer<typeof seen>> {
  fs.rmSync(report, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (const deadline = Date.now() + LOOK_WITHIN_MS; Date.now() < deadline; await sleep(10))
    if (fs.existsSync(report)) return seen.parse(JSON.parse(fs.readFileSync(report, 'utf8')));
  throw new Error('the server did not say what its main thread does');
}
