import { type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { appendTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Delivery } from '../../outbox/outbox.store.ts';
import { reasonColumns } from '../../outbox/reason-columns.ts';
import type { Arrival, Trouble } from '../../outbox/sender.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { wakeRun } from '../visits/wake-run.store.ts';

/** The rule that waits for the answer goes on (semantics.md 5.9). */
export async function reportArrival(tx: Tx, { delivery, now }: Arrival): Promise<void> {
  await wakeHeld(tx, delivery, now);
}

async function wakeHeld(tx: Tx, { runId, holds }: Delivery, now: Date): Promise<boolean> {
  return holds && runId !== null && (await wakeRun(tx, { runId, heldBy: 'answer', now }));
}

/** A later failure or doubt: the run says so, its chain goes on, and the timeline tells what to do (semantics.md 5.8). What waits has not failed. */
export async function reportTrouble(tx: Tx, { delivery, state, reason, now }: Trouble): Promise<void> {
  // The run that waits for it ends with the same reason, and tells it.
  if (state === 'failed' && (await wakeHeld(tx, delivery, now))) return;
  if (delivery.runId !== null && state !== 'paused') await markRun(tx, { runId: delivery.runId, state, reason });
  if (delivery.itemId === null) return;

  const error = reasonText(reason);
  const data = {
    delivery: delivery.id,
    kind: delivery.kind,
    run: delivery.runId,
    error,
    reason,
  };
  await appendTimeline(tx, [
    { itemId: delivery.itemId, kind: `delivery-${state}`, at: now, authorId: null, text: advice[state](error), data },
  ]);
  announce(tx, { topic: 'runs', kind: 'changed', item: delivery.itemId });
}

const advice = {
  failed: (error: string) =>
    `A message was not delivered: ${error}. Correct the address or the channel's settings, then send it again.`,
  uncertain: (error: string) =>
    `A message may or may not have been delivered: ${error}. Ask the receiver, or send it again if a second copy does no harm.`,
  paused: (error: string) => `A message waits: ${error}. It goes out by itself as soon as the channel works again.`,
};

// Only a run that was done: one that is being tried again has its own story.
async function markRun(
  tx: Tx,
  { runId, state, reason }: { readonly runId: number; readonly state: 'failed' | 'uncertain'; readonly reason: Reason },
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ state, ...reasonColumns(reason) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', runId)
    .where('state', 'in', ['done', 'uncertain'])
    .execute();
}
