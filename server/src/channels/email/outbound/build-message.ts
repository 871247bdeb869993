import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { joinStream } from '../../../platform/long-bytes/join-in-turns.ts';
import type { StoredEmail } from '../letters/emails.store.ts';
import type { ParsedAttachment } from '../reading/parsed-email.ts';
import { signTarget } from '../tracking/tracking-token.ts';
import { trackBody } from './tracked-body.ts';

/** Signs the public addresses that stand in tracked mail. */
export interface Tracking {
  readonly key: Buffer;
  readonly publicUrl: string;
}

export interface BuiltMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** As it leaves: tracked when asked for. */
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
}

/** Letters of text and HTML together. */
const LARGE_TEXT = 50_000;

/** The message as it goes over the wire; the same e-mail gives the same Message-ID and addresses at every try. No network. */
export async function buildMessage(
  email: StoredEmail,
  attachments: readonly ParsedAttachment[],
  tracking: Tracking,
): Promise<BuiltMessage> {
  const body = email.track ? trackedBody(email, tracking) : { text: email.text, html: email.html };
  const from = { address: email.from_address, name: email.from_name ?? '' };
  // What a rule writes, to a client too, and our notices: no absence note answers it (RFC 3834).
  const isAutomatic = email.run_id !== null || email.audience === 'employee';
  const automatic: Record<string, string> = isAutomatic ? { 'Auto-Submitted': 'auto-generated' } : {};
  const headers: Record<string, string> = {
    'Message-ID': email.message_id,
    Date: email.at.toUTCString(),
    ...(email.in_reply_to === null ? {} : { 'In-Reply-To': email.in_reply_to }),
    ...(email.reference_ids.length === 0 ? {} : { References: email.reference_ids.join(' ') }),
    ...automatic,
  };
  const composer = new MailComposer({
    ...{ from, to: [...email.to_addresses], subject: email.subject, text: body.text, html: body.html ?? undefined },
    ...{
      messageId: email.message_id,
      date: email.at,
      inReplyTo: email.in_reply_to ?? undefined,
      references: email.reference_ids,
    },
    headers: automatic,
    attachments: attachments.map(({ name, type, contentId, content }) => ({
      ...{ filename: name, contentType: type, content },
      ...(contentId === null ? {} : { cid: contentId }),
    })),
    // Which suits a text better is found out letter by letter, and line by line wrapped: base64 takes a large one in no time.
    ...((body.html?.length ?? 0) + body.text.length > LARGE_TEXT && { textEncoding: 'base64' }),
    // Nothing of a mail's text may read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await joinStream(composer.compile().createReadStream());
  return { from: email.from_address, to: email.to_addresses, ...body, headers, raw };
}

function trackedBody(email: StoredEmail, { key, publicUrl }: Tracking): { text: string; html: string } {
  const ids = { workspaceId: email.workspace_id, emailId: email.id };
  return trackBody({ text: email.text, html: email.html }, email.links, {
    pixelUrl: `${publicUrl}${pixelPath(signTarget(key, { kind: 'open', ...ids }))}`,
    linkUrl: (link) => `${publicUrl}${clickPath(signTarget(key, { kind: 'click', ...ids, link }))}`,
  });
}

export function pixelPath(token: string): string {
  return `/t/o/${token}.gif`;
}

export function clickPath(token: string): string {
  return `/t/c/${token}`;
}
