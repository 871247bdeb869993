import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { type Delivery, toDelivery } from './outbox.store.ts';
import { reasonColumns } from './reason-columns.ts';

// Deliveries whose process did not say how they ended.

interface Expired {
  readonly workspaceId: number;
  readonly id: number;
  readonly kind: string;
  /** `sandbox`, `smtp` … of its channel; null without one. */
  readonly provider: string | null;
}

/** Of all workspaces: those whose lease has run out. */
export async function listExpired(
  tx: Tx,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<Expired[]> {
  const rows = await tx
    .selectFrom('outbox as o')
    .leftJoin('channels as c', (join) =>
      join.onRef('c.workspace_id', '=', 'o.workspace_id').onRef('c.id', '=', 'o.channel_id'),
    )
    .select(['o.workspace_id', 'o.id', 'o.kind', 'c.provider'])
    .where('o.state', '=', 'sending')
    .where('o.lease_until', '<', before)
    .orderBy('o.next_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, id: row.id, kind: row.kind, provider: row.provider }));
}

/** A `sending` whose holder is gone: queued again when that can do no harm, else uncertain. Undefined when it is not expired any more. */
export async function expireLease(
  tx: Tx,
  { id, harmless, now }: { readonly id: number; readonly harmless: boolean; readonly now: Date },
): Promise<Delivery | undefined> {
  const row = await tx
    .updateTable('outbox')
    .set({
      state: harmless ? 'queued' : 'uncertain',
      lease_token: null,
      lease_until: null,
      ...reasonColumns(because(harmless ? 'sent-again' : 'sender-died')),
      ...(harmless ? { next_at: now } : {}),
    })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('lease_until', '<', now)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toDelivery(row);
}
