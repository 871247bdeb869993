import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { connectPatiently } from './connect-patiently.ts';

const ourMigrations = path.resolve(import.meta.dirname, '../../migrations');

const silent = new Logger(() => () => {});

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Brings a database up to date as its owner: the job queue's own tables first, then ours. Returns what was applied. */
export async function migrate(url: string, folder = ourMigrations): Promise<string[]> {
  return withLock(url, async (client) => {
    await runMigrations({ connectionString: url, logger: silent });
    return applyMissing(client, readMigrations(folder));
  });
}

interface Migration {
  name: string;
  checksum: string;
  text: string;
}

function readMigrations(folder: string): Migration[] {
  const names = fs.readdirSync(folder).filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const applied = await readApplied(client);
  checkUnchanged(migrations, applied);
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  await client.query(
    'create table if not exists signalbox_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from signalbox_migrations',
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function checkUnchanged(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name))
      throw new MigrationError(`the database has ${name}, which this version of Signalbox does not know`);
    if (known.get(name) !== checksum) throw new MigrationError(`${name} was changed after it had been applied`);
  }
}

async function apply(client: pg.Client, { name, text, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into signalbox_migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(`${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

const LOCK_KEY = 7_446_251_301;

// Several processes that share a database may start at once; the lock ends with the connection, however that ends.
async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectPatiently({ connectionString: url, application_name: 'signalbox_migrate' }, 10_000);
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    return await work(client);
  } finally {
    await client.end();
  }
}
