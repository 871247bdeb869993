import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

export interface WorkspaceRow {
  readonly id: number;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly language: string;
}

export async function getWorkspace(tx: Tx, id: number): Promise<WorkspaceRow> {
  return tx
    .selectFrom('workspaces')
    .select(['id', 'name', 'time_zone as timeZone', 'currency', 'language'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** All there are: for the system role. */
export function listWorkspaces(tx: Tx): Promise<{ id: number; name: string }[]> {
  return tx.selectFrom('workspaces').select(['id', 'name']).orderBy('id').execute();
}

interface NewWorkspaceRow extends Pick<WorkspaceRow, 'name' | 'language'> {
  readonly timeZone?: string | undefined;
  readonly currency?: string | undefined;
}

export async function addWorkspace(tx: Tx, { timeZone, ...rest }: NewWorkspaceRow): Promise<number> {
  const { id } = await tx
    .insertInto('workspaces')
    .values({ ...rest, time_zone: timeZone })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function removeWorkspace(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('workspaces').where('id', '=', id).execute();
}

/** Two processes that start at once on an empty database make its first account one after the other. */
export async function lockFirstAccount(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('signalbox first account', 0))`.execute(tx);
}
