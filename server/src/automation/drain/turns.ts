import { setTimeout as sleep } from 'node:timers/promises';
import type { Courtesy } from './drain.ts';

/** Whom this process serves, so that backlogs give way to whoever comes between (semantics.md 1.4). */
export interface Turns {
  /** The workspace has something that somebody waits for. */
  note(workspaceId: number): void;
  /** The workspace is being served while `work` lasts. */
  serve<T>(workspaceId: number, work: () => Promise<T>): Promise<T>;
  /** The same for something that somebody waits for. */
  serveCaller<T>(workspaceId: number, work: () => Promise<T>): Promise<T>;
  courtesyOf(workspaceId: number): Courtesy;
  /** Nobody gives way any more. */
  stop(): void;
}

/** Who has had something lately may have more any moment. */
const LIVELY_MS = 500;
/** Nobody with a backlog gives way for longer than this at a time. */
const LONGEST_WAIT_MS = 100;

export function createTurns(): Turns {
  const noted = new Map<number, number>();
  const served = new Map<number, number>();
  let stopped = false;
  const isLively = (workspaceId: number, at: number) => {
    if (performance.now() - at < LIVELY_MS) return true;
    noted.delete(workspaceId);
    return false;
  };
  const note = (workspaceId: number) => void noted.set(workspaceId, performance.now());
  const serve = async <T>(workspaceId: number, work: () => Promise<T>) => {
    served.set(workspaceId, (served.get(workspaceId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = (served.get(workspaceId) ?? 1) - 1;
      if (others > 0) served.set(workspaceId, others);
      else served.delete(workspaceId);
    }
  };
  return {
    note,
    serve,
    serveCaller(workspaceId, work) {
      note(workspaceId);
      return serve(workspaceId, work);
    },
    courtesyOf: (workspaceId) => ({
      areOthersLively: () => [...noted].some(([id, at]) => id !== workspaceId && isLively(id, at)),
      async letOthers(forMs) {
        const end = performance.now() + Math.min(forMs, LONGEST_WAIT_MS);
        while (!stopped && performance.now() < end && [...served.keys()].some((id) => id !== workspaceId))
          await sleep(1);
      },
    }),
    stop() {
      stopped = true;
    },
  };
}
