import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** A type of item that people have made. */
export interface SmartProcess {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly plural: string;
  readonly icon: string;
}

/** In the order of the screen. */
export async function listSmartProcesses(tx: Tx): Promise<SmartProcess[]> {
  return tx
    .selectFrom('item_types')
    .select(['id', 'code', 'name', 'plural', 'icon'])
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** Locks a smart process, `key share` against being deleted before the transaction ends; false when there is none. */
export async function lockSmartProcess(tx: Tx, code: string, strength: 'key share' | 'update'): Promise<boolean> {
  const { rows } = await sql`select 1 from item_types where workspace_id = ${workspaceOf(tx)} and code = ${code}
    for ${sql.raw(strength)}`.execute(tx);
  return rows.length > 0;
}
