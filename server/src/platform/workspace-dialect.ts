import { AsyncLocalStorage } from 'node:async_hooks';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
} from 'kysely';

export interface Opening {
  /** False again when the transaction has ended, for whatever it has left running. */
  isOpen: boolean;
  /** Null: a transaction of the system role. */
  readonly workspaceId: number | null;
}

/** The transaction that the code runs in. */
export const opening = new AsyncLocalStorage<Opening>();

class WorkspaceDriver extends PostgresDriver {
  // The workspace is set together with `begin`: a round trip less in every transaction there is.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const workspaceId = opening.getStore()?.workspaceId ?? null;
    const setting =
      workspaceId === null ? '' : `; select set_config('signalbox.workspace', '${Math.trunc(workspaceId)}', true)`;
    await connection.executeQuery(CompiledQuery.raw(`begin${setting}`));
  }
}

/** PostgreSQL with transactions that see one workspace. */
export class WorkspaceDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new WorkspaceDriver(this.#config);
  }
}
