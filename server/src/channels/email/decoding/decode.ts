import iconv from 'iconv-lite';

/**
 * Text of bytes whose charset label may be missing, unknown or a lie. Runs of bytes are judged, not the whole: one bad byte,
 * or a letter cut in half, costs that letter and nothing else. Never throws; its time grows with the length alone.
 */
export function decodeText(bytes: Buffer, label: string | undefined): string {
  const named = knownCharset(label);
  const escapes = bytes.includes('\u001b$') ? ['iso-2022-jp'] : isMislabelled(bytes, named[0]) ? ['utf-8'] : [];
  for (const charset of [...escapes, ...named, 'utf-8']) {
    const text = decodeStrictly(bytes, charset);
    if (text !== undefined) return text;
  }
  return nearlyAll(bytes, named[0]) ?? decodeRuns(bytes);
}

/** What an HTML text says about its own charset. */
export function metaCharset(bytes: Buffer): string | undefined {
  return /<meta[^<>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(bytes.toString('latin1', 0, 2_000))?.[1];
}

/** The charset of a label as those write it who know it; undefined for none, for ASCII and for what nobody knows. */
export function knownCharset(label: string | undefined): [string] | [] {
  const named = (label ?? '').trim().toLowerCase();
  return named === '' || isAscii(named) || !isKnown(named) ? [] : [named];
}

/** What PostgreSQL can keep: no NUL, no half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

export function decodeBase64(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/=_-]/g, ''), 'base64');
}

export function decodeQuotedPrintable(text: string): Buffer {
  // Only from the first blank of a run: else a long run is tried from each of its blanks.
  const joined = text.replace(/(?<![ \t])[ \t]+(\r?\n)/g, '$1').replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function isAscii(label: string): boolean {
  return /^(us-?)?ascii$/.test(label) || label === 'ansi_x3.4-1968' || label === 'ansi_x3.110-1983';
}

function isKnown(label: string): boolean {
  return isOfPlatform(label) || iconv.encodingExists(label);
}

function isOfPlatform(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

function decodeStrictly(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // Either the label is none that the platform knows, or the bytes are not in it.
    if (charset === 'utf-8' || !iconv.encodingExists(charset)) return undefined;
    const text = iconv.decode(bytes, charset);
    return text.includes('\ufffd') ? undefined : text;
  }
}

// What any text is in that nobody thought about; whoever wrote `Ã©` in it meant the two bytes of one letter.
function isMislabelled(bytes: Buffer, charset: string | undefined): boolean {
  if (charset === undefined || !/^(iso-8859-15?|latin-?1|windows-1252|cp-?1252)$/.test(charset)) return false;
  const text = decodeStrictly(bytes, 'utf-8');
  return text !== undefined && /[^\0-\x7f]/.test(text) && !/[^\0-\u017f\u2000-\u20cf\u2122\ufeff]/u.test(text);
}

const MOST_LOST = 1 / 20;

// A charset of several bytes a letter (Chinese, Japanese, Korean) of which a few are broken.
function nearlyAll(bytes: Buffer, charset: string | undefined): string | undefined {
  if (charset === undefined || /^utf-?8$/.test(charset)) return undefined;
  const text = isOfPlatform(charset) ? new TextDecoder(charset).decode(bytes) : iconv.decode(bytes, charset);
  const strange = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  return text.split('\ufffd').length - 1 <= Math.max(1, strange * MOST_LOST) ? text : undefined;
}

// Line by line: what is UTF-8 is read so, a byte between as one of windows-1252, the usual truth behind a missing label in Europe.
function decodeRuns(bytes: Buffer): string {
  const textEnd = bytes.length - blanksAtEnd(bytes);
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    lines.push(decodeLine(bytes.subarray(start, end), textEnd - start));
    start = end;
  }
  return lines.join('');
}

function decodeLine(bytes: Buffer, textEnd: number): string {
  const runs = runsOf(bytes, textEnd);
  const count = (wanted: Run['kind']) =>
    runs.reduce((sum, { kind, letters }) => sum + (kind === wanted ? letters : 0), 0);
  // By chance two bytes of another charset look like a letter of UTF-8.
  if (count('utf-8') * MOST_STRANGE < count('strange') + count('cut')) return iconv.decode(bytes, 'win1252');
  return runs
    .map(({ kind, start, end }) => {
      if (kind === 'cut') return '\ufffd';
      return kind === 'utf-8'
        ? bytes.toString('utf8', start, end)
        : iconv.decode(bytes.subarray(start, end), 'win1252');
    })
    .join('');
}

const MOST_STRANGE = 2;

interface Run {
  /** `cut`: the beginning of a letter whose end is missing. */
  readonly kind: 'utf-8' | 'strange' | 'cut';
  readonly start: number;
  end: number;
  /** Beyond ASCII. */
  letters: number;
}

function runsOf(bytes: Buffer, textEnd: number): Run[] {
  const runs: Run[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { kind, size } = letterAt(bytes, at, textEnd);
    let last = runs.at(-1);
    if (last === undefined || last.kind !== kind || kind === 'cut') {
      last = { kind, start: at, end: at, letters: 0 };
      runs.push(last);
    }
    last.end = at + size;
    if ((bytes[at] ?? 0) >= 0x80) last.letters += 1;
    at += size;
  }
  return runs;
}

function letterAt(bytes: Buffer, at: number, textEnd: number): { kind: Run['kind']; size: number } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { kind: 'utf-8', size: 1 };
  const size = sizeOf(lead);
  if (size === 0) return { kind: 'strange', size: 1 };
  let found = 1;
  while (found < size && isNext(bytes, { at, lead, found })) found += 1;
  if (found === size) return { kind: 'utf-8', size };
  // An `é` of Latin-1 begins as a letter of three bytes does; only at the end of the text it is more likely that one was cut.
  return found > 1 || at + 1 === textEnd ? { kind: 'cut', size: found } : { kind: 'strange', size: 1 };
}

function sizeOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// Neither overlong, nor half of a surrogate pair, nor beyond Unicode.
const secondBytes: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

function isNext(bytes: Buffer, { at, lead, found }: { at: number; lead: number; found: number }): boolean {
  const byte = bytes[at + found] ?? 0;
  const [least, most] = (found === 1 ? secondBytes[lead] : undefined) ?? [0x80, 0xbf];
  return byte >= least && byte <= most;
}

function blanksAtEnd(bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length && (bytes[bytes.length - 1 - count] ?? 0) <= 0x20) count += 1;
  return count;
}
