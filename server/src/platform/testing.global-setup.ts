import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from './migrate/migrate.ts';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.ts';
import { inDatabase, TEMPLATE, withClient } from './testing-databases.ts';

/** What a server has to itself elsewhere: here one is a guest for each file that runs at a time. */
const CONNECTIONS_OF_A_FILE = 100;

/** One PostgreSQL for the whole run, with one migrated database that the test files copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = path.join(os.tmpdir(), `signalbox-test-${randomBytes(6).toString('hex')}`);
  const settings = { max_connections: String(CONNECTIONS_OF_A_FILE * project.vitest.config.maxWorkers) };
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, temporary: true, settings });
  await withClient(postgres.url, (client) => client.query(`create database ${TEMPLATE}`));
  await migrate(inDatabase(postgres.url, TEMPLATE));
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
}
