import { createHash } from 'node:crypto';
import type { AddressObject } from 'mailparser';
import { type Mailbox, normalAddress, parseMailbox } from './addresses.ts';
import { decodeHeader, storable } from './decode.ts';
import { messageIdsIn } from './message-ids.ts';
import { allParts, bytesOf, headerOf, type MimePart, readMimeParts } from './mime-parts.ts';
import { ownAttachments } from './own-attachments.ts';
import type { ParsedAttachment, ParsedEmail } from './parsed-email.ts';
import { type LibraryMail, readWithLibrary } from './read-with-library.ts';
import { repairedHtml, repairedText } from './repair-text.ts';

const MAX_SUBJECT = 1_000;
const MAX_TEXT = 1_000_000;
const MAX_REFERENCES = 100;

/** Any bytes become a message: what the library cannot read is read plainly, whatever its charset or damage. Never throws. */
export async function parseEmail(raw: Buffer, libraryDeadlineMs?: number): Promise<ParsedEmail> {
  const root = readMimeParts(raw);
  const mail = await readWithLibrary(raw, libraryDeadlineMs);
  const header = (name: string) => headerOf(root, name) ?? '';
  const [inReplyTo = null] = messageIdsIn(header('in-reply-to'));
  return {
    messageId: messageIdsIn(header('message-id'))[0] ?? null,
    inReplyTo,
    references: messageIdsIn(header('references')).slice(-MAX_REFERENCES).map(storable),
    from: senderOf(mail, root),
    to: addressesOf(mail?.to),
    subject: kept(repairHeader(mail?.subject, header('subject')).replace(/\s+/g, ' ').trim(), MAX_SUBJECT),
    text: kept(repairedText(mail?.text, root), MAX_TEXT),
    html: keptOrNull(repairedHtml(mail?.html, root)),
    headers: headersOf(root),
    attachments: attachmentsOf(mail, root),
    root,
    identity: identityOf(root),
  };
}

function senderOf(mail: LibraryMail | undefined, root: MimePart): Mailbox | undefined {
  for (const parsed of [mail?.from, mail?.replyTo]) {
    for (const { address, name } of parsed?.value ?? []) {
      const normal = address === undefined ? undefined : normalAddress(address);
      if (normal !== undefined)
        return { address: storable(normal), name: kept(repairHeader(name, nameIn(headerOf(root, 'from'))), 300) };
    }
  }
  const plain = parseMailbox(decodeHeader(headerOf(root, 'from') ?? headerOf(root, 'sender') ?? ''));
  return plain && { address: storable(plain.address), name: kept(plain.name, 300) };
}

// The display name of a header with one sender, as it was written.
function nameIn(header = ''): string {
  return header
    .replace(/<[^<>]*>\s*$/, '')
    .trim()
    .replace(/^"(.*)"$/s, '$1');
}

function addressesOf(objects: AddressObject | AddressObject[] | undefined): string[] {
  const entries = [objects ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((entry) => [entry, ...(entry.group ?? [])]));
  return entries.flatMap(({ address }) => {
    const normal = address === undefined ? undefined : normalAddress(address);
    return normal === undefined ? [] : [storable(normal)];
  });
}

// The library reads raw bytes in a header as UTF-8 only; the second mark is a replacement character read once too often.
function repairHeader(read: string | undefined, source: string): string {
  return read === undefined || /\ufffd|ï¿½/.test(read) ? decodeHeader(source) : read;
}

const MAX_HEADERS = 80;

function headersOf(root: MimePart): Record<string, string> {
  const entries = root.headers
    .slice(0, MAX_HEADERS)
    .map(({ name, value }) => [storable(name), kept(decodeHeader(value), 1_000)] as const);
  // The first of a name is the newest: servers write on top.
  return Object.fromEntries(entries.toReversed());
}

function attachmentsOf(mail: LibraryMail | undefined, root: MimePart): ParsedAttachment[] {
  const read = mail?.attachments ?? [];
  if (read.length === 0) return ownAttachments(root).map(toAttachment);
  return read.map(({ filename, contentType, cid, content }) =>
    toAttachment({ name: filename, type: contentType, contentId: cid, content: bufferOf(content) }),
  );
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

interface FoundFile {
  readonly name: string | undefined;
  readonly type: string;
  readonly contentId: string | undefined;
  readonly content: Buffer;
}

function toAttachment({ name, type, contentId, content }: FoundFile): ParsedAttachment {
  return {
    name: kept(name ?? fallbackName(type), 255),
    type: kept(type, 200),
    contentId: contentId === undefined ? null : kept(contentId, 400),
    content,
  };
}

function fallbackName(type: string): string {
  const known: Readonly<Record<string, string>> = {
    'message/delivery-status': 'delivery-status.txt',
    'text/calendar': 'invite.ics',
  };
  return known[type] ?? 'attachment';
}

// Over the decoded leaves, so that relays may fold headers anew, encode anew or end lines differently.
function identityOf(root: MimePart): string {
  const hash = createHash('sha256');
  for (const name of ['from', 'date']) hash.update(`${(headerOf(root, name) ?? '').replace(/\s+/g, ' ')}\n`);
  for (const part of allParts(root)) hash.update(bodyOf(part)).update('\0');
  return hash.digest('hex');
}

// Of a part with parts only what an enclosed message says of itself.
function bodyOf(part: MimePart): string {
  if (part.children.length === 0) return bytesOf(part).toString('latin1').replace(/\r\n?/g, '\n').trimEnd();
  if (part.type.startsWith('multipart/')) return '';
  const headers = part.children
    .flatMap((message) => message.headers)
    .filter(({ name }) => name !== 'content-transfer-encoding');
  return headers.map(({ name, value }) => `${name}:${value.replace(/\s+/g, ' ')}`).join('\n');
}

function kept(text: string, most: number): string {
  return storable(text).slice(0, most).toWellFormed();
}

function keptOrNull(html: string | undefined): string | null {
  return html === undefined ? null : kept(html, MAX_TEXT);
}
