import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import { partsOf } from '@signalbox/automation/kit/conditions/conditions.ts';
import type { Tx } from '../../../platform/db.ts';
import { findOddLetters } from './find-few.store.ts';

/**
 * Tells of which texts the database finds every way of writing them by `lower()`, whatever its locale: a trigger folds case
 * as JavaScript does, and nothing that a trigger would find may be missing from a list.
 */
export async function loadPlainLetters(tx: Tx, condition: Condition): Promise<(text: string) => boolean> {
  const letters = new Set(textsOf(condition).flatMap((text) => [...lowerOf(text)]));
  const odd = new Set(
    await findOddLetters(
      tx,
      [...letters].flatMap((lower) => {
        const written = writings().get(lower);
        return written === undefined ? [] : [{ lower, written: [lower, ...written].join('') }];
      }),
    ),
  );
  return (text) => text.isWellFormed() && [...lowerOf(text)].every((letter) => !odd.has(letter) && !never.has(letter));
}

/** As semantics.md 6 compares texts. */
export function lowerOf(text: string): string {
  return text.toLocaleLowerCase('en');
}

// Nothing, a sigma that depends on its place in the word, and the dot that a Turkish capital leaves behind.
const never: ReadonlySet<string> = new Set(['\0', 'σ', 'ς', '\u0307']);

const MOST_LETTERS = 20_000;

function textsOf(condition: Condition): string[] {
  const values = partsOf(condition).flatMap(({ value }) =>
    Array.isArray(value) ? value.map(String) : [String(value)],
  );
  return values.map((text) => text.slice(0, MOST_LETTERS));
}

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** By lower case letter: the others that have it as their lower case. */
function writings(): ReadonlyMap<string, readonly string[]> {
  known ??= findWritings();
  return known;
}

const LAST_LETTER = 0x1_ff_ff;

function findWritings(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (let point = 1; point <= LAST_LETTER; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const lower = lowerOf(letter);
    if (lower !== letter && [...lower].length === 1) found.set(lower, [...(found.get(lower) ?? []), letter]);
  }
  return found;
}
