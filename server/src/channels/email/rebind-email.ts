import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/field-errors.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { addressOf, findChannel } from '../channels.store.ts';
import { showOnTimeline } from './bind-signals.ts';
import { lockEmail, type StoredEmail, tieEmail } from './emails.store.ts';
import { lockItems } from './lock-items.store.ts';
import { signalText } from './receive-email.ts';

export interface Rebinding {
  readonly emailId: number;
  readonly itemId: number;
  readonly employeeId: number;
  readonly now: Date;
}

/** Ties an incoming e-mail to another item; its signal is judged again there, as a new one (semantics.md 2.5). Answers that signal. */
export async function rebindEmail(tx: Tx, { emailId, itemId, employeeId, now }: Rebinding): Promise<number> {
  const [item] = await lockItems(tx, [itemId]);
  if (item === undefined) throw invalidAt('item', 'unknown-item', `There is no item ${itemId}`);
  const email = await lockEmail(tx, emailId);
  if (email === undefined) throw notFound(`E-mail ${emailId}`);
  if (email.direction === 'out')
    throw invalidAt('item', 'not-incoming', 'Only a received e-mail can be tied to another item');
  if (email.item_id === itemId) throw invalidAt('item', 'already-there', 'The e-mail is tied to this item already');

  await tieEmail(tx, { id: emailId, itemId, tiedBy: { how: 'person', by: employeeId, before: email.item_id } });
  await showOnTimeline(tx, email, [itemId]);
  return judgeAgain(tx, { email, itemId, now });
}

async function judgeAgain(
  tx: Tx,
  { email, itemId, now }: { email: StoredEmail; itemId: number; now: Date },
): Promise<number> {
  const sourceKey = `rebind:${email.id}:${itemId}:${randomUUID()}`;
  const signal = {
    kind: 'email.received',
    sourceKey,
    occurredAt: now,
    payload: await payloadOf(tx, email),
    items: [itemId],
  };
  const [recorded] = await recordSignals(tx, [signal]);
  if (recorded === undefined) throw new Error(`the signal of e-mail ${email.id} was not recorded`);
  return recorded.id;
}

async function payloadOf(tx: Tx, email: StoredEmail) {
  const mailbox = email.mailbox_id === null ? undefined : await findChannel(tx, email.mailbox_id);
  const { classification } = email;
  return {
    ...{
      emailId: email.id,
      from: email.from_address,
      subject: email.subject,
      text: signalText(email.text),
      reply: email.thread_id !== null,
    },
    ...(mailbox === undefined ? {} : { mailbox: mailbox.id, mailboxAddress: addressOf(mailbox) }),
    ...{
      bounce: classification === 'bounce',
      autoReply: classification === 'auto-reply',
      spam: classification === 'spam',
    },
  };
}
