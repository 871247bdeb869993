import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** The items of a type that were made of an item, the oldest first. */
export async function listChildren(tx: Tx, { parentId, type }: { parentId: number; type: string }): Promise<number[]> {
  const rows = await tx
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('parent_id', '=', parentId)
    .where('type', '=', type)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
