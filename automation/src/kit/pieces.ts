/** Work that stops between its pieces, so that whoever does it may let others have a turn; what it returns is its result. */
export type Pieces<T> = Generator<void, T, void>;

/** Does the work without stopping. */
export function inOneGo<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
