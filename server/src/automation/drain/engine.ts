import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import type { CarryOut } from '../../signals/recorder.ts';
import { decideAtOnce } from './decide-at-once.ts';
import { type DrainParts, drainWorkspace } from './drain.ts';
import { listWaitingWorkspaces } from './signal-queue.store.ts';
import { createTurns } from './turns.ts';

/** Behind the bell, for signals of processes that could not ring it. */
const POLL_MS = 1_000;
/** Workspaces drained at once by this process; each holds a connection. */
const AT_ONCE = 6;

export interface Engine {
  /** For the recorder of this process. */
  readonly carryOut: CarryOut;
  stop(): Promise<void>;
}

/**
 * Drains workspaces when the bell rings and every second. They do not wait for each other's backlog: when there are more than
 * `atOnce`, each gets its turn after a batch of another; while one is lively, another's backlog takes little at a time and then
 * as long a rest as others need, at most as long as it has worked; so do its rules in jobs (semantics.md 1.4).
 */
export function startEngine(
  context: Context,
  { turns = createTurns(), ...parts }: DrainParts,
  atOnce = AT_ONCE,
): Engine {
  const { databases, log, realtime } = context;
  const busy = new Map<number, Promise<void>>();
  const asked = new Set<number>();
  let stopped = false;

  const areOthersWaiting = () => busy.size >= atOnce && [...asked].some((workspaceId) => !busy.has(workspaceId));
  const drain = async (workspaceId: number) => {
    asked.delete(workspaceId);
    let isCut = false;
    const mayGoOn = () => {
      isCut = stopped || areOthersWaiting();
      return !isCut;
    };
    await drainWorkspace(context, workspaceId, { ...parts, mayGoOn, turns }).catch((error: unknown) =>
      log.error({ workspaceId, err: error }, 'draining failed; tried again within a second'),
    );
    if (isCut) asked.add(workspaceId);
  };
  const startWaiting = () => {
    for (const workspaceId of asked) {
      if (busy.size >= atOnce || stopped) return;
      if (busy.has(workspaceId)) continue;
      const work = turns
        .serve(workspaceId, () => drain(workspaceId))
        .finally(() => {
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

  const deaf = realtime.onBell((workspaceId) => {
    turns.note(workspaceId);
    ask(workspaceId);
  });
  const timer = setInterval(watch, POLL_MS);
  watch();
  return {
    carryOut(workspaceId, recording) {
      turns.note(workspaceId);
      return turns.serve(workspaceId, () => decideAtOnce(context, workspaceId, { ...parts, recording }));
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      deaf();
      await Promise.all(busy.values());
    },
  };
}
