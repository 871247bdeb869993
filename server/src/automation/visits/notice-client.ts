import { z } from 'zod';
import { NOTICE_CLIENT } from '../../crm/client-book/awaited-client.store.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { defineTask, type Task } from '../../platform/jobs/jobs.ts';
import { listItemsThatAwait } from './awaited.store.ts';
import { noticeChanges } from './reschedule-runs.ts';

const ITEMS_AT_ONCE = 50;

const payload = z.object({
  workspaceId: z.number().int(),
  kind: z.enum(['contact', 'company']),
  id: z.number().int(),
  /** When the client changed: the job may be late. */
  at: z.iso.datetime().optional(),
});

export function noticeClientTask(context: Context): Task {
  return defineTask({ name: NOTICE_CLIENT, payload, run: (job) => noticeClient(context, job) });
}

/** Asks the conditions again that items of a changed client wait for, some items at a time (semantics.md 5.9). */
export async function noticeClient(
  context: Context,
  { workspaceId, kind, id, at }: z.output<typeof payload>,
): Promise<void> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from = after;
    after = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const itemIds = await listItemsThatAwait(tx, { kind, id, after: from, limit: ITEMS_AT_ONCE });
      if (itemIds.length === 0) return undefined;
      await loadItemRows(tx, itemIds, { lock: true });
      const now = context.clock.now();
      await noticeChanges(tx, { itemIds, now, asOf: at === undefined ? now : new Date(at) });
      return itemIds.at(-1);
    });
  }
}
