import { type Fairness, measureFairness } from './fairness.ts';
import { type BenchServer, startBenchServer } from './instruments/bench-server.ts';
import { measureLatency } from './instruments/latency.ts';
import type { Spread } from './instruments/measure.ts';
import { makeDeals, makeHttpBoard, measureWholeJob, tellRule, type WholeJob } from './whole-job.ts';

export interface HttpFigures {
  readonly fairness?: Fairness;
  readonly latencyMs: Spread;
  readonly wholeJob: readonly WholeJob[];
}

const CONNECTIONS = [1, 10, 50];

interface HttpWish {
  readonly httpItems: number;
  /** Signals of the other workspace in (j); null: (j) is left out. */
  readonly backlog: number | null;
  readonly say: (text: string) => void;
}

/** (d), (f) and (j): a server started as `npm start` does it, called from outside. */
export async function benchOverHttp(wish: HttpWish): Promise<HttpFigures> {
  const server = await startBenchServer('bench-http');
  try {
    return await measure(server, wish);
  } finally {
    await server.close();
  }
}

async function measure(server: BenchServer, { httpItems, backlog, say }: HttpWish): Promise<HttpFigures> {
  const { place, client } = server;
  await makeHttpBoard(place, [tellRule]);
  say('(f) the whole job over HTTP');
  await measureWholeJob(server, await makeDeals(place, client, Math.min(1_000, httpItems)), 10);
  const wholeJob: WholeJob[] = [];
  for (const connections of CONNECTIONS) {
    const items = connections === 1 ? Math.ceil(httpItems / 4) : httpItems;
    wholeJob.push(await measureWholeJob(server, await makeDeals(place, client, items), connections));
  }
  say('(d) how long until others see it, at 50 a second');
  const latencyMs = await measureLatency(place, await makeDeals(place, client, 500));
  if (backlog === null) return { latencyMs, wholeJob };
  return { latencyMs, wholeJob, fairness: await measureFairness(server, { backlog, say }) };
}
