import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import type { DeliveryReport } from '../classifying/delivery-report.ts';
import { type EmailHead, findByMessageIds, lockEmail, markBounced } from '../letters/emails.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { notifyOfBounce } from '../letters/notify-of-mail.ts';

/** A mail of ours that came back. */
export interface Returned {
  readonly original: EmailHead;
  readonly report: DeliveryReport;
}

/** Finds which mail of ours came back and marks it, once; a report of a mere delay marks nothing. Undefined when it is none of ours. */
export async function recordBounce(tx: Tx, report: DeliveryReport, at: Date): Promise<Returned | undefined> {
  const known = await findByMessageIds(tx, report.originalIds);
  const original = known.find(({ direction }) => direction === 'out');
  if (original === undefined) return undefined;

  if (original.item_id !== null) await lockItems(tx, [original.item_id]);
  await lockEmail(tx, original.id);
  if (report.action === 'failed' && (await markBounced(tx, { id: original.id, at })))
    await notify(tx, { original, report }, at);
  return { original, report };
}

async function notify(tx: Tx, { original, report }: Returned, at: Date): Promise<void> {
  const reason = report.diagnostic || report.status || 'no reason given';
  const address = report.recipients[0] ?? original.to_addresses.join(', ');
  announce(tx, { topic: 'emails', kind: 'bounced', email: original.id });
  await notifyOfBounce(tx, { email: original, address, reason, at });
  if (original.item_id === null) return;
  const data = { email: original.id, address, reason, status: report.status };
  const text = `${address}: ${reason}`;
  await appendTimeline(tx, [{ itemId: original.item_id, kind: 'email-bounced', at, authorId: null, text, data }]);
}
