export interface Clock {
  now(): Date;
}

export interface TestClock extends Clock {
  set(instant: Date | string): void;
  advance(milliseconds: number): void;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until a test moves it. */
export function createTestClock(start: Date | string = '2026-01-05T09:00:00Z'): TestClock {
  let millis = new Date(start).getTime();
  return {
    now: () => new Date(millis),
    set: (instant) => {
      millis = new Date(instant).getTime();
    },
    advance: (milliseconds) => {
      millis += milliseconds;
    },
  };
}
