import { decodeText, storable } from '../decoding/decode.ts';
import { decodeHeader } from '../decoding/encoded-words.ts';
import { splitHead } from '../decoding/mime-head.ts';
import { declaredCharset, headerOf, type MimePart, readMimeParts } from '../decoding/mime-parts.ts';
import { newWords } from '../replies/new-words.ts';
import { type Mailbox, readAddresses } from './addresses.ts';
import { identityOf } from './identity.ts';
import { messageIdsIn } from './message-ids.ts';
import type { ParsedEmail, Unreadable } from './parsed-email.ts';
import { damageOf, readBodies } from './read-bodies.ts';
import { readFiles } from './read-files.ts';

const MAX_SUBJECT = 1_000;
const MAX_TEXT = 1_000_000;
const MAX_REFERENCES = 100;

/** Any bytes become a message, whatever their charset or damage, in a time that grows with their length alone. */
export function parseEmail(raw: Buffer): ParsedEmail {
  const root = readMimeParts(raw);
  const declared = declaredCharset(root);
  const { files, hiddenText } = readFiles(root, declared);
  const { text, html } = readBodies(root, { declared });
  const shown = {
    text: kept(text.trim() === '' && hiddenText !== '' ? hiddenText : text, MAX_TEXT),
    html: html === undefined ? null : kept(html, MAX_TEXT),
  };
  return {
    ...headOf(root, declared),
    ...shown,
    fresh: newWords(shown),
    attachments: files,
    root,
    identity: identityOf(root, raw),
    unreadable: damageOf(root) ?? null,
  };
}

/** What is left when reading fails altogether: the head as far as it goes, and all else as the text that it is. */
export function parsePlainly(raw: Buffer, unreadable: Unreadable): ParsedEmail {
  const beginning = raw.subarray(0, MAX_TEXT);
  const { headers, body } = splitHead(beginning.toString('latin1'));
  const root = { headers, type: 'text/plain', params: {}, body, children: [], isCutShort: false };
  return {
    ...headOf(root, undefined),
    ...{ text: kept(decodeText(beginning, undefined), MAX_TEXT), html: null, attachments: [] },
    fresh: { text: null, htmlLength: null },
    ...{ root, identity: identityOf({ ...root, headers: [] }, raw), unreadable },
  };
}

function headOf(root: MimePart, declared: string | undefined) {
  const header = (name: string) => headerOf(root, name) ?? '';
  const [inReplyTo = null] = messageIdsIn(header('in-reply-to'));
  return {
    messageId: messageIdsIn(header('message-id')).map(storable)[0] ?? null,
    inReplyTo: inReplyTo === null ? null : storable(inReplyTo),
    references: messageIdsIn(header('references')).slice(-MAX_REFERENCES).map(storable),
    from: senderOf(root, declared),
    to: readAddresses(header('to'), declared).map(({ address }) => address),
    cc: readAddresses(header('cc'), declared).map(({ address }) => address),
    subject: kept(decodeHeader(header('subject'), declared).replace(/\s+/g, ' ').trim(), MAX_SUBJECT),
    headers: headersOf(root, declared),
  };
}

// A broken From is no reason not to know whom to answer.
function senderOf(root: MimePart, declared: string | undefined): Mailbox | undefined {
  for (const name of ['from', 'reply-to', 'sender']) {
    const [sender] = readAddresses(headerOf(root, name) ?? '', declared);
    if (sender !== undefined) return sender;
  }
  return undefined;
}

const MAX_HEADERS = 80;

function headersOf(root: MimePart, declared: string | undefined): Record<string, string> {
  const entries = root.headers
    .slice(0, MAX_HEADERS)
    .map(({ name, value }) => [storable(name), kept(decodeHeader(value.slice(0, 4_000), declared), 1_000)] as const);
  // The first of a name is the newest: servers write on top.
  return Object.fromEntries(entries.toReversed());
}

function kept(text: string, most: number): string {
  return storable(text).slice(0, most).toWellFormed();
}
