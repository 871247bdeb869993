import { decodeBase64, decodeQuotedPrintable, decodeText } from './decode.ts';

/**
 * The bare tree of a message, read without ever failing: what classification looks at (reports, the returned original),
 * and what is left to read when the full parser finds nothing usable. Bytes are kept one to a character (latin1).
 */
export interface MimePart {
  readonly headers: readonly MimeHeader[];
  /** Lower case, without parameters: `multipart/report`. */
  readonly type: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  readonly children: readonly MimePart[];
}

export interface MimeHeader {
  readonly name: string;
  readonly value: string;
}

const MAX_DEPTH = 12;
const MAX_PARTS = 400;

export function readMimeParts(raw: Buffer): MimePart {
  return readPart(raw.toString('latin1'), { depth: 0, budget: { parts: MAX_PARTS } });
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
  const encoding = (headerOf(part, 'content-transfer-encoding') ?? '').trim().toLowerCase();
  if (encoding.startsWith('base64')) return decodeBase64(part.body);
  if (encoding.startsWith('quoted')) return decodeQuotedPrintable(part.body);
  return Buffer.from(part.body, 'latin1');
}

export function textOf(part: MimePart): string {
  return decodeText(bytesOf(part), part.params.charset).replace(/\r\n?/g, '\n');
}

interface Place {
  readonly depth: number;
  readonly budget: { parts: number };
}

function readPart(source: string, place: Place): MimePart {
  place.budget.parts -= 1;
  const { head, body } = splitHead(source);
  const headers = readHeaders(head);
  const { type, params } = readContentType(headers.find((header) => header.name === 'content-type')?.value ?? '');
  const part = { headers, type, params, body };
  return { ...part, children: readChildren({ ...part, children: [] }, place) };
}

function readChildren(part: MimePart, { depth, budget }: Place): MimePart[] {
  if (depth >= MAX_DEPTH) return [];
  return childSources(part)
    .slice(0, Math.max(0, budget.parts))
    .map((source) => readPart(source, { depth: depth + 1, budget }));
}

function childSources(part: MimePart): string[] {
  const { type, params, body } = part;
  if (type === 'message/rfc822' || type === 'message/global' || type === 'text/rfc822-headers') {
    return [bytesOf(part).toString('latin1').trimStart()];
  }
  if (!type.startsWith('multipart/') || !params.boundary) return [];
  return splitAtBoundary(body, params.boundary);
}

// Mailbox exports begin with a "From " line; a body without any header is all body.
function splitHead(source: string): { head: string; body: string } {
  const start = /^(?:>?From [^\n]*\n|\s*\n)*/.exec(source)?.[0].length ?? 0;
  const trimmed = source.slice(start);
  // Stricter than the RFC: `{"a": 1}` is no header.
  if (!/^[A-Za-z0-9][\w.-]*[ \t]*:/.test(trimmed)) return { head: '', body: source };

  const end = /\r?\n\r?\n/.exec(trimmed);
  if (end === null) return { head: trimmed, body: '' };
  return { head: trimmed.slice(0, end.index), body: trimmed.slice(end.index + end[0].length) };
}

function readHeaders(head: string): MimeHeader[] {
  const headers: { name: string; value: string }[] = [];
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    if (colon > 0)
      headers.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
    // A folded line that lost its white space.
    else if (last !== undefined) last.value += ` ${line.trim()}`;
  }
  return headers;
}

// No header of honest mail comes near; beyond it nothing is read, so that nothing can take long.
const MAX_CONTENT_TYPE = 4_000;

function readContentType(given: string): { type: string; params: Record<string, string> } {
  const value = given.slice(0, MAX_CONTENT_TYPE).replace(/\s+/g, ' ');
  const type = (value.split(/[;\s]/, 1)[0] ?? '').toLowerCase();
  const params: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of value.matchAll(
    /[;\s]\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/g,
  )) {
    params[name.toLowerCase()] ??= quoted ?? bare ?? '';
  }
  return { type: type === '' ? 'text/plain' : type, params };
}

function splitAtBoundary(body: string, boundary: string): string[] {
  const sources: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split('\n')) {
    const bare = line.trimEnd();
    if (bare !== `--${boundary}` && bare !== `--${boundary}--`) {
      current?.push(line);
      continue;
    }
    if (current !== undefined) sources.push(current.join('\n'));
    current = bare.endsWith('--') && bare !== `--${boundary}` ? undefined : [];
  }
  if (current !== undefined && current.length > 0) sources.push(current.join('\n'));
  return sources;
}
