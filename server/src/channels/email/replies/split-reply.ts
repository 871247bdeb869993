import {
  beginsHead,
  isBareHead,
  isForwardMark,
  isHeadBlock,
  isOriginalMark,
  isQuoteHead,
  isSureHead,
} from './quote-marks.ts';
import { isClosing, isDeviceLine, isSignatureBelow, isSignatureMark } from './signature-marks.ts';

export interface SplitReply {
  /** What the writer wrote now; of a message that is only sent on, what was sent on. */
  readonly fresh: string;
  /** '' when nothing is quoted. */
  readonly quoted: string;
  readonly signature: string;
}

type Kind = 'fresh' | 'quoted' | 'signature';

/**
 * Parts a letter's own words from what it quotes, above, below or between them, and from its signature: the forms of common mail
 * programs in English, Polish, Spanish, Portuguese, Italian and the languages around them. In a time that grows with its length.
 */
export function splitReply(text: string): SplitReply {
  const lines = text.split('\n');
  const { kinds, isForwarded } = kindsOf(lines);
  markSignature(lines, kinds);
  const partOf = (kind: Kind) => tidy(lines.filter((_, place) => kinds[place] === kind));
  const fresh = partOf('fresh');
  const quoted = partOf('quoted');
  // A letter of nothing but a greeting is no signature, and one sent on without a word says what was sent on.
  if (fresh === '' && partOf('signature') !== '' && quoted === '') return { fresh: tidy(lines), quoted, signature: '' };
  if (fresh === '' && isForwarded) return { fresh: quoted, quoted: '', signature: partOf('signature') };
  return { fresh, quoted, signature: partOf('signature') };
}

function kindsOf(lines: readonly string[]): { kinds: Kind[]; isForwarded: boolean } {
  const kinds: Kind[] = lines.map(() => 'fresh');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isMarked(line)) {
      kinds[at] = 'quoted';
      continue;
    }
    const isForwarded = isForwardMark(line);
    if (isForwarded || isOriginalMark(line) || isHeadBlock(lines, at)) {
      kinds.fill('quoted', beforeRule(lines, at));
      return { kinds, isForwarded };
    }
    const told = headLength(lines, at);
    const head = told === 0 && isBareHead(line) ? 1 : told;
    if (head === 0) continue;
    const isBelowMarked = isMarked(nextSaid(lines, at + head));
    if (!isBelowMarked && (told === 0 || !isSureHead(lines.slice(at, at + head).join(' ')))) continue;
    if (!isBelowMarked) {
      kinds.fill('quoted', at);
      break;
    }
    kinds.fill('quoted', at, at + head);
    at += head - 1;
  }
  return { kinds, isForwarded: false };
}

function isMarked(line: string): boolean {
  return /^\s{0,3}[>＞]/.test(line);
}

// "On … wrote:" is broken over up to three lines.
function headLength(lines: readonly string[], at: number): number {
  if ((lines[at] ?? '').trim() === '') return 0;
  for (const count of [1, 2, 3]) {
    const joined = lines.slice(at, at + count);
    if (joined.slice(1).some((line) => line.trim() === '' || isMarked(line))) return 0;
    if (!isQuoteHead(joined.join(' '))) continue;
    // The first of the lines is none of it when the others are enough.
    const isBegun = count === 1 || beginsHead(joined[0] ?? '');
    return isBegun || !isQuoteHead(joined.slice(1).join(' ')) ? count : 0;
  }
  return 0;
}

function nextSaid(lines: readonly string[], from: number): string {
  return lines.slice(from, from + 4).find((line) => line.trim() !== '') ?? '';
}

// The line of underscores that Outlook draws above.
function beforeRule(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && (lines[start - 1] ?? '').trim() === '' && at - start < 3) start -= 1;
  return /^\s*[_-]{8,}\s*$/.test(lines[start - 1] ?? '') ? start - 1 : at;
}

const MOST_BELOW = 15;

function markSignature(lines: readonly string[], kinds: Kind[]): void {
  const start = signatureStart(lines, kinds);
  for (let at = start; at < lines.length && kinds[at] === 'fresh'; at += 1) kinds[at] = 'signature';
}

function signatureStart(lines: readonly string[], kinds: readonly Kind[]): number {
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (kinds[at] !== 'fresh') continue;
    if (isSignatureMark(line)) return at;
    if (!isClosing(line) && !isDeviceLine(line)) continue;
    const below = linesBelow(lines, kinds, at);
    if (below.length <= MOST_BELOW && isSignatureBelow(line, below)) return at;
  }
  return lines.length;
}

function linesBelow(lines: readonly string[], kinds: readonly Kind[], at: number): string[] {
  const below: string[] = [];
  for (let next = at + 1; next < lines.length && kinds[next] === 'fresh' && below.length <= MOST_BELOW; next += 1) {
    const line = lines[next] ?? '';
    if (line.trim() !== '') below.push(line);
  }
  return below;
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
