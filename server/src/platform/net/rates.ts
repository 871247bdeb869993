export interface RateLimit {
  /** So many in a window of so long. */
  readonly most: number;
  readonly windowMs: number;
}

/** How many there may be remembered: what is oldest is forgotten first. */
const MAX_KEYS = 20_000;

/** Counts what comes, key by key; `nowMs` only grows. */
export function createRates({ most, windowMs }: RateLimit, nowMs: () => number) {
  const counts = new Map<string, { count: number; readonly until: number }>();
  const current = (key: string) => {
    const found = counts.get(key);
    return found !== undefined && found.until > nowMs() ? found : undefined;
  };
  return {
    /** One more; false when it is one too many. */
    add(key: string): boolean {
      const found = current(key);
      if (found !== undefined) {
        found.count += 1;
        return found.count <= most;
      }
      counts.delete(key);
      const [oldest] = counts.size >= MAX_KEYS ? counts.keys() : [];
      if (oldest !== undefined) counts.delete(oldest);
      counts.set(key, { count: 1, until: nowMs() + windowMs });
      return most >= 1;
    },
    isOver: (key: string): boolean => (current(key)?.count ?? 0) >= most,
  };
}

export type Rates = ReturnType<typeof createRates>;
