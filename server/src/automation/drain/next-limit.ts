interface Taken {
  /** What the batch might have taken. */
  readonly limit: number;
  /** How many it decided. */
  readonly count: number;
  readonly most: number;
}

/** What a backlog takes at least, where nothing has failed. */
export const FEWEST = 50;

/**
 * How many the next batch takes: twice as many as far as that goes. One that ended early, as each does behind a late move, ends early
 * again: what it took in vain was read for nothing, and would be each time.
 */
export function nextLimit({ limit, count, most }: Taken): number {
  return Math.min(limit * 2, Math.max(count, FEWEST) * 2, most);
}
