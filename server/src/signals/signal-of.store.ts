import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

/**
 * To stand behind `cross join`: the signal of an id that another row has, looked up by its key. A plain join lets the planner read
 * all signals of the workspace when it believes that there are many such rows (adr/0018).
 */
export function signalOf(tx: Tx, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lateral (select * from signals where workspace_id = ${workspaceOf(tx)} and id = ${id} limit 1)`;
}
