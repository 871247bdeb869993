import { RE2JS } from 're2js';

export interface Pattern {
  /** Steps that it may take for each letter of a text. */
  readonly parts: number;
  isFoundIn(text: string): boolean;
}

/** A large pattern takes milliseconds to read: those read last are kept, of so many parts together. */
const PARTS_KEPT = 20_000;
const kept = new Map<string, Pattern>();
let partsKept = 0;

/** The pattern as it is compared; throws what is wrong with it. */
export function readPattern(written: string, { matchCase }: { readonly matchCase: boolean }): Pattern {
  const key = `${matchCase ? 'A' : 'a'}${written}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const compiled = RE2JS.compile(written.normalize('NFC'), matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  // `find` goes step by step; `test` may keep thousands of states of a pattern, which takes longer and much memory.
  const pattern = { parts: compiled.programSize(), isFoundIn: (text: string) => compiled.matcher(text).find() };
  keep(key, pattern);
  return pattern;
}

function keep(key: string, pattern: Pattern): void {
  if (pattern.parts > PARTS_KEPT) return;
  kept.set(key, pattern);
  partsKept += pattern.parts;
  for (const [oldest, { parts }] of kept) {
    if (partsKept <= PARTS_KEPT) return;
    kept.delete(oldest);
    partsKept -= parts;
  }
}
