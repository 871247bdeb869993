import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import type { Classified } from '../classifying/classify.ts';
import type { Authentication } from '../judging/verdict.ts';
import { insertAttachments } from '../letters/attachments.store.ts';
import { insertEmail } from '../letters/emails.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { notifyOfForwarded, notifyOfReceived } from '../letters/notify-of-mail.ts';
import { findThreadItem, holdConversations } from '../letters/threads.store.ts';
import { isTrusted } from '../letters/trusted-senders.store.ts';
import { domainOf } from '../reading/addresses.ts';
import { splitReply } from '../replies/split-reply.ts';
import { holdFlood } from '../strangers/hold-flood.ts';
import { type FoundWriter, findWriter } from '../writers/find-writer.ts';
import { findThread, type Thread } from './find-thread.ts';
import type { ReadLetter } from './letter-work.ts';
import { findSenderClient, findSignalBySourceKeys, listOwnMailboxes } from './receive-email.store.ts';
import { type Returned, recordBounce } from './record-bounce.ts';

export interface OwnMailbox {
  readonly id: number;
  readonly address: string;
}

export interface IncomingMail extends ReadLetter {
  readonly mailbox: OwnMailbox;
  /** Others of the workspace that it was delivered to at the same time: one letter is one signal for one item. */
  readonly alsoFor?: readonly OwnMailbox[];
  readonly raw: Buffer | null;
  /** MAIL FROM; '' is the null sender. */
  readonly envelopeFrom: string | undefined;
  readonly at: Date;
  /** What proves its From; null: nobody looked. */
  readonly authentication: Authentication | null;
}

export interface Received {
  readonly signalId: number;
  /** Null when it had been received before. */
  readonly emailId: number | null;
  readonly repeated: boolean;
}

/**
 * One incoming mail, all of it in the caller's transaction: message, attachments, bounce of ours, signal. A second delivery
 * changes nothing (semantics.md 1.2, 1.3); one that comes at the same moment throws `ReceivedBefore` and must be rolled back.
 */
export async function receiveEmail(tx: Tx, mail: IncomingMail): Promise<Received> {
  const { email, mailbox } = mail;
  // A reply and its parent, or one letter to two mailboxes, that come at the same moment see one another.
  await holdConversations(
    tx,
    [email.messageId ?? email.identity, email.inReplyTo ?? email.references.at(-1) ?? []].flat(),
  );
  const own = await listOwnMailboxes(tx);
  const earlier = await findSignalBySourceKeys(
    tx,
    [mailbox, ...own].map((one) => sourceKeyOf(one, email)),
  );
  if (earlier !== undefined) return { signalId: earlier, emailId: null, repeated: true };

  const { classified, writer } = await readWriter(tx, mail);
  const place = await findPlace(tx, { mail, classified, writer });
  if (place.itemId !== null) await lockItems(tx, [place.itemId]);
  const isStranger = place.itemId === null && place.client.contactId === null && place.client.companyId === null;
  const stranger = { classified, from: writer.by?.address, mailboxId: mailbox.id, at: mail.at };
  const kept = isStranger && writer.ours === null ? await holdFlood(tx, stranger) : classified;
  const letter = { mail, classified: kept, writer, place, reached: reachedBy(mail, own) };
  const emailId = await store(tx, letter);
  const signalId = await record(tx, { ...letter, emailId });
  await report(tx, { ...letter, emailId });
  return { signalId, emailId, repeated: false };
}

// Of whom a person has said once that they are no machine, everything is let through.
async function readWriter(tx: Tx, { classified: judged, named, enclosed, mailbox }: IncomingMail) {
  const { classification, evidence } = judged;
  const writer = await findWriter(tx, { named, enclosed, mailboxId: mailbox.id, classification });
  const isHeld = classification !== 'person' && writer.by !== undefined;
  const trusted = { classification: 'person', evidence } as const;
  return { classified: isHeld && (await isTrusted(tx, writer.by.address)) ? trusted : judged, writer };
}

