import { addressOf, findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { notFound } from '../../../platform/errors.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import { setForwarded } from '../letters/change-email.store.ts';
import { lockEmail, type StoredEmail } from '../letters/emails.store.ts';
import { readForwarded } from '../letters/forwarded-letter.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { normalAddress } from '../reading/addresses.ts';
import { loadOurs } from '../writers/ours.store.ts';
import { findSenderClient } from './receive-email.store.ts';

export interface ForwardedDecision {
  readonly emailId: number;
  /** It is the client's; otherwise it stays a colleague's note. */
  readonly take: boolean;
  /** Where the writer was not found right. */
  readonly from?: string | undefined;
  readonly name?: string | undefined;
  readonly employeeId: number;
  readonly now: Date;
}

/**
 * Somebody says whose the letter is that a colleague passed on. Taken, it is that client's from now on, and reported as received: on the item
 * on which it stands, else by its client. Answers the signal; null when declined.
 */
export async function decideForwarded(tx: Tx, decision: ForwardedDecision): Promise<number | null> {
  const { email, letter } = await lockOffered(tx, decision.emailId);
  announce(tx, { topic: 'emails', kind: 'forwarded', email: email.id });
  if (!decision.take) {
    await setForwarded(tx, email.id, { forwarded: { ...letter, state: 'declined', by: decision.employeeId } });
    return null;
  }
  const from = await writerOf(tx, decision, letter.from);
  const writer = { reason: 'forwarded', sentBy: { address: email.from_address, name: email.from_name ?? '' } };
  const client = await findSenderClient(tx, from.address);
  await setForwarded(tx, email.id, {
    forwarded: { ...letter, state: 'taken', by: decision.employeeId },
    taken: { from, writer, client },
  });
  return report(tx, { email, from, letter, now: decision.now });
}

async function lockOffered(tx: Tx, id: number) {
  const found = await lockEmail(tx, id);
  const letter = readForwarded(found?.forwarded);
  if (found === undefined || letter === null) throw notFound(`A forwarded letter in e-mail ${id}`);
  if (letter.state !== 'offered')
    throw invalidAt('take', 'already-decided', `Somebody has said already whose the letter in e-mail ${id} is`);
  return { email: found, letter };
}

type Letter = Awaited<ReturnType<typeof lockOffered>>['letter'];

async function writerOf(tx: Tx, { from, name }: ForwardedDecision, found: Letter['from']): Promise<Letter['from']> {
  const address = from === undefined ? found.address : (normalAddress(from) ?? '');
  const ours = await loadOurs(tx, [address]);
  if (address === '' || ours.isEmployee(address) || ours.isMailbox(address))
    throw invalidAt('from', 'ours', `${address} is an address of ours, no client's`);
  return { address, name: name ?? (address === found.address ? found.name : '') };
}

interface Report {
  readonly email: StoredEmail;
  readonly from: Letter['from'];
  readonly letter: Letter;
  readonly now: Date;
}

async function report(tx: Tx, { email, from, letter, now }: Report): Promise<number> {
  const { id: emailId, item_id: itemId, mailbox_id: mailboxId } = email;
  if (itemId !== null) await lockItems(tx, [itemId]);
  const mailbox = mailboxId === null ? undefined : await findChannel(tx, mailboxId);
  const payload = {
    ...{ emailId, from: from.address, subject: letter.subject || email.subject, text: letter.text, reply: false },
    ...(mailbox === undefined ? {} : { mailbox: mailbox.id, mailboxAddress: addressOf(mailbox) }),
    ...{ bounce: false, autoReply: false, spam: false, ours: false },
  };
  const client = { email: from.address, ...(from.name === '' ? {} : { name: from.name }) };
  const tie = itemId === null ? { client } : { items: [itemId] };
  const sourceKey = `mail:${emailId}:forwarded`;
  const [recorded] = await recordSignals(tx, [{ kind: 'email.received', sourceKey, occurredAt: now, payload, ...tie }]);
  if (recorded === undefined) throw new Error(`the letter in e-mail ${emailId} was not reported`);
  return recorded.id;
}
