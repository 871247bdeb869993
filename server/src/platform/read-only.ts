import { sql } from 'kysely';
import type { Context } from './context.ts';
import { inWorkspace, type Tx } from './db.ts';

/** A transaction in which PostgreSQL refuses every write. */
export function inReadOnly<T>({ databases }: Context, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(databases.app, workspaceId, async (tx) => {
    await sql`set transaction read only`.execute(tx);
    return work(tx);
  });
}
