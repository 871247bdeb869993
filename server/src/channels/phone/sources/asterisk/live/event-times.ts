/** When events happened, in steady time of ours. */
export interface EventTimes {
  /** `stamp`: seconds by the exchange's own clock, if it writes them (timestampevents in manager.conf). */
  at(stamp: string | undefined): Date;
}

const MOST_BEHIND_MS = 10 * 60_000;

/**
 * Neither clock is believed alone: ours may jump while somebody talks, the exchange's may be wrong, and events may have waited on the way. Time runs
 * on evenly from when this was made; the exchange's stamps say how long before now it was.
 */
export function createEventTimes({ now }: { now(): Date }, ticks: () => number = () => performance.now()): EventTimes {
  const [began, zero] = [now().getTime(), ticks()];
  let offset: number | undefined;
  return {
    at(stamp) {
      const arrived = began + ticks() - zero;
      const stamped = Number(stamp) * 1_000;
      if (stamp === undefined || !Number.isFinite(stamped)) return new Date(arrived);
      // The least delay that was ever seen is none.
      if (offset === undefined || arrived - stamped < offset || arrived - stamped - offset > MOST_BEHIND_MS)
        offset = arrived - stamped;
      return new Date(stamped + offset);
    },
  };
}
