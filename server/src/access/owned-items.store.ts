import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
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

interface Client {
  readonly kind: 'contact' | 'company';
  readonly id: number;
}

export async function listItemsOfClient(tx: Tx, { kind, id }: Client): Promise<OwnedItem[]> {
  return select(tx)
    .where(kind === 'contact' ? 'contact_id' : 'company_id', '=', id)
    .execute();
}

/** Who is responsible for a client. */
export async function getClientOwner(tx: Tx, { kind, id }: Client): Promise<number | null> {
  const row = await tx
    .selectFrom(kind === 'contact' ? 'contacts' : 'companies')
    .select('responsible_id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw notFound(`Client ${id}`);
  return row.responsible_id;
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
