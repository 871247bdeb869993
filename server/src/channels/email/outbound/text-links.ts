import { isWebAddress } from './html-links.ts';

export interface TextPiece {
  readonly text: string;
  readonly isLink: boolean;
}

// Up to a blank, an angle, a double quote, or a mark that ends a sentence in Chinese or Japanese.
const CANDIDATE = /\bhttps?:\/\/[^\s<>"“”«»，。；！？、）】」』》]+/gi;

/**
 * A plain text in pieces, its web addresses apart: as long as readers' mail programs take them, so with brackets that were
 * opened inside, and without the mark that ends the sentence.
 */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const isBetweenAngles = text[index - 1] === '<' && text[index + candidate.length] === '>';
    const url = isBetweenAngles ? candidate : candidate.slice(0, lengthOf(candidate));
    if (!isWebAddress(url)) continue;
    pieces.push({ text: text.slice(at, index), isLink: false }, { text: url, isLink: true });
    at = index + url.length;
  }
  return [...pieces, { text: text.slice(at), isLink: false }].filter((piece) => piece.text !== '');
}

const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

// A bracket at the end belongs to the address if it was opened in it: `Signal_(band)`, but `(see https://shop.example/offer)`.
function lengthOf(url: string): number {
  const open = new Map<string, number>();
  for (const sign of url) open.set(sign, (open.get(sign) ?? 0) + 1);
  let length = url.length;
  for (; length > 0; length -= 1) {
    const last = url.charAt(length - 1);
    const opener = opening[last];
    if (opener === undefined ? !/[.,;:!?'’‘*_~]/.test(last) : (open.get(opener) ?? 0) >= (open.get(last) ?? 0)) break;
    open.set(last, (open.get(last) ?? 0) - 1);
  }
  return length;
}
