import iconv from 'iconv-lite';

/** Text of bytes whose charset label may be missing, unknown or a lie: it never throws, and prefers no replacement character. */
export function decodeText(bytes: Buffer, label: string | undefined): string {
  const named = (label ?? '').trim().toLowerCase();
  const escapes = bytes.includes('\u001b$') ? ['iso-2022-jp'] : [];
  const candidates = [...escapes, ...(named === '' || isAscii(named) ? [] : [named]), 'utf-8'];
  for (const charset of candidates) {
    const text = decodeStrictly(bytes, charset);
    if (text !== undefined) return text;
  }
  // Every byte means something in windows-1252, the usual truth behind a missing label in Europe.
  return iconv.decode(bytes, 'windows-1252');
}

/** A raw header (bytes kept one to a character) with its encoded words (RFC 2047) read, whatever their labels say. */
export function decodeHeader(source: string): string {
  const joined = source.replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1');
  const pieces = joined.split(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)/i);
  return pieces.map((piece) => decodeWord(piece) ?? decodeText(Buffer.from(piece, 'latin1'), undefined)).join('');
}

function decodeWord(word: string): string | undefined {
  const [, label, encoding, text] = /^=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=$/i.exec(word) ?? [];
  if (label === undefined || encoding === undefined || text === undefined) return undefined;
  const bytes = encoding.toLowerCase() === 'b' ? decodeBase64(text) : decodeQuotedPrintable(text.replaceAll('_', ' '));
  return decodeText(bytes, label);
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
  return /^(us-)?ascii$/.test(label) || label === 'ansi_x3.4-1968';
}

function decodeStrictly(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // Either the label is none that the platform knows, or the bytes are not in it.
    return decodeLoosely(bytes, charset);
  }
}

function decodeLoosely(bytes: Buffer, charset: string): string | undefined {
  if (charset === 'utf-8' || !iconv.encodingExists(charset)) return undefined;
  const text = iconv.decode(bytes, charset);
  return text.includes('\ufffd') ? undefined : text;
}
