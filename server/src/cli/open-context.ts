import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../platform/clock.ts';
import { type Config, loadConfig } from '../platform/config/config.ts';
import type { Context } from '../platform/context.ts';
import { openDatabases } from '../platform/db.ts';
import { silentLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate/migrate.ts';
import { startEmbeddedPostgres } from '../platform/postgres/embedded-postgres.ts';
import { setUsualAmounts } from '../platform/quotas/check-quota.ts';
import { createRealtime } from '../platform/realtime.ts';
import { connectRealtime } from '../platform/realtime-link.ts';

/** Long enough for the last notices to leave: they are gathered for some milliseconds. */
const LAST_NOTICES_MS = 30;

/**
 * A context on the installation's database: that of the running server when one lives on DATA_DIR, else the embedded one,
 * started for as long as `work` takes. What is changed is announced to a running server's browsers.
 */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const database = await openDatabase(config);
  const databases = openDatabases(database.url, { maxConnections: 4 });
  setUsualAmounts(databases.app, config.quotas);
  const link = await connectRealtime({
    connection: { connectionString: database.url },
    onLost: () => {},
  });
  try {
    return await work({
      databases,
      config,
      log: silentLog,
      clock: systemClock,
      realtime: createRealtime(databases, link),
    });
  } finally {
    await sleep(LAST_NOTICES_MS);
    await link.close();
    await databases.close();
    await database.stop();
  }
}

async function openDatabase(config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const database =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataDir: config.dataDir, user: 'tool' })
      : { url: config.databaseUrl, stop: async () => {} };
  await migrate(database.url);
  return database;
}
