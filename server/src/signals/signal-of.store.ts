import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

/**
 * To stand behind `cross join`: the signal of an id that another row has, looked up by its key. A plain join lets the planner read
 * all signals of the workspace when it believes that there are many such rows; asked for the id alone it may look for each through
 * the index of source keys, when it believes that a workspace has but one. Only the key has them in the order of their ids (adr/0018).
 */
export function signalOf(tx: Tx, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lateral (
    select * from (select * from signals where workspace_id = ${workspaceOf(tx)} and id >= ${id} order by id limit 1) nearest where nearest.id = ${id})`;
}
