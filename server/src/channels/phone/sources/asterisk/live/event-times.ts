/** When events happened, in steady time of ours. */
export interface EventTimes {
  /** `stamp`: seconds by the exchange's own clock, if it writes them (timestampevents in manager.conf). */
  at(stamp: string | undefined): Date;
}

const MOST_BEHIND_MS = 10 * 60_000;
/** The least delay is that of the last ten minutes: two clocks drift apart, and one of them may be put right. */
const WINDOW_MS = 5 * 60_000;
/** What our clock was put right by that is worth a step. */
const STEP_MS = 1_000;
/** Beyond the year 5000 nothing is a time. */
const LATEST_SECONDS = 1e11;

interface Around {
  /** Steady milliseconds, whatever our clock does. */
  ticks?(): number;
  /** No call goes on that a step of the clock would make longer or shorter. */
  isIdle?(): boolean;
}

/**
 * Neither clock is believed alone: ours may jump while somebody talks, the exchange's may be wrong, and events may have waited on the way. Time runs
 * on evenly from when this was made, and is set by our clock where nobody talks; the exchange's stamps say how long before now it was.
 */
export function createEventTimes(
  { now }: { now(): Date },
  { ticks = () => performance.now(), isIdle = () => false }: Around = {},
): EventTimes {
  const zero = ticks();
  let began = now().getTime();
  let [least, leastBefore, since] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, zero];
  const set = () => {
    const ahead = now().getTime() - (began + ticks() - zero);
    if (Math.abs(ahead) < STEP_MS || !isIdle()) return;
    began += ahead;
    [least, leastBefore] = [least + ahead, leastBefore + ahead];
  };
  return {
    at(stamp) {
      set();
      const arrived = began + ticks() - zero;
      const seconds = Number(stamp);
      if (stamp === undefined || !(seconds > 0 && seconds < LATEST_SECONDS)) return new Date(arrived);
      const delay = arrived - seconds * 1_000;
      if (ticks() - since > WINDOW_MS) [leastBefore, least, since] = [least, delay, ticks()];
      // The least delay that was seen lately is none.
      least = Math.min(least, delay);
      if (delay - Math.min(least, leastBefore) > MOST_BEHIND_MS) [least, leastBefore] = [delay, delay];
      return new Date(seconds * 1_000 + Math.min(least, leastBefore));
    },
  };
}
