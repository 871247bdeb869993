import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { addressOf, findMailbox, type StoredChannel } from '../../../connections/channels.store.ts';
import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import { putInOutbox } from '../../../outbox/put-in-outbox.ts';
import type { Tx } from '../../../platform/db.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { checkQuota } from '../../../platform/quotas/check-quota.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import { storable } from '../decoding/decode.ts';
import { insertAttachments, type NewAttachment } from '../letters/attachments.store.ts';
import { type EmailHead, findByMessageIds, findEmail, insertEmail } from '../letters/emails.store.ts';
import { domainOf } from '../reading/addresses.ts';
import { newMessageId, referencesAfter } from '../reading/message-ids.ts';
import { beginningOfHtml } from './text-of-html.ts';
import { linksIn } from './tracked-body.ts';

export interface OutgoingMail {
  /** Null: the workspace's first mailbox; an address is looked up. */
  readonly mailbox: number | string | null;
  readonly audience: 'client' | 'employee';
  readonly to: readonly string[];
  readonly subject: string;
  /** One of both; a missing text is made from the HTML. */
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  /** Pixel and rewritten links; never for employees. */
  readonly track: boolean;
  readonly attachments?: readonly NewAttachment[];
  /** The e-mail that this one answers. */
  readonly answers?: EmailHead | undefined;
  readonly itemId: number | null;
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly authorId: number | null;
  readonly runId: number | null;
  /** What the rule that writes is called; null: a person writes. */
  readonly ruleName: string | null;
  /** Null keeps it off the timeline, as mail to employees is unless asked (surroundings.md, Timeline). */
  readonly onTimeline: boolean;
  /** The `email.sent` signal, in the same transaction; null for mail to employees. */
  readonly sent: { readonly by: 'person' | 'rule'; readonly chain: Chain | null } | null;
  readonly at: Date;
}

export interface QueuedMail {
  readonly emailId: number;
  readonly outboxId: number;
  readonly messageId: string;
}

/**
 * Everything of an outgoing mail but its sending, in the caller's transaction: the e-mail with its Message-ID, the outbox
 * row, timeline and signal (semantics.md 5.7, 5.8). Throws UserError at `mailbox` when there is none, and `quota`.
 */
export async function queueMail(tx: Tx, mail: OutgoingMail): Promise<QueuedMail> {
  const mailbox = await getMailbox(tx, mail.mailbox);
  await checkMailQuota(tx, mail);
  const messageId = newMessageId(domainOf(addressOf(mailbox)));
  const outboxId = await putInOutbox(tx, { kind: 'mail', channelId: mailbox.id, subject: mail, at: mail.at });
  const emailId = await insertEmail(tx, { ...newRow(mail, mailbox), messageId, outboxId });
  await insertAttachments(tx, emailId, mail.attachments ?? []);
  await tell(tx, mail, { emailId, mailbox });
  return { emailId, outboxId, messageId };
}

// What a rule writes counts for the workspace alone.
async function checkMailQuota(tx: Tx, { at: now, authorId, runId }: OutgoingMail): Promise<void> {
  await checkQuota(tx, { name: 'emails', amount: 1, now });
  if (runId !== null || authorId === null) return;
  await checkQuota(tx, { name: 'emails-of-person', amount: 1, employeeId: authorId, now });
}

async function getMailbox(tx: Tx, mailbox: number | string | null): Promise<StoredChannel> {
  const found = await findMailbox(tx, mailbox);
  if (found !== undefined) return found;
  const message =
    mailbox === null ? 'No mailbox is set up; add one in Settings, Channels' : `There is no mailbox ${mailbox}`;
  throw invalidAt('mailbox', 'no-mailbox', message);
}

function newRow(mail: OutgoingMail, mailbox: StoredChannel) {
  const { answers } = mail;
  const html = mail.html === undefined ? null : storable(mail.html);
  const text = storable(mail.text ?? beginningOfHtml(mail.html ?? ''));
  const track = mail.track && mail.audience === 'client';
  return {
    ...{
      direction: 'out' as const,
      audience: mail.audience,
      mailboxId: mailbox.id,
      itemId: mail.itemId,
      contactId: mail.contactId,
    },
    ...{
      companyId: mail.companyId,
      authorId: mail.authorId,
      runId: mail.runId,
      to: mail.to,
      text,
      html,
      track,
      at: mail.at,
    },
    subject: storable(mail.subject).replace(/\s+/g, ' ').trim(),
    from: { address: addressOf(mailbox), name: senderName(mailbox) },
    inReplyTo: answers?.message_id ?? null,
    references:
      answers === undefined
        ? []
        : referencesAfter({ references: answers.reference_ids, messageId: answers.message_id }),
    threadId: answers?.thread_id ?? answers?.id ?? null,
    tiedBy: { how: 'sent' },
    links: track ? linksIn({ text, html }) : [],
  };
}

function senderName({ settings }: StoredChannel): string | null {
  return typeof settings.senderName === 'string' ? settings.senderName : null;
}

async function tell(
  tx: Tx,
  mail: OutgoingMail,
  { emailId, mailbox }: { emailId: number; mailbox: StoredChannel },
): Promise<void> {
  announce(tx, { topic: 'emails', kind: 'sent', email: emailId });
  if (mail.itemId === null) return;
  if (mail.onTimeline) {
    const by = mail.ruleName === null ? {} : { rule: mail.ruleName, run: mail.runId };
    const data = { email: emailId, direction: 'out', recipients: mail.to, subject: mail.subject, ...by };
    await appendTimeline(tx, [
      { itemId: mail.itemId, kind: 'email', at: mail.at, authorId: mail.authorId, text: mail.subject, data },
    ]);
  }
  if (mail.sent === null) return;
  const payload = {
    ...{
      emailId,
      mailbox: mailbox.id,
      mailboxAddress: addressOf(mailbox),
      to: [...mail.to],
      subject: mail.subject,
      by: mail.sent.by,
    },
    ...(mail.authorId === null ? {} : { employee: mail.authorId }),
  };
  const signal = {
    kind: 'email.sent',
    sourceKey: `email.sent:${emailId}`,
    occurredAt: mail.at,
    payload,
    items: [mail.itemId],
  };
  await recordSignals(tx, [{ ...signal, chain: mail.sent.chain, causeRunId: mail.runId }]);
}

/** The e-mail that is answered, by id or Message-ID; undefined when it is not one of ours. */
export async function findAnswered(tx: Tx, answered: number | string): Promise<EmailHead | undefined> {
  if (typeof answered === 'number') return findEmail(tx, answered);
  return (await findByMessageIds(tx, [answered]))[0];
}
