import pg from 'pg';
import { connectPatiently } from '../migrate/connect-patiently.ts';
import type { Server } from './server.ts';

const DATABASE = 'signalbox';

export function urlOf(server: Server, password: string, database = DATABASE): string {
  const url = new URL(`postgres://signalbox@127.0.0.1:${server.port}/${database}`);
  url.password = password;
  if (server.socketFolder !== '') url.searchParams.set('host', server.socketFolder);
  return url.href;
}

export async function ensureDatabase(server: Server, password: string): Promise<void> {
  const client = await connectPatiently({ connectionString: urlOf(server, password, 'postgres') });
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  } finally {
    await client.end();
  }
}

// Another process of ours was quicker.
function isDuplicate(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505');
}