/** Somebody else has committed the same mail since we looked. */
export class ReceivedBefore extends Error {
  override readonly name = 'ReceivedBefore';
}

/** The same for every delivery of the same mail (surroundings.md, E-mail). */
function sourceKeyOf(mailbox: OwnMailbox, email: ReadLetter['email']): string {
  return ['mail', mailbox.id, email.messageId ?? [], email.identity].flat().join(':');
}

// The mailboxes that a letter is for: those it was delivered to, and those that stand in To and Cc.
function reachedBy({ mailbox, alsoFor = [], email }: IncomingMail, own: readonly OwnMailbox[]): readonly OwnMailbox[] {
  const named = [...email.to, ...email.cc];
  const reached = [mailbox, ...alsoFor, ...own.filter(({ address }) => named.includes(address))];
  return [...new Map(reached.map((one) => [one.id, one])).values()];
}

interface Read {
  readonly mail: IncomingMail;
  readonly classified: Classified;
  readonly writer: FoundWriter;
}

/**
 * Whether it is proved who wrote it: who stands in From, and is taken for the writer. Whom From merely names elsewhere (Reply-To of a web
 * form), nothing proves. Null: nobody looked.
 */
function isVerified({ mail: { authentication }, writer }: Pick<Read, 'mail' | 'writer'>): boolean | null {
  if (authentication === null) return null;
  return (
    authentication.isProven &&
    writer.sentBy === undefined &&
    domainOf(writer.by?.address ?? '') === authentication.domain
  );
}

interface Place {
  readonly thread: Thread | undefined;
  /** Of the thread: a direct tie (semantics.md 2.1). */
  readonly itemId: number | null;
  readonly client: { readonly contactId: number | null; readonly companyId: number | null };
  readonly returned: Returned | undefined;
}

async function findPlace(tx: Tx, { mail, classified, writer }: Read): Promise<Place> {
  const { email, report, at, authentication, mailbox, alsoFor = [] } = mail;
  const { messageId, inReplyTo, references, subject } = email;
  const from = writer.by?.address;
  const isClients = from !== undefined && writer.ours === null;
  const client = isClients ? await findSenderClient(tx, from) : { contactId: null, companyId: null };
  const isBounce = classified.classification === 'bounce' && report !== undefined;
  const isForged = authentication?.why === 'forged';
  const reporting = { mailboxIds: [mailbox, ...alsoFor].map(({ id }) => id), isForged, at };
  const returned = isBounce ? await recordBounce(tx, { report, ...reporting }) : undefined;
  if (returned !== undefined) {
    const { original } = returned;
    const thread = { id: original.thread_id ?? original.id, previous: original, by: 'headers' as const };
    return {
      thread,
      itemId: original.item_id,
      client: { contactId: original.contact_id, companyId: original.company_id },
      returned,
    };
  }
  const thread = await findThread(tx, { messageId, inReplyTo, references, subject, from, at });
  const itemId = thread === undefined ? undefined : await findThreadItem(tx, thread.id);
  return { thread, itemId: itemId ?? null, client, returned };
}

interface Placed extends Read {
  readonly place: Place;
}

