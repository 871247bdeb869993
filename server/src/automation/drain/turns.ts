import { setTimeout as sleep } from 'node:timers/promises';

/** Whom this process serves, so that backlogs give way to whoever comes between (semantics.md 1.4). */
export interface Turns {
  /** The workspace has something that somebody waits for. */
  note(workspaceId: number): void;
  /** Does what somebody waits for, as far as can be known: backlogs of others rest meanwhile. */
  serve<T>(workspaceId: number, work: () => Promise<T>): Promise<T>;
  /** Does a piece of a backlog: at once when no other workspace is lively, else one piece in the process at a time, with a rest after it. */
  share<T>(workspaceId: number, piece: () => Promise<T>): Promise<T>;
  /** Whether other workspaces have had something lately. */
  areOthersLively(workspaceId: number): boolean;
}

/** Who has had something lately may have more any moment. */
const LIVELY_MS = 500;
/** Nobody with a backlog rests for longer than this at a time. */
const LONGEST_REST_MS = 100;
/** A piece that takes longer, such as one that waits for a lock, keeps no other from beginning. */
const LONGEST_PIECE_MS = 1_000;

/** By what a process tells how long something took. */
export interface TurnsClock {
  /** Milliseconds that never go back. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

const processClock: TurnsClock = {
  now: () => performance.now(),
  sleep: (ms) => sleep(ms, undefined, { ref: false }),
};

export function createTurns(clock: TurnsClock = processClock): Turns {
  const noted = new Map<number, number>();
  const served = new Map<number, number>();
  let lane: Promise<unknown> = Promise.resolve();

  const areOthersLively = (workspaceId: number) => {
    for (const [id, at] of noted) if (clock.now() - at > LIVELY_MS) noted.delete(id);
    return [...noted.keys()].some((id) => id !== workspaceId);
  };
  // As long as others need, at most as long as the piece took: fair by time, and no backlog stands still.
  const rest = async (workspaceId: number, tookMs: number) => {
    const end = clock.now() + Math.min(tookMs, LONGEST_REST_MS);
    while (clock.now() < end && [...served.keys()].some((id) => id !== workspaceId)) await clock.sleep(1);
  };
  return {
    areOthersLively,
    note: (workspaceId) => void noted.set(workspaceId, clock.now()),
    async serve(workspaceId, work) {
      served.set(workspaceId, (served.get(workspaceId) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const others = (served.get(workspaceId) ?? 1) - 1;
        if (others > 0) served.set(workspaceId, others);
        else served.delete(workspaceId);
      }
    },
    share(workspaceId, piece) {
      if (!areOthersLively(workspaceId)) return piece();
      const done = lane.then(async () => {
        const began = clock.now();
        return { ended: await settle(piece), tookMs: clock.now() - began };
      });
      lane = Promise.race([
        done.then(({ tookMs }) => rest(workspaceId, tookMs)),
        lane.then(() => clock.sleep(LONGEST_PIECE_MS)),
      ]);
      return done.then(({ ended }) => ended());
    },
  };
}

/** What has become of it, to be answered or thrown when it is asked for. */
async function settle<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const result = await work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
