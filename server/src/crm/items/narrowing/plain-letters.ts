import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import { partsOf } from '@signalbox/automation/kit/conditions/conditions.ts';
import type { Pieces } from '@signalbox/automation/kit/pieces.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { inPieces } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { findOddLetters } from './find-few.store.ts';

/**
 * Tells of which texts the database finds every way of writing them by `signalbox_normal`, whatever its locale: a trigger folds case
 * and composes letters as JavaScript does, and nothing that a trigger would find may be missing from a list.
 */
export async function loadPlainLetters(tx: Tx, condition: Condition): Promise<(text: string) => boolean> {
  const letters = new Set(textsOf(condition).flatMap((text) => [...foldedText(text)]));
  letters.delete(' ');
  const known = await writings();
  const odd = new Set(
    await findOddLetters(
      tx,
      [...letters].flatMap((letter) => writingsOf(letter, known)),
    ),
  );
  return (text) =>
    text.isWellFormed() && [...foldedText(text)].every((letter) => !odd.has(letter) && !never.has(letter));
}

// Nothing, and the dot that a Turkish capital leaves behind.
const never: ReadonlySet<string> = new Set(['\0', '\u0307']);

const MOST_LETTERS = 20_000;

function textsOf(condition: Condition): string[] {
  const values = partsOf(condition).flatMap(({ value }) =>
    Array.isArray(value) ? value.map(String) : [String(value)],
  );
  return values.map((text) => text.slice(0, MOST_LETTERS));
}

type Writings = ReadonlyMap<string, readonly string[]>;

function writingsOf(folded: string, known: Writings): { folded: string; written: string }[] {
  if (never.has(folded)) return [];
  const letters = [folded, ...(known.get(folded) ?? [])];
  // Composed and decomposed.
  const written = new Set(letters.flatMap((letter) => [letter, letter.normalize('NFD')]));
  return written.size === 1 ? [] : [...written].map((one) => ({ folded, written: one }));
}

let found: Promise<Writings> | undefined;

/** By letter as it is folded: the others that are folded so. Found once, which takes a tenth of a second. */
function writings(): Promise<Writings> {
  found ??= inPieces(findWritings());
  return found;
}

const LAST_LETTER = 0x1_ff_ff;
const PIECE = 0x4_00;

function* findWritings(): Pieces<Writings> {
  const byFolded = new Map<string, string[]>();
  for (let point = 1; point <= LAST_LETTER; point += 1) {
    if (point % PIECE === 0) yield;
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const folded = foldedText(letter);
    if (folded !== letter && [...folded].length === 1) byFolded.set(folded, [...(byFolded.get(folded) ?? []), letter]);
  }
  return byFolded;
}
