import { decodeBase64, decodeQuotedPrintable, decodeText, knownCharset } from './decode.ts';

/** No honest header is longer, and nothing shows as much; what is beyond is not read, so that nothing takes long. */
const MAX_HEADER = 64_000;

/**
 * A raw header (bytes kept one to a character) as text: raw bytes by the charset that the mail declares, then encoded words
 * (RFC 2047), whatever their labels say and however they are broken. Its time grows with the length alone.
 */
export function decodeHeader(source: string, declared?: string): string {
  return decodeWords(decodeRaw(source.slice(0, MAX_HEADER), declared));
}

/** The raw bytes of a header, its encoded words left as they are. */
export function decodeRaw(source: string, declared?: string): string {
  const bytes = Buffer.from(source, 'latin1');
  const [charset] = knownCharset(declared);
  if (charset === undefined) return decodeText(bytes, undefined);
  const utf8 = readUtf8(bytes);
  return utf8 !== undefined && isLikely(utf8, charset) ? utf8 : decodeText(bytes, charset);
}

function readUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// A few letters of another charset may by chance be UTF-8 as well; then the declared one is right.
function isLikely(text: string, charset: string): boolean {
  if (/^(gb|big5|shift|sjis|x-sjis|euc-|ks_c|cp9|ms9|windows-(31j|9))/.test(charset))
    return /[\u0800-\u{10ffff}]/u.test(text) || /^[\0-\x7f]*$/.test(text);
  return !/[A-Za-z][\u0250-\u07ff]|[\u0250-\u07ff][A-Za-z]/.test(text);
}

/** Text with its encoded words read. White space between two of them is none (RFC 2047 6.2), and a letter may begin in one and end in the next. */
export function decodeWords(text: string): string {
  const parts: string[] = [];
  const words = new Joined(parts);
  let at = 0;
  for (const word of wordsIn(text)) {
    const between = text.slice(at, word.start);
    if (at === 0 || between.trim() !== '') {
      words.end();
      parts.push(between);
    }
    words.add(word);
    at = word.end;
  }
  words.end();
  return parts.concat(text.slice(at)).join('');
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly bytes: Buffer;
}

// Words of one charset that follow each other are decoded together.
class Joined {
  readonly #parts: string[];
  #label = '';
  #bytes: Buffer[] = [];

  constructor(parts: string[]) {
    this.#parts = parts;
  }

  add({ label, bytes }: Word): void {
    if (label !== this.#label) this.end();
    this.#label = label;
    this.#bytes.push(bytes);
    // These begin anew in each word.
    if (/^(iso-2022|hz|utf-?7)/.test(label)) this.end();
  }

  end(): void {
    if (this.#bytes.length === 0) return;
    this.#parts.push(decodeText(Buffer.concat(this.#bytes), this.#label));
    this.#bytes = [];
  }
}

const BEGIN = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?/iy;

function* wordsIn(text: string): Generator<Word> {
  let at = 0;
  for (let start = text.indexOf('=?'); start !== -1; start = text.indexOf('=?', at)) {
    BEGIN.lastIndex = start;
    const [begin, label, encoding] = BEGIN.exec(text) ?? [];
    if (begin === undefined || label === undefined || encoding === undefined) {
      at = start + 2;
      continue;
    }
    const from = start + begin.length;
    const end = endOf(text, from, encoding);
    if (end === -1) return;
    at = end + 2;
    yield { start, end: at, label: label.toLowerCase(), bytes: bytesOf(text.slice(from, end), encoding) };
  }
}

// A question mark that should have been encoded ends nothing, even before an encoded sign: `ready?=20Yes?=`.
function endOf(text: string, from: number, encoding: string): number {
  const first = text.indexOf('?=', from);
  if (first === -1 || !/^q$/i.test(encoding) || !isSign(text, first + 1)) return first;
  const limit = text.indexOf('=?', first + 2);
  let end = first;
  // Never beyond the next word: else a long header is looked through from each of its words.
  while (end !== -1 && (limit === -1 || end < limit) && isSign(text, end + 1)) end = text.indexOf('?=', end + 2);
  return end === -1 || (limit !== -1 && end > limit) ? first : end;
}

function isSign(text: string, at: number): boolean {
  return /^=[0-9A-F]{2}$/.test(text.slice(at, at + 3));
}

function bytesOf(text: string, encoding: string): Buffer {
  if (/^b$/i.test(encoding)) return decodeBase64(text);
  const raw = /^[\0-\xff]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
  return decodeQuotedPrintable(raw.replaceAll('_', ' '));
}
