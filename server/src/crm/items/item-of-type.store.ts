import type { Databases } from '../../platform/db.ts';

export interface ItemOfType {
  /** A standard type's code, or the id of a smart process. */
  readonly type: string | number;
  readonly id: number;
}

/** One statement of the system role instead of a transaction. */
export async function hasItemOfType(
  { system }: Pick<Databases, 'system'>,
  workspaceId: number,
  { type, id }: ItemOfType,
): Promise<boolean> {
  const row = await system
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where(({ eb, selectFrom }) =>
      typeof type === 'string'
        ? eb('type', '=', type)
        : eb(
            'type',
            'in',
            selectFrom('item_types').select('code').where('workspace_id', '=', workspaceId).where('id', '=', type),
          ),
    )
    .executeTakeFirst();
  return row !== undefined;
}
