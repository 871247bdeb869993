import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import type { Owned } from './reach.ts';

export interface OwnedItem extends Owned {
  readonly id: number;
}

export async function findOwned(tx: Tx, id: number): Promise<OwnedItem | undefined> {
  return select(tx).where('id', '=', id).executeTakeFirst();
}

export async function listOwned(tx: Tx, ids: readonly number[]): Promise<OwnedItem[]> {
  const wanted = [...new Set(ids)];
  return wanted.length === 0 ? [] : select(tx).where('id', 'in', wanted).execute();
}

function select(tx: Tx) {
  return tx
    .selectFrom('items')
    .select([
      'id',
      'type',
      'pipeline_id as pipelineId',
      'responsible_id as responsibleId',
      'observer_ids as observerIds',
    ])
    .where('workspace_id', '=', workspaceOf(tx));
}
