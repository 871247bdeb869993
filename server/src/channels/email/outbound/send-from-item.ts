import { because, type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import type { emailBody } from '@signalbox/contract/channels/emails.ts';
import type { z } from 'zod';
import { listSeenFiles } from '../../../access/access-file.ts';
import type { Rights } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { invalid, notFound } from '../../../platform/errors.ts';
import { cleanFileName } from '../../../platform/files/file-names.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import type { NewAttachment } from '../letters/attachments.store.ts';
import type { EmailHead } from '../letters/emails.store.ts';
import { findItemClient } from '../letters/item-client.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { normalAddress } from '../reading/addresses.ts';
import { whomToAnswer } from '../writers/whom-to-answer.ts';
import { attachFiles } from './attach-files.ts';
import { findAnswered, type QueuedMail, queueMail } from './queue-mail.ts';

export interface Writing {
  readonly itemId: number;
  readonly employeeId: number;
  readonly body: z.output<typeof emailBody>;
  readonly now: Date;
  /** What the person may see: no other file can be attached. */
  readonly rights: Rights;
}

/** A person writes to the client from an item: mail, timeline and `email.sent`, all in one transaction (triggers.md, email/sent). */
export async function sendFromItem(tx: Tx, { itemId, employeeId, body, now, rights }: Writing): Promise<QueuedMail> {
  const [item] = await lockItems(tx, [itemId]);
  if (item === undefined) throw notFound(`Item ${itemId}`);
  const client = await findItemClient(tx, itemId);
  const answers = await getAnswered(tx, body.inReplyTo);
  const mail = {
    ...{
      mailbox: body.mailbox ?? null,
      audience: 'client' as const,
      to: receiversOf(body.to, addressAnswered(answers) ?? client.address),
      subject: body.subject,
    },
    ...{ text: body.text, html: body.html, track: body.track },
    attachments: await attachmentsOf(tx, body, rights),
    ...{
      answers,
      itemId,
      contactId: client.contactId,
      companyId: client.companyId,
    },
    ...{
      authorId: employeeId,
      runId: null,
      ruleName: null,
      onTimeline: true,
      sent: { by: 'person' as const, chain: null },
      at: now,
    },
  };
  return queueMail(tx, mail);
}

// Of an answer: whom the letter asks to answer, if that can be believed. What an employee wrote is no letter of the client's.
function addressAnswered(answered: EmailHead | undefined): string | undefined {
  const isOfClient = answered?.direction === 'in' && answered.audience === 'client';
  if (!isOfClient) return undefined;
  const { from_address: from, reply_to: asked, verified } = answered;
  return whomToAnswer({ from, asked, verified }).to ?? normalAddress(from);
}

function receiversOf(given: string | string[] | undefined, address: string | undefined): string[] {
  if (given === undefined) {
    if (address === undefined)
      throw invalidAt('to', 'no-address', 'The client has no e-mail address; give one, or add it to the contact');
    return [address];
  }
  const list = [given].flat();
  const normal = list.map(normalAddress);
  const errors = normal.flatMap((one, index) => {
    const path = Array.isArray(given) ? `to[${index}]` : 'to';
    return one === undefined ? [{ path, code: 'address', message: `"${list[index]}" is not an e-mail address` }] : [];
  });
  if (errors.length > 0) throw invalid(errors);
  return normal.filter((one) => one !== undefined);
}

async function getAnswered(tx: Tx, inReplyTo: number | string | undefined): Promise<EmailHead | undefined> {
  if (inReplyTo === undefined) return undefined;
  const answered = await findAnswered(tx, inReplyTo);
  if (answered === undefined) throw invalidAt('inReplyTo', 'unknown-email', `There is no e-mail ${inReplyTo}`);
  return answered;
}

async function attachmentsOf(
  tx: Tx,
  { files = [], attachments = [] }: Writing['body'],
  rights: Rights,
): Promise<NewAttachment[]> {
  const seen = await listSeenFiles(tx, rights, files);
  const unseen = files.find((id) => !seen.includes(id));
  if (unseen !== undefined) throw unfit('unknown-file', because('unknown-file', { file: unseen }));
  const attached = await attachFiles(tx, files);
  if ('reason' in attached) throw unfit(attached.code, attached.reason);
  return [...attachments.map(toAttachment), ...attached.files];
}

function unfit(code: string, reason: Reason) {
  const message = reasonText(reason);
  return invalid([{ path: 'files', code, message, params: reason.params }], `files: ${message}`);
}

type Upload = NonNullable<z.output<typeof emailBody>['attachments']>[number];

function toAttachment({ name, type = 'application/octet-stream', content }: Upload) {
  return { name: cleanFileName(name), type, contentId: null, content: Buffer.from(content, 'base64') };
}
