import fs from 'node:fs';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../server/src/platform/embedded-postgres.ts';
import { makeDataDir } from '../outside/data-dir.ts';
import { choosePlace, type Place, startServer } from '../outside/server.ts';
import { measureLatency } from './latency.ts';
import type { Spread } from './measure.ts';
import { makeDeals, makeHttpBoard, measureWholeJob, tellRule, type WholeJob } from './whole-job.ts';

export interface HttpFigures {
  readonly latencyMs: Spread;
  readonly wholeJob: readonly WholeJob[];
}

const CONNECTIONS = [1, 10, 50];

/** (d) and (f): a server started as `npm start` does it, called from outside. */
export async function benchOverHttp({
  httpItems,
  say,
}: {
  readonly httpItems: number;
  readonly say: (text: string) => void;
}): Promise<HttpFigures> {
  const dataDir = makeDataDir('bench-http');
  const place = await choosePlace(dataDir, {});
  const server = await startServer(place);
  const postgres = await startEmbeddedPostgres({ dataDir, user: 'tool' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return await measure(place, client, { httpItems, say });
  } finally {
    await client.end();
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  place: Place,
  client: pg.Client,
  { httpItems, say }: { readonly httpItems: number; readonly say: (text: string) => void },
) {
  await makeHttpBoard(place, [tellRule]);
  say('(f) the whole job over HTTP');
  await measureWholeJob(place, client, await makeDeals(place, client, Math.min(1_000, httpItems)), 10);
  const wholeJob: WholeJob[] = [];
  for (const connections of CONNECTIONS) {
    const items = connections === 1 ? Math.ceil(httpItems / 4) : httpItems;
    wholeJob.push(await measureWholeJob(place, client, await makeDeals(place, client, items), connections));
  }
  say('(d) how long until others see it, at 50 a second');
  const latencyMs = await measureLatency(place, await makeDeals(place, client, 500));
  return { latencyMs, wholeJob };
}
