import { createHash } from 'node:crypto';
import { allParts, bytesOf, headerOf, isEnclosing, type MimePart } from '../decoding/mime-parts.ts';
import { messageIdsIn } from './message-ids.ts';

/**
 * The same for every delivery of one mail, and never for two (surroundings.md, E-mail). With Message-ID, From and Date it is a hash
 * of From, Date and the decoded parts, so that relays may fold headers anew, encode anew or end lines differently; a mail that
 * lacks one of them is known by all that it says.
 */
export function identityOf(root: MimePart, raw: Buffer): string {
  const isNamed = messageIdsIn(headerOf(root, 'message-id') ?? '').length > 0;
  const hash = createHash('sha256');
  if (!isNamed || ['from', 'date'].some((name) => !headerOf(root, name)))
    return hash.update(withoutTrace(raw)).digest('hex');
  for (const name of ['from', 'date']) hash.update(`${(headerOf(root, name) ?? '').replace(/\s+/g, ' ')}\n`);
  for (const part of allParts(root)) hash.update(contentOf(part)).update('\0');
  return hash.digest('hex');
}

// Of a part with parts only what an enclosed message says of itself.
function contentOf(part: MimePart): string {
  if (part.isCutShort) return part.body;
  if (part.children.length === 0) return decoded(part);
  if (!isEnclosing(part.type)) return '';
  const headers = part.children
    .flatMap((message) => message.headers)
    .filter(({ name }) => name !== 'content-transfer-encoding');
  return headers.map(({ name, value }) => `${name}:${value.replace(/\s+/g, ' ')}`).join('\n');
}

// What decodes to nothing may still be something.
function decoded(part: MimePart): string {
  const text = bytesOf(part).toString('latin1').replace(/\r\n?/g, '\n').trimEnd();
  return text === '' ? part.body.trim() : text;
}

const TRACE = /^(received|return-path|delivered-to|x-received|x-original-to|authentication-results)[ \t]*:/i;

// Without what servers put above a message on its way, and however its lines end.
function withoutTrace(raw: Buffer): string {
  const lines = raw.toString('latin1').replace(/\r\n?/g, '\n');
  let at = 0;
  while (at < lines.length && TRACE.test(lines.slice(at, at + 40))) {
    do at = afterLine(lines, at);
    while (lines[at] === ' ' || lines[at] === '\t');
  }
  let end = lines.length;
  while (end > at && lines[end - 1] === '\n') end -= 1;
  return lines.slice(at, end);
}

function afterLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed === -1 ? text.length : feed + 1;
}
