/** How long those who pour wait, so that the last client comes with the last kill, however slow the machine is. */
export interface Pace {
  killed(): void;
  pauseMs(waiting: number): number;
}

interface Plan {
  readonly kills: number;
  /** How long the other faults take together. */
  readonly faultsMs: number;
  readonly width: number;
  readonly now?: () => number;
}

/** From kill to kill on a quiet machine, the start in between included: until the first has been seen. */
const FIRST_GUESS_MS = 1_700;

export function createPace({ kills, faultsMs, width, now = Date.now }: Plan): Pace {
  const began = now();
  let done = 0;
  return {
    killed() {
      done += 1;
    },
    pauseMs(waiting) {
      const perKill = done === 0 ? FIRST_GUESS_MS + faultsMs / kills : (now() - began) / done;
      return (Math.max(0, kills - done) * perKill * width) / Math.max(1, waiting);
    },
  };
}
