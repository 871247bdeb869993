import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../../../../platform/context.ts';
import { inWorkspaceOften, isDiskFull, isTransient } from '../../../../../platform/db.ts';
import { applyCallEvents } from '../../../calls/apply-call-event.ts';
import type { CallEvent } from '../../../kept/call-event.ts';
import { loadLine } from '../../../lines/line.ts';

/** Writes what an exchange tells down, in order; while the database is away it waits, and nothing is lost. */
export interface Feed {
  /** Undefined while there is room; else wait for it before telling more. */
  put(events: readonly CallEvent[]): Promise<void> | undefined;
  /** When all that was put is written. */
  written(): Promise<void>;
  /** Nothing is written after that. */
  stop(): void;
}

const MOST_WAITING = 2_000;
const AT_ONCE = 50;
const AGAIN_MS = 500;

export function createFeed(context: Context, { workspaceId, lineId }: { workspaceId: number; lineId: number }): Feed {
  const waiting: CallEvent[] = [];
  let stopped = false;
  let working: Promise<void> | null = null;

  const write = (events: readonly CallEvent[]) =>
    inWorkspaceOften(context.databases.app, workspaceId, async (tx) => {
      const line = await loadLine(tx, lineId);
      if (line !== undefined) await applyCallEvents(tx, line, events, { now: context.clock.now() });
    });
  // One that cannot be written does not hold up the others.
  const writeAlone = async (events: readonly CallEvent[]) => {
    for (const event of events)
      await write([event]).catch((error: unknown) => {
        if (isTransient(error) || isDiskFull(error)) throw error;
        context.log.error({ err: error, line: lineId, call: event.sourceCallId }, 'an event of a call was not kept');
      });
  };
  const work = async () => {
    while (waiting.length > 0 && !stopped) {
      const events = waiting.slice(0, AT_ONCE);
      try {
        await write(events).catch((error: unknown) => {
          if (isTransient(error) || isDiskFull(error)) throw error;
          return writeAlone(events);
        });
        waiting.splice(0, events.length);
      } catch (error) {
        context.log.warn({ err: error, line: lineId }, 'events of calls wait for the database');
        await sleep(AGAIN_MS);
      }
    }
  };
  const start = () => {
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0 && !stopped) void start();
    });
    return working;
  };
  return {
    put(events) {
      if (events.length === 0) return undefined;
      waiting.push(...events);
      const done = start();
      return waiting.length > MOST_WAITING ? done : undefined;
    },
    written: async () => {
      while (waiting.length > 0 && !stopped) await start();
    },
    stop() {
      stopped = true;
    },
  };
}
