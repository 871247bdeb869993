import fs from 'node:fs';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../server/src/platform/postgres/embedded-postgres.ts';
import { makeDataDir } from '../../outside/data-dir.ts';

/** Runs SQL as the owner, outside every workspace. */
export interface OwnerSql {
  sql(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Record<string, unknown>>>;
}

export interface BenchDatabase extends OwnerSql {
  readonly dataDir: string;
  readonly url: string;
  close(): Promise<void>;
}

/** An embedded PostgreSQL of its own, durable as in production (fsync and synchronous_commit on), removed afterwards. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dataDir = makeDataDir('bench');
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true, temporary: true });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  pool.on('error', () => {});
  return {
    dataDir,
    url: postgres.url,
    sql: (text, values) => pool.query(text, values === undefined ? [] : [...values]),
    close: async () => {
      await pool.end();
      await postgres.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A connection that works as the server does: in the app role, in one workspace, under row-level security. */
export async function connectAsApp(url: string, workspaceId: number): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('set role signalbox_app');
  await client.query(`set signalbox.workspace = '${workspaceId}'`);
  return client;
}
