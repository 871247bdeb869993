import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type RawBuilder,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';
import { createStatementNames, type StatementNames } from './statement-names.ts';

export interface Opening {
  /** False again when the transaction has ended, for whatever it has left running. */
  isOpen: boolean;
  /** Null: a transaction of the system role. */
  readonly workspaceId: number | null;
  /** Its statements come thousands of times and all alike: each connection keeps them prepared. */
  readonly often: boolean;
  /** Set when the transaction begins. */
  connection?: WorkspaceConnection;
}

/** The transaction that the code runs in. */
export const opening = new AsyncLocalStorage<Opening>();

/** PostgreSQL with transactions that see one workspace. */
export class WorkspaceDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new WorkspaceDriver(this.#pool);
  }
}

class WorkspaceDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #names = createStatementNames();
  readonly #connections = new WeakMap<pg.PoolClient, WorkspaceConnection>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<WorkspaceConnection> {
    const client = await this.#pool.connect();
    const connection = this.#connections.get(client) ?? new WorkspaceConnection(client, this.#names);
    this.#connections.set(client, connection);
    return connection;
  }

  // The workspace is set together with `begin`, and nobody waits for the answer: two round trips less in every transaction.
  async beginTransaction(connection: WorkspaceConnection): Promise<void> {
    const around = opening.getStore();
    const workspaceId = around?.workspaceId ?? null;
    const setting =
      workspaceId === null ? '' : `; select set_config('signalbox.workspace', '${Math.trunc(workspaceId)}', true)`;
    connection.begin(`begin${around?.often && connection.mayPlanAnew() ? '; discard plans' : ''}${setting}`);
    if (around !== undefined) around.connection = connection;
  }

  commitTransaction(connection: WorkspaceConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: WorkspaceConnection): Promise<void> {
    return connection.command('rollback');
  }

  async releaseConnection(connection: WorkspaceConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

/** A plan that was made for almost empty tables reads all of what a burst has put there: so long, until they are analysed or we forget it. */
const PLANS_KEPT_MS = 5_000;

export interface SendOptions {
  /** False: planned each time, for what is there now. */
  readonly isPrepared?: boolean;
}

const changes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** What is sent here goes out at once and is carried out in the order of sending; nothing waits for the answer to what was sent before. */
class WorkspaceConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  #begun: Promise<unknown> = Promise.resolve();
  #isGathering = false;
  #plannedAt = performance.now();

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.carryOut(query, {});
  }

  async carryOut<R>({ sql, parameters }: CompiledQuery, { isPrepared = true }: SendOptions): Promise<QueryResult<R>> {
    this.#gather();
    const around = opening.getStore();
    // Outside transactions a few look-ups are made, the same again and again.
    const name = isPrepared && (around?.often ?? true) ? this.#names.nameOf(sql, parameters.length) : undefined;
    const query = { text: sql, values: [...parameters] };
    try {
      return toResult(await this.#client.query(name === undefined ? query : { ...query, name }));
    } catch (error) {
      if (!isOutdatedPlan(error)) throw error;
      this.#names.renew();
      // A transaction has to be run again as a whole.
      if (around !== undefined) throw error;
      return toResult(await this.#client.query(query));
    }
  }

  // biome-ignore lint/correctness/useYield: nothing is streamed here.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed');
  }

  /** True now and then: the statements that are kept prepared are planned again, which costs some milliseconds each time. */
  mayPlanAnew(): boolean {
    if (performance.now() - this.#plannedAt < PLANS_KEPT_MS) return false;
    this.#plannedAt = performance.now();
    return true;
  }

  begin(text: string): void {
    this.#gather();
    this.#begun = this.#client.query(text);
    // Told when the transaction ends, if no statement has told before.
    this.#begun.catch(() => {});
  }

  async commit(): Promise<void> {
    await this.#begun;
    await this.command('commit');
  }

  async command(text: string): Promise<void> {
    await this.#client.query(text);
  }

  release(): void {
    this.#client.release();
  }

  // Everything that is sent until the code waits for something goes out in one write, and wakes PostgreSQL once.
  #gather(): void {
    if (this.#isGathering || !(this.#client instanceof pg.Client)) return;
    const { stream } = this.#client.connection;
    this.#isGathering = true;
    stream.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      stream.uncork();
    });
  }
}

function toResult({ command, rowCount, rows }: pg.QueryResult) {
  return { rows: rows ?? [], ...(changes.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
}

/**
 * Sends a statement of the transaction at once, without waiting for those sent before, which are carried out first: what is sent
 * together costs one round trip. Who sends several waits for all of them; if one fails, so do those behind it.
 */
export async function send<T>(
  tx: Transaction<DB>,
  query: RawBuilder<T>,
  options: SendOptions = {},
): Promise<QueryResult<T>> {
  const connection = opening.getStore()?.connection;
  return connection === undefined ? query.execute(tx) : connection.carryOut<T>(query.compile(tx), options);
}

/** Collects what was sent and is waited for later; until then nobody has to handle what fails. */
export function sending(): { add<T>(sent: Promise<T>): Promise<T>; all(): Promise<unknown> } {
  const waiting: Promise<unknown>[] = [];
  return {
    add(sent) {
      sent.catch(() => {});
      waiting.push(sent);
      return sent;
    },
    all: () => Promise.all(waiting),
  };
}

const FEATURE_NOT_SUPPORTED = '0A000';

/** A table was changed since the statement was prepared, by another version of the program; prepared again it works. */
export function isOutdatedPlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === FEATURE_NOT_SUPPORTED && /cached plan/.test(error.message);
}
