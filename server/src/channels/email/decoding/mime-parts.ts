import { decodeBase64, decodeQuotedPrintable, decodeText, metaCharset } from './decode.ts';
import { type MimeHeader, splitHead } from './mime-head.ts';
import { readStructured } from './mime-parameters.ts';

/**
 * The tree of a message, read without ever failing, in a time that grows with its length alone. Bytes are kept one to a
 * character (latin1).
 */
export interface MimePart {
  readonly headers: readonly MimeHeader[];
  /** Lower case, without parameters: `multipart/report`. */
  readonly type: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  readonly children: readonly MimePart[];
  /** There are more parts in it than anybody sends, or deeper: those beyond are in `body` only. */
  readonly isCutShort: boolean;
}

const MAX_DEPTH = 12;
const MAX_PARTS = 400;
/** Seventy by RFC 2046. */
const MAX_BOUNDARY = 500;

export function readMimeParts(raw: Buffer): MimePart {
  return readPart(messageText(raw), { depth: 0, budget: { parts: MAX_PARTS } });
}

/** The part and all parts below it, in reading order. */
export function allParts(part: MimePart): readonly MimePart[] {
  return [part, ...part.children.flatMap(allParts)];
}

export function headerOf(part: MimePart, name: string): string | undefined {
  return part.headers.find((header) => header.name === name)?.value;
}

/** The part's own bytes, out of their transfer encoding. */
export function bytesOf(part: MimePart): Buffer {
  const encoding = (headerOf(part, 'content-transfer-encoding') ?? '').replace(/^[\s"']+/, '').toLowerCase();
  if (encoding.startsWith('base64')) return decodeBase64(part.body);
  if (encoding.startsWith('quoted')) return decodeQuotedPrintable(part.body);
  return Buffer.from(part.body, 'latin1');
}

export function textOf(part: MimePart): string {
  return decodeText(bytesOf(part), part.params.charset).replace(/\r\n?/g, '\n');
}

/** The charset in which a message says that it is written: that of its first text that names one, also in HTML itself. */
export function declaredCharset(root: MimePart): string | undefined {
  const texts = allParts(root).filter(({ type }) => type.startsWith('text/'));
  const html = texts.find(({ type }) => type === 'text/html');
  return texts.find(({ params }) => params.charset)?.params.charset ?? (html && metaCharset(bytesOf(html)));
}

// Some programs write a whole message in UTF-16.
function messageText(raw: Buffer): string {
  const [first, second] = raw;
  const charset = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : '';
  if (charset === '') return raw.toString('latin1');
  return Buffer.from(new TextDecoder(charset).decode(raw)).toString('latin1');
}

interface Place {
  readonly depth: number;
  readonly budget: { parts: number };
}

function readPart(source: string, place: Place): MimePart {
  place.budget.parts -= 1;
  const { headers, body } = splitHead(source);
  const { value, params } = readStructured(headers.find((header) => header.name === 'content-type')?.value ?? '');
  const part = { headers, type: isType(value) ? value : 'text/plain', params, body, children: [], isCutShort: false };
  const sources = childSources(part);
  if (place.depth >= MAX_DEPTH) return { ...part, isCutShort: sources.length > 0 };
  const taken = sources.slice(0, Math.max(0, place.budget.parts));
  const children = taken.map((child) => readPart(child, { ...place, depth: place.depth + 1 }));
  return { ...part, children, isCutShort: taken.length < sources.length };
}

// What is no type is shown as it is (RFC 2045, 5.2). Some write `text` alone.
function isType(value: string): boolean {
  return value === 'text' || /^[\w!#$&^.+-]+\/[\w!#$&^.+-]*$/.test(value);
}

function childSources(part: MimePart): string[] {
  const { type, params, body } = part;
  if (isEnclosing(type)) return [bytesOf(part).toString('latin1').trimStart()];
  if (!type.startsWith('multipart/') || !params.boundary) return [];
  return splitAtBoundary(body, params.boundary.slice(0, MAX_BOUNDARY));
}

/** Whether a part of this type holds another message, or the headers of one. */
export function isEnclosing(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global' || type === 'text/rfc822-headers';
}

function splitAtBoundary(body: string, boundary: string): string[] {
  const sources: string[] = [];
  let from: number | undefined;
  for (const { start, end, isLast } of delimiters(body, `--${boundary}`)) {
    if (from !== undefined) sources.push(body.slice(from, start));
    from = isLast ? undefined : end;
  }
  if (from !== undefined && from < body.length) sources.push(body.slice(from));
  return sources;
}

interface Delimiter {
  /** Before the line end that belongs to it. */
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

function* delimiters(body: string, delimiter: string): Generator<Delimiter> {
  for (let at = body.startsWith('--') ? 0 : next(body, 0); at !== -1; at = next(body, at)) {
    if (!body.startsWith(delimiter, at)) continue;
    const feed = body.indexOf('\n', at);
    const line = body.slice(at, feed === -1 ? body.length : feed).trimEnd();
    const isLast = line === `${delimiter}--`;
    if (!isLast && line !== delimiter) continue;
    yield {
      start: Math.max(0, at - (body[at - 2] === '\r' ? 2 : 1)),
      end: feed === -1 ? body.length : feed + 1,
      isLast,
    };
  }
}

// The next line that begins with two dashes.
function next(body: string, at: number): number {
  const feed = body.indexOf('\n--', at);
  return feed === -1 ? -1 : feed + 1;
}
