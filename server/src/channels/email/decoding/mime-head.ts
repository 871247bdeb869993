export interface MimeHeader {
  /** Lower case. */
  readonly name: string;
  /** Unfolded; bytes kept one to a character. */
  readonly value: string;
}

export interface SplitPart {
  readonly headers: readonly MimeHeader[];
  readonly body: string;
}

/**
 * A part's own headers and what follows them. Read too: a byte order mark before them, lines that end with a bare CR, the
 * "From " line of mailbox exports, lost folds. What does not begin with a header is all body.
 */
export function splitHead(given: string): SplitPart {
  const source = withLineFeeds(given.startsWith('\u00ef\u00bb\u00bf') ? given.slice(3) : given);
  const start = skipBeforeHeaders(source);
  // Stricter than the RFC: `{"a": 1}` is no header.
  HEADER.lastIndex = start;
  if (!HEADER.test(source)) return { headers: [], body: source };

  const headers: { name: string; value: string }[] = [];
  let at = start;
  while (at < source.length) {
    const end = lineEnd(source, at);
    const line = withoutReturns(source.slice(at, end));
    at = end + 1;
    if (line === '') break;
    addLine(headers, line);
  }
  return { headers, body: source.slice(at) };
}

const HEADER = /[A-Za-z0-9][\w.-]*[ \t]*:/y;

// Old Macs, and programs that write what they did, end lines with CR alone.
function withLineFeeds(source: string): string {
  const first = source.indexOf('\r');
  if (first === -1) return source;
  const feed = source.indexOf('\n');
  if (feed !== -1 && feed < first) return source;
  let next = first;
  while (source[next] === '\r') next += 1;
  return source[next] === '\n' ? source : source.replace(/\r\n?/g, '\n');
}

function skipBeforeHeaders(source: string): number {
  let at = 0;
  while (at < source.length) {
    const end = lineEnd(source, at);
    const isExport = source.startsWith('From ', at) || source.startsWith('>From ', at);
    if (!isExport && source.slice(at, end).trim() !== '') break;
    at = end + 1;
  }
  return Math.min(at, source.length);
}

function addLine(headers: { name: string; value: string }[], line: string): void {
  const colon = line.indexOf(':');
  const last = headers.at(-1);
  const isFold = line.startsWith(' ') || line.startsWith('\t');
  if (!isFold && colon > 0) {
    headers.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
    return;
  }
  // Folded, or a folded line that lost its white space.
  if (last !== undefined) last.value += ` ${line.trim()}`;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  return end === line.length ? line : line.slice(0, end);
}
