import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, type Transaction } from 'kysely';
import pg from 'pg';
import { finishCommit, openCommit } from './after-commit.ts';
import { databaseTypes } from './database-types.ts';
import type { DB } from './schema.ts';
import { isOutdatedPlan, opening, WorkspaceDialect } from './workspace-dialect.ts';

export type Tx = Transaction<DB>;

export interface Databases {
  /** Sees one workspace, and only inside `inWorkspace`. */
  app: Kysely<DB>;
  /** Sees all workspaces: sign-in, key look-up, lists of waiting work, leases, health. */
  system: Kysely<DB>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  maxConnections?: number;
  onError?: (error: Error) => void;
  /** What PostgreSQL says beside its answers. */
  onNotice?: (text: string) => void;
}

/** Connects lazily; both roles are made by the first migration. */
export function openDatabases(url: string, options: DatabaseOptions = {}): Databases {
  const app = open(url, 'signalbox_app', { maxConnections: 16, ...options });
  const system = open(url, 'signalbox_system', { maxConnections: 8, ...options });
  return {
    app,
    system,
    close: async () => {
      await Promise.all([app.destroy(), system.destroy()]);
    },
  };
}

/** One transaction that sees one workspace; the whole of it is run again after a deadlock, so `work` may only write through tx. */
export function inWorkspace<T>(app: Kysely<DB>, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction({ db: app, workspaceId, often: false }, work);
}

/**
 * The same for what happens thousands of times with the same statements: connections keep these prepared. Not for statements
 * whose best plan depends on what is asked, such as lists (adr/0018).
 */
export function inWorkspaceOften<T>(app: Kysely<DB>, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction({ db: app, workspaceId, often: true }, work);
}

/** One transaction over all workspaces, run again after a deadlock like `inWorkspace`. */
export function inSystem<T>(system: Kysely<DB>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction({ db: system, workspaceId: null, often: false }, work);
}

const MAX_ATTEMPTS = 8;

interface Place {
  db: Kysely<DB>;
  workspaceId: number | null;
  often: boolean;
}

async function inTransaction<T>(place: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Two connections for one piece of work can wait for each other for ever, and PostgreSQL would not notice.
  if (opening.getStore()?.isOpen) throw new Error('a transaction was opened inside a transaction; pass tx instead');

  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, commit } = await marked(place, () => attemptOnce(place, work));
      finishCommit(commit);
      return result;
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isWorthRetrying(error)) throw error;
    }
    await sleep(Math.random() * 2 ** attempt * 5);
  }
}

// Closed at the end: what the work started and left running may open a transaction later.
async function marked<T>({ workspaceId, often }: Place, work: () => Promise<T>): Promise<T> {
  const mark = { isOpen: true, workspaceId, often };
  try {
    return await opening.run(mark, work);
  } finally {
    mark.isOpen = false;
  }
}

function attemptOnce<T>({ db, workspaceId }: Place, work: (tx: Tx) => Promise<T>) {
  return db.transaction().execute(async (tx) => {
    const commit = openCommit(tx, db, workspaceId);
    return { commit, result: await work(tx) };
  });
}

const DEADLOCK_DETECTED = '40P01';
const SERIALIZATION_FAILURE = '40001';

/** The database was away or overloaded, or others were in the way: nothing is wrong with the work itself. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    isWorthRetrying(error) ||
    /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code) ||
    /^Connection terminated|driver has already been destroyed/.test(error.message)
  );
}

/** The disk of the database, or that of files, takes nothing more. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === DISK_FULL || error.code === 'ENOSPC');
}

const DISK_FULL = '53100';

/** The whole transaction is run again by itself; whoever catches this inside hands it on. */
export function isWorthRetrying(error: unknown): boolean {
  if (isOutdatedPlan(error)) return true;
  return (
    error instanceof pg.DatabaseError && (error.code === DEADLOCK_DETECTED || error.code === SERIALIZATION_FAILURE)
  );
}

function open(
  url: string,
  role: string,
  { maxConnections, onError = () => {}, onNotice }: DatabaseOptions,
): Kysely<DB> {
  // Not yet in the driver's types. Statements go out without waiting for the answers to those before them.
  const pipelined = { pipeline: true };
  const pool = new pg.Pool({
    ...pipelined,
    connectionString: withStartUpOptions(url, `-c role=${role} -c idle_in_transaction_session_timeout=60s`),
    application_name: role,
    max: maxConnections,
    types: databaseTypes,
  });
  // Without a listener a lost connection would end the process: idle ones report to the pool, busy ones to themselves.
  pool.on('error', onError);
  pool.on('connect', (client) => {
    client.on('error', onError);
    if (onNotice !== undefined) client.on('notice', ({ message }) => onNotice(message ?? ''));
  });
  return new Kysely<DB>({ dialect: new WorkspaceDialect(pool) });
}

function withStartUpOptions(url: string, options: string): string {
  const parsed = new URL(url);
  const given = parsed.searchParams.get('options');
  parsed.searchParams.set('options', given === null ? options : `${given} ${options}`);
  return parsed.href;
}
