/** So long a group waits for those who came last time: who is answered calls again within that, if at all. */
const PATIENCE_MS = 2;
/** After such a pause nobody is waited for. */
const PAUSE_MS = 10;
/** More together are hardly cheaper for each. */
const MOST_EXPECTED = 50;

interface Handling<T> {
  /** Takes the next group from the beginning of those who wait. */
  take(waiting: T[]): readonly T[];
  /** Does what the group wants; never rejects. */
  handle(group: readonly T[]): Promise<void>;
}

/**
 * Hands on in groups whoever comes: one group at a time, while the next gathers. Callers who are answered together call again
 * together, one shortly after the other: the next group waits a moment for as many as there were, so that they do not fall apart into
 * two that take turns, at twice the cost. Who comes alone waits for nobody.
 */
export function inGroups<T>({ take, handle }: Handling<T>): (one: T) => void {
  const waiting: T[] = [];
  let expected = 1;
  let endedAt = Number.NEGATIVE_INFINITY;
  let isWorking = false;
  let goOn = () => {};

  const work = async () => {
    while (waiting.length > 0) {
      if (waiting.length < expected && performance.now() - endedAt < PAUSE_MS) await gather();
      const group = take(waiting);
      await handle(group);
      expected = Math.min(group.length + waiting.length, MOST_EXPECTED);
      endedAt = performance.now();
    }
    isWorking = false;
  };
  const gather = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return (one) => {
    waiting.push(one);
    if (waiting.length >= expected) goOn();
    if (isWorking) return;
    isWorking = true;
    // Whoever arrives in the same turn of the event loop is in the same group.
    setImmediate(work);
  };
}
