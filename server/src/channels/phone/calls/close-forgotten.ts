import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import { listForgotten } from '../kept/calls.store.ts';
import { goneLine, loadLine } from '../lines/line.ts';
import { applyCallEvent } from './apply-call-event.ts';

const HOUR_MS = 3_600_000;
/** No phone rings longer, and nobody talks longer, without the exchange saying a word. */
const LONGEST = { ringing: HOUR_MS, talking: 12 * HOUR_MS };
const AT_ONCE = 200;

/** Ends calls whose end was never told, as of the last that was heard of them, and at once those whose line is gone. Answers how many. */
export async function closeForgotten({ databases, clock, log }: Context): Promise<number> {
  const now = clock.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  const limits = {
    ...{ now, limit: AT_ONCE },
    ...{ ringingBefore: before(LONGEST.ringing), talkingBefore: before(LONGEST.talking) },
  };
  const forgotten = await inSystem(databases.system, (tx) => listForgotten(tx, limits));
  for (const { workspaceId, lineId, sourceCallId, endedAt } of forgotten) {
    await inWorkspace(databases.app, workspaceId, async (tx) => {
      const line = (await loadLine(tx, lineId)) ?? goneLine(lineId);
      await applyCallEvent(tx, line, { sourceCallId, kind: 'ended', at: endedAt, statusCode: 'unknown' }, { now });
    });
  }
  if (forgotten.length > 0) log.warn({ calls: forgotten.length }, 'calls were closed whose end was never told');
  return forgotten.length;
}
