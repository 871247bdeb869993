/** How fast somebody may talk who shares a process with others. */
export interface Pace {
  /** After so many more: undefined, or when to hear the next. */
  after(count: number): Promise<void> | undefined;
}

/** Ten times what an exchange of a hundred calls at a time has to say. */
const A_SECOND = 5_000;

/** Whoever says more than `aSecond` in a second is heard again when that is over; what waits does so on the network. */
export function createPace(aSecond = A_SECOND, ticks: () => number = () => performance.now()): Pace {
  let [began, said] = [ticks(), 0];
  return {
    after(count) {
      const now = ticks();
      if (now - began >= 1_000) [began, said] = [now, 0];
      said += count;
      if (said < aSecond) return undefined;
      // What came at once may be more than a second's worth.
      const waitMs = (said / aSecond) * 1_000 - (now - began);
      return waitMs <= 0 ? undefined : new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    },
  };
}
