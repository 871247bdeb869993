import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { type DrainParts, drainWorkspace } from './drain.ts';
import { listWaitingWorkspaces } from './signal-queue.store.ts';

/** Behind the bell, for signals of processes that could not ring it. */
const POLL_MS = 1_000;
/** Workspaces drained at once by this process; each holds a connection. */
const AT_ONCE = 6;

/** Drains workspaces when the bell rings and every second; they do not wait for each other (semantics.md 1.4). */
export function startEngine(context: Context, parts: DrainParts): { stop(): Promise<void> } {
  const { databases, log, realtime } = context;
  const busy = new Map<number, Promise<void>>();
  const asked = new Set<number>();
  let stopped = false;

  const drain = async (workspaceId: number) => {
    while (asked.delete(workspaceId) && !stopped) {
      await drainWorkspace(context, workspaceId, parts).catch((error: unknown) =>
        log.error({ workspaceId, err: error }, 'draining failed; tried again within a second'),
      );
    }
  };
  const startWaiting = () => {
    for (const workspaceId of asked) {
      if (busy.size >= AT_ONCE || stopped) return;
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
  };
  const watch = () =>
    void poll().catch((error: unknown) => log.error({ err: error }, 'could not look for waiting signals'));

  const deaf = realtime.onBell(ask);
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
