import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

interface Page {
  readonly itemId: number;
  /** Newest first, below this id. */
  readonly below?: number | undefined;
  readonly limit: number;
}

export async function listTimeline(tx: Tx, { itemId, below, limit }: Page) {
  return tx
    .selectFrom('timeline')
    .select(['id', 'kind', 'at', 'author_id', 'text', 'data'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('item_id', '=', itemId)
    .where('id', '<', below ?? Number.MAX_SAFE_INTEGER)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export type TimelineRow = Awaited<ReturnType<typeof listTimeline>>[number];

export async function listHistory(tx: Tx, { itemId, below, limit }: Page) {
  return tx
    .selectFrom('history')
    .select(['id', 'at', 'author_id', 'field', 'from', 'to', 'trigger_name', 'rule_name', 'undoes_run'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('item_id', '=', itemId)
    .where('id', '<', below ?? Number.MAX_SAFE_INTEGER)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
