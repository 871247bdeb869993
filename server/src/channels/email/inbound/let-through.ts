import { addressOf, findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { notFound } from '../../../platform/errors.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import { setHeld } from '../letters/change-email.store.ts';
import { lockEmail, type StoredEmail } from '../letters/emails.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { trustSender } from '../letters/trusted-senders.store.ts';
import { signalText } from './receive-email.ts';

export interface HeldDecision {
  readonly emailId: number;
  /** `keep`: it is a machine's indeed; `let`: a person wrote it. */
  readonly decision: 'let' | 'keep';
  /** Mail of this sender is never held back again. */
  readonly always: boolean;
  readonly employeeId: number;
  readonly now: Date;
}

/** Somebody looked at mail that was held back. What is let through is reported as received now. Answers that signal; null when kept. */
export async function decideHeld(tx: Tx, asked: HeldDecision): Promise<number | null> {
  const email = await lockEmail(tx, asked.emailId);
  if (email === undefined || email.direction !== 'in') throw notFound(`Held mail ${asked.emailId}`);
  if (email.classification === 'person' || email.held !== null || email.audience !== 'client')
    throw invalidAt('decision', 'not-held', `E-mail ${asked.emailId} is not held back`);
  const { decision, always, employeeId } = asked;
  if (always && decision === 'let' && email.from_address.includes('@'))
    await trustSender(tx, { address: email.from_address, employeeId });
  await setHeld(tx, email.id, { decision, by: employeeId, was: email.classification });
  announce(tx, { topic: 'emails', kind: 'held', email: email.id });
  return decision === 'let' ? report(tx, email, asked.now) : null;
}

async function report(tx: Tx, email: StoredEmail, now: Date): Promise<number> {
  const { id: emailId, item_id: itemId, mailbox_id: mailboxId, from_address: from, from_name: name } = email;
  if (itemId !== null) await lockItems(tx, [itemId]);
  const mailbox = mailboxId === null ? undefined : await findChannel(tx, mailboxId);
  const payload = {
    ...{
      emailId,
      from,
      subject: email.subject,
      text: signalText(email.new_text ?? email.text),
      reply: email.thread_id !== null,
    },
    ...(mailbox === undefined ? {} : { mailbox: mailbox.id, mailboxAddress: addressOf(mailbox) }),
    ...{ bounce: false, autoReply: false, spam: false, ours: false },
    ...(email.verified === null ? {} : { verified: email.verified }),
  };
  const client = from === '' ? {} : { client: { email: from, ...(name === null ? {} : { name }) } };
  const tie = itemId === null ? client : { items: [itemId] };
  const sourceKey = `mail:${emailId}:let-through`;
  const [recorded] = await recordSignals(tx, [{ kind: 'email.received', sourceKey, occurredAt: now, payload, ...tie }]);
  if (recorded === undefined) throw new Error(`e-mail ${emailId} was not reported`);
  return recorded.id;
}
