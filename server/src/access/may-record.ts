import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { missingRight } from '../platform/missing-right.ts';
import { accessItem } from './access-item.ts';
import { hasWhole } from './sees-everything.ts';

interface Posted {
  readonly item?: number | undefined;
}

/**
 * A signal changes what it belongs to: an item takes the right to change it, a client - whose items are found by the
 * engine - the right to change all of them. Who may change everything is not asked for each: it is the busiest address.
 */
export async function checkMayRecord(
  { databases }: Pick<Context, 'databases'>,
  caller: Caller,
  posted: readonly Posted[],
): Promise<void> {
  if (hasWhole(caller.rights, 'change')) return;
  if (posted.some(({ item }) => item === undefined)) throw missingRight('no-item-change');
  const items = new Set(posted.flatMap(({ item }) => item ?? []));
  await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
    for (const id of items) await accessItem(tx, caller, id, 'change');
  });
}
