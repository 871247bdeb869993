import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { type Courtesy, type DrainParts, drainWorkspace } from './drain.ts';
import { listWaitingWorkspaces } from './signal-queue.store.ts';

/** Behind the bell, for signals of processes that could not ring it. */
const POLL_MS = 1_000;
/** Workspaces drained at once by this process; each holds a connection. */
const AT_ONCE = 6;
/** Who has rung this lately may ring again any moment. */
const LIVELY_MS = 500;
/** Nobody with a backlog gives way for longer than this at a time. */
const LONGEST_WAIT_MS = 100;

/**
 * Drains workspaces when the bell rings and every second. They do not wait for each other's backlog: when there are more than
 * `atOnce`, each gets its turn after a batch of another; while one is lively, another's backlog takes little at a time and then
 * as long a rest as others need, at most as long as it has worked (semantics.md 1.4).
 */
export function startEngine(context: Context, parts: DrainParts, atOnce = AT_ONCE): { stop(): Promise<void> } {
  const { databases, log, realtime } = context;
  const busy = new Map<number, Promise<void>>();
  const asked = new Set<number>();
  const rung = new Map<number, number>();
  let stopped = false;

  const areOthersWaiting = () => busy.size >= atOnce && [...asked].some((workspaceId) => !busy.has(workspaceId));
  const courtesyOf = (workspaceId: number): Courtesy => ({
    areOthersLively: () => [...rung].some(([id, at]) => id !== workspaceId && performance.now() - at < LIVELY_MS),
    async letOthers(forMs) {
      const end = performance.now() + Math.min(forMs, LONGEST_WAIT_MS);
      while (!stopped && performance.now() < end && [...busy.keys()].some((id) => id !== workspaceId)) await sleep(1);
    },
  });
  const drain = async (workspaceId: number) => {
    asked.delete(workspaceId);
    let isCut = false;
    const mayGoOn = () => {
      isCut = stopped || areOthersWaiting();
      return !isCut;
    };
    const courtesy = courtesyOf(workspaceId);
    await drainWorkspace(context, workspaceId, { ...parts, mayGoOn, courtesy }).catch((error: unknown) =>
      log.error({ workspaceId, err: error }, 'draining failed; tried again within a second'),
    );
    if (isCut) asked.add(workspaceId);
  };
  const startWaiting = () => {
    for (const workspaceId of asked) {
      if (busy.size >= atOnce || stopped) return;
      if (busy.has(workspaceId)) continue;
      const work = drain(workspaceId).finally(() => {
        busy.delete(workspaceId);
        startWaiting();
      });
      busy.set(workspaceId, work);
    }
  };
  const ask = (workspaceId: number) => {
    asked.add(workspaceId);
    startWaiting();
  };
  const poll = async () => {
    const waiting = await inSystem(databases.system, listWaitingWorkspaces);
    for (const workspaceId of waiting) ask(workspaceId);
    for (const [workspaceId, at] of rung) if (performance.now() - at > LIVELY_MS) rung.delete(workspaceId);
  };
  const watch = () =>
    void poll().catch((error: unknown) => log.error({ err: error }, 'could not look for waiting signals'));

  const deaf = realtime.onBell((workspaceId) => {
    rung.set(workspaceId, performance.now());
    ask(workspaceId);
  });
  const timer = setInterval(watch, POLL_MS);
  watch();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      deaf();
      await Promise.all(busy.values());
    },
  };
}
