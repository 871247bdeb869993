import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

/** Newest first. */
export async function listSandboxSms(tx: Tx, page: { before: number | null; limit: number }) {
  return tx
    .selectFrom('sandbox_sms')
    .select(['id', 'from_number as from', 'to_number as to', 'text', 'at'])
    .where('workspace_id', '=', workspaceOf(tx))
    .$if(page.before !== null, (query) => query.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}
