import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import type { DeliveryReport } from '../classifying/delivery-report.ts';
import { markBounced } from '../letters/change-email.store.ts';
import { type EmailHead, findByMessageIds, lockEmail } from '../letters/emails.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { notifyOfBounce } from '../letters/notify-of-mail.ts';

/** A mail of ours that came back. */
export interface Returned {
  readonly original: EmailHead;
  readonly report: DeliveryReport;
}

interface Reporting {
  readonly report: DeliveryReport;
  /** The mailboxes that the report came to. */
  readonly mailboxIds: readonly number[];
  /** The domain that it names as its sender says that it did not send it. */
  readonly isForged: boolean;
  readonly at: Date;
}

/**
 * Finds which mail of ours came back and marks it, once; a report of a mere delay marks nothing, nor does one that is forged: it came to
 * another mailbox than wrote the mail, is about somebody to whom it did not go, or its sender disowns it. Undefined when it is none of ours.
 */
export async function recordBounce(tx: Tx, reporting: Reporting): Promise<Returned | undefined> {
  const { report, at } = reporting;
  const known = await findByMessageIds(tx, report.originalIds);
  const original = known.find(({ direction }) => direction === 'out');
  if (original === undefined || !isCredible(original, reporting)) return undefined;

  if (original.item_id !== null) await lockItems(tx, [original.item_id]);
  await lockEmail(tx, original.id);
  if (report.action === 'failed' && (await markBounced(tx, { id: original.id, at })))
    await notify(tx, { original, report }, at);
  return { original, report };
}

// Who forwards mail reports the address that it was forwarded to; then the original one stands beside it (RFC 3464, 2.3.1).
function isCredible(original: EmailHead, { report, mailboxIds, isForged }: Reporting): boolean {
  const cameBack = original.mailbox_id === null || mailboxIds.includes(original.mailbox_id);
  const isAboutIt =
    report.recipients.length === 0 || report.recipients.some((address) => original.to_addresses.includes(address));
  return cameBack && isAboutIt && !isForged;
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
