/** One piece of evidence, kept and shown. The weights add up; 100 is proof (semantics.md 9.1). */
export interface Evidence {
  /** Stable name of the observation: `null-sender`. */
  readonly what: string;
  /** Negative speaks against. */
  readonly weight: number;
  /** What was seen, in the words of the message or the request. */
  readonly detail: string;
}

const PROOF = 100;

export function isProven(evidence: readonly Evidence[]): boolean {
  return evidence.reduce((sum, { weight }) => sum + weight, 0) >= PROOF;
}

/** Observations of one sort together weigh at most this much: ten phrases of one text are not ten witnesses. */
export function capped(evidence: readonly Evidence[], most: number): Evidence[] {
  let left = most;
  return evidence.flatMap((piece) => {
    const weight = Math.min(piece.weight, left);
    left -= weight;
    return weight > 0 ? [{ ...piece, weight }] : [];
  });
}

export interface Clue {
  readonly what: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

/** Those clues whose pattern stands in the text, with the words that matched. */
export function findClues(clues: readonly Clue[], text: string): Evidence[] {
  return clues.flatMap(({ what, weight, pattern }) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [{ what, weight, detail: found.replace(/\s+/g, ' ').trim().slice(0, 120) }];
  });
}