async function store(tx: Tx, { mail, classified, writer, place }: Placed): Promise<number> {
  const { email, mailbox, raw, at, envelopeFrom } = mail;
  const id = await insertEmail(tx, {
    ...{ direction: 'in', mailboxId: mailbox.id, itemId: place.itemId, ...place.client },
    ...{ audience: writer.ours === null ? 'client' : 'employee', authorId: writer.ours?.employeeId ?? null },
    forwarded: writer.forwarded && {
      ...writer.forwarded,
      text: signalText(splitReply(writer.forwarded.text).fresh),
      state: 'offered',
    },
    messageId: email.messageId ?? `<${email.identity}@no-message-id.invalid>`,
    ...{ inReplyTo: email.inReplyTo, references: email.references, threadId: place.thread?.id ?? null },
    from: { address: writer.by?.address ?? envelopeFrom ?? '', name: writer.by?.name || null },
    ...{ replyTo: writer.answersTo ?? null, writer: { reason: writer.reason, sentBy: writer.sentBy ?? null } },
    ...{
      to: email.to.length > 0 ? email.to : [mailbox.address],
      subject: email.subject,
      text: email.text,
      html: email.html,
    },
    ...{ classification: classified.classification, evidence: classified.evidence, headers: email.headers, raw, at },
    ...{ verified: isVerified({ mail, writer }), authentication: mail.authentication },
    unreadable: email.unreadable,
    fresh: email.fresh,
    tiedBy: place.itemId === null ? null : { how: 'thread', by: place.thread?.by, email: place.thread?.previous.id },
  });
  await insertAttachments(tx, id, email.attachments);
  return id;
}

interface Stored extends Placed {
  readonly emailId: number;
}

const MAX_SIGNAL_TEXT = 20_000;

/** As much of a letter's new words as triggers look at, without what it quotes; signals are kept for ever. */
export function signalText(text: string): string {
  return text.slice(0, MAX_SIGNAL_TEXT).toWellFormed();
}

async function record(
  tx: Tx,
  { mail, classified, writer, place, reached, emailId }: Stored & { reached: readonly OwnMailbox[] },
): Promise<number> {
  const { email, mailbox } = mail;
  const { classification } = classified;
  const from = writer.by?.address;
  const payload = {
    ...{ emailId, mailbox: mailbox.id, mailboxAddress: mailbox.address, ...(from === undefined ? {} : { from }) },
    ...(reached.length > 1 ? { mailboxes: reached.flatMap(({ id, address }) => [id, address]) } : {}),
    ...{
      subject: email.subject,
      text: signalText(email.fresh.text ?? email.text),
      reply: place.thread !== undefined && place.thread.by !== 'reply',
    },
    ...{
      bounce: classification === 'bounce',
      autoReply: classification === 'auto-reply',
      spam: classification === 'spam',
      flood: classification === 'flood',
      ours: writer.ours !== null,
    },
    ...(mail.authentication === null ? {} : { verified: isVerified({ mail, writer }) === true }),
  };
  const name = writer.by?.name ? { name: writer.by.name } : {};
  // What nobody but us wrote means no client (semantics.md 9.2).
  const client = from === undefined || writer.ours !== null ? {} : { client: { email: from, ...name } };
  const tie = place.itemId === null ? client : { items: [place.itemId] };
  const [recorded] = await recordSignals(tx, [
    { kind: 'email.received', sourceKey: sourceKeyOf(mailbox, email), occurredAt: mail.at, payload, ...tie },
  ]);
  if (recorded === undefined || recorded.repeated) throw new ReceivedBefore();
  return recorded.id;
}

async function report(tx: Tx, { mail, classified, writer, place, emailId }: Stored): Promise<void> {
  announce(tx, { topic: 'emails', kind: 'received', email: emailId });
  if (writer.forwarded !== null) await notifyOfForwarded(tx, { emailId, mailboxId: mail.mailbox.id });
  if (place.itemId === null) return;
  const { email, at } = mail;
  const data = {
    email: emailId,
    direction: 'in',
    sender: writer.by?.address ?? null,
    subject: email.subject,
    classification: classified.classification,
  };
  const authorId = writer.ours?.employeeId ?? null;
  await appendTimeline(tx, [{ itemId: place.itemId, kind: 'email', at, authorId, text: email.subject, data }]);
  if (classified.classification === 'person') {
    const letter = { itemIds: [place.itemId], from: writer.by, subject: email.subject, at };
    await notifyOfReceived(tx, { ...letter, authorId });
  }
}
