import { decodeText } from './decode.ts';
import { decodeHeader } from './encoded-words.ts';

/** A header such as Content-Type: what it says first, and its parameters; bytes kept one to a character. */
export interface Structured {
  /** Lower case; '' when there is none. */
  readonly value: string;
  readonly params: Readonly<Record<string, string>>;
}

// No header of honest mail comes near; beyond it nothing is read, so that nothing can take long.
const MAX_LENGTH = 4_000;

const PARAMETER = /[;\s]\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/g;

/** Any text is read, and what is no parameter passed over: an empty type, `; name="a.jpg"`. */
export function readStructured(given: string): Structured {
  const text = given.slice(0, MAX_LENGTH).replace(/\s+/g, ' ').trim();
  const params: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of ` ${text}`.matchAll(PARAMETER)) {
    params[name.toLowerCase()] ??= quoted ?? bare ?? '';
  }
  return { value: (text.split(/[;\s]/, 1)[0] ?? '').toLowerCase(), params };
}

/** A parameter as text, however it was written: plain, in encoded words, or by RFC 2231 with its pieces. '' when it is not there. */
export function parameterText({ params }: Structured, name: string, declared: string | undefined): string {
  const extended = readExtended(params, name, declared);
  if (extended !== '') return extended;
  return decodeHeader((params[name] ?? '').replace(/\\(["\\])/g, '$1'), declared);
}

const MAX_PIECES = 100;

function readExtended(params: Structured['params'], name: string, declared: string | undefined): string {
  const pieces = piecesOf(params, name);
  const [first] = pieces;
  if (first === undefined) return '';
  const [, label, rest] = (first.isEncoded && /^([^']*)'[^']*'(.*)$/s.exec(first.text)) || [];
  const texts = pieces.map(({ text, isEncoded }, index) => {
    const raw = index === 0 && rest !== undefined ? rest : text;
    return isEncoded ? bytesOfPercent(raw) : raw;
  });
  return decodeText(Buffer.from(texts.join(''), 'latin1'), label || declared);
}

interface Piece {
  readonly text: string;
  readonly isEncoded: boolean;
}

function piecesOf(params: Structured['params'], name: string): Piece[] {
  const whole = params[`${name}*`];
  if (whole !== undefined) return [{ text: whole, isEncoded: true }];
  const pieces: Piece[] = [];
  for (let number = 0; number < MAX_PIECES; number += 1) {
    const encoded = params[`${name}*${number}*`];
    const plain = params[`${name}*${number}`];
    if (encoded !== undefined) pieces.push({ text: encoded, isEncoded: true });
    else if (plain !== undefined) pieces.push({ text: plain, isEncoded: false });
    else break;
  }
  return pieces;
}

// Bytes, not letters: what they mean depends on the charset.
function bytesOfPercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
