import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { makeDataDir } from '../outside/data-dir.ts';
import { choosePlace, type LivingServer, type Place, startServer } from '../outside/server.ts';
import { account, type Harm } from './account.ts';
import { inviteNeighbours } from './ask-neighbours.ts';
import { settle } from './neighbours.ts';

export interface Victim {
  readonly place: Place;
  readonly pid: number;
  /** What `attack` did, with people beside it who have nothing to do with it. */
  suffer<T>(attack: () => Promise<T>): Promise<{ harm: Harm; outcome: T }>;
  /** What the server wrote since it began. */
  log(): string;
  stop(): Promise<void>;
}

// What `npm start` gives it, and V8's young objects (tools/ensure/heap.mjs).
const MOST_HEAP_BYTES = (640 + 192) * 1_048_576;
const watcher = new URL('./watch-main-thread.ts', import.meta.url).href;
const seen = z.object({ longestMs: z.number(), mostBytes: z.number(), heapBytes: z.number() });

/** A server as anybody runs it, on a database of its own, that tells what its main thread does. */
export async function startVictim(environment: NodeJS.ProcessEnv): Promise<Victim> {
  const dataDir = makeDataDir('attacks');
  const report = path.join(dataDir, 'main-thread.json');
  const place = await choosePlace(dataDir, {
    NODE_OPTIONS: `--import=${watcher}`,
    WATCH_MAIN_THREAD: report,
    ...environment,
  });
  const server = await startServer(place);
  const { heapBytes } = await look(server, report);
  if (heapBytes > MOST_HEAP_BYTES) throw new Error(`the server may hold ${heapBytes} bytes of objects`);
  const neighbours = inviteNeighbours({ place, pid: server.pid, contact: await settle(place) });
  return {
    place,
    pid: server.pid,
    async suffer(attack) {
      await neighbours.begin();
      await look(server, report);
      const [attacked, others] = [await settled(attack()), await neighbours.stop()];
      if (attacked.status === 'rejected') throw attacked.reason;
      const outcome = attacked.value;
      const harm = { ...(await look(server, report)), ...others };
      account(harm);
      return { outcome, harm };
    },
    log: () => fs.readFileSync(path.join(dataDir, 'server-output.log'), 'utf8'),
    async stop() {
      neighbours.leave();
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
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
