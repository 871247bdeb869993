import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

export interface LockedItem {
  readonly id: number;
  readonly title: string;
  readonly responsibleId: number | null;
}

/** In ascending order of id (semantics.md 4); signals of an item are recorded under its lock (1.4). Those that exist. */
export async function lockItems(tx: Tx, ids: readonly number[]): Promise<LockedItem[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('items')
    .select(['id', 'title', 'responsible_id as responsibleId'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
}
