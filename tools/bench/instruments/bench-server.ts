import fs from 'node:fs';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../server/src/platform/postgres/embedded-postgres.ts';
import { makeDataDir } from '../../outside/data-dir.ts';
import { choosePlace, type Place, startServer } from '../../outside/server.ts';
import { processorSeconds } from './measure.ts';

export interface BenchServer {
  readonly place: Place;
  /** The database, as its owner. */
  readonly client: pg.Client;
  /** What the server and its PostgreSQL have used so far; null where that cannot be told. */
  processorSeconds(): number | null;
  close(): Promise<void>;
}

/** A server of its own, started as `npm start` does it, with its database at hand. */
export async function startBenchServer(name: string): Promise<BenchServer> {
  const dataDir = makeDataDir(name);
  const place = await choosePlace(dataDir, {});
  const server = await startServer(place);
  const postgres = await startEmbeddedPostgres({ dataDir, user: 'tool' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  return {
    place,
    client,
    processorSeconds: () => processorSeconds({ pid: server.pid, dataDir }),
    close: async () => {
      await client.end();
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
