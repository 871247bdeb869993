import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** Those of the ids that are items of the workspace. */
export async function listKnownItems(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
