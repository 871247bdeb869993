import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const JUMPS_MS = [20_000, -20_000, 5_000, 0];

/** The server's clock goes forwards and back, as one does that is set by hand or by a network that disagrees. */
export const jumpingClock: Fault = {
  name: 'clock jumps',
  longMs: 12_000,
  async happen({ setClock }, forMs) {
    for (const offsetMs of JUMPS_MS) {
      setClock(offsetMs);
      await sleep(forMs / JUMPS_MS.length);
    }
    return true;
  },
};
