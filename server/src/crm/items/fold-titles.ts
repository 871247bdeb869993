import type { Context } from '../../platform/context.ts';
import { inSystem, inWorkspace } from '../../platform/db.ts';
import { foldTitles, listTitlesWaiting, zoneSizes } from './narrowing/title-zones.store.ts';

/** Fewer are judged one by one as fast (find-text.store.ts). */
const WORTH_FOLDING = 500;

/** Puts the titles that came since into the zones that searches skip by; answers how many. */
export async function foldWaitingTitles({ databases }: Context, atLeast = WORTH_FOLDING): Promise<number> {
  let folded = 0;
  for (const workspaceId of await inSystem(databases.system, (tx) => listTitlesWaiting(tx, atLeast)))
    folded += await inWorkspace(databases.app, workspaceId, (tx) => foldTitles(tx, zoneSizes));
  return folded;
}
