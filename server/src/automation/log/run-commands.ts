import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { checkItem } from '../../access/access-item.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import { listUnsentOfRun } from '../../outbox/of-runs.store.ts';
import { requeue } from '../../outbox/outbox.store.ts';
import { queueDelivery } from '../../outbox/put-in-outbox.ts';
import { worded } from '../../outbox/reason-columns.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import type { Acting } from '../moves/acting.ts';
import { queueDueVisits } from '../visits/queue-visits.ts';
import { findRun, isHeld, markMoved, markStopped, type Run, saveRuns } from '../visits/runs.store.ts';

/** A person does not wait for the moment: the run is due now, whatever it waited for. */
export async function runNow(tx: Tx, acting: Acting, id: number): Promise<Run> {
  const run = await getLockedRun(tx, acting, id);
  if (run.state !== 'waiting') throw notPossible(run, 'Only a waiting run can be run now');
  return beginAgain(tx, acting, run);
}

export async function cancelRun(tx: Tx, acting: Acting, id: number): Promise<Run> {
  const run = await getLockedRun(tx, acting, id);
  if (run.state !== 'waiting') throw notPossible(run, 'Only a waiting run can be cancelled');
  const cancelled: Run = {
    ...run,
    state: 'cancelled',
    waitingFor: null,
    endedAt: acting.now,
    ...worded(because('cancelled-by-hand')),
  };
  await save(tx, cancelled);
  // What stands below it in its chain may be due now (semantics.md 5.2).
  await queueDueVisits(tx, [{ visitId: run.visitId, dueAt: acting.now }], acting.now);
  return cancelled;
}

/** Another moment for a run that waits for one, or for a date that is empty: hours and dates do not move it any more. */
export async function moveRun(
  tx: Tx,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Date },
): Promise<Run> {
  const run = await getLockedRun(tx, acting, id);
  if (run.state !== 'waiting') throw notPossible(run, 'Only a waiting run can be moved');
  if (run.waitingFor !== 'time')
    throw conflict('run-without-moment', 'It waits for something else than a moment, so it has none to be moved');
  const moved: Run = { ...run, dueAt: at, movedBy: acting.byId };
  await save(tx, moved);
  await markMoved(tx, moved);
  await queueDueVisits(tx, [moved], acting.now);
  return moved;
}

/**
 * A failed run is carried out again; it has left nothing behind. If its effects are there and only a delivery went wrong,
 * that delivery is sent again and nothing else is repeated (semantics.md 5.8, 5.10).
 */
export async function retryRun(tx: Tx, acting: Acting, id: number): Promise<Run> {
  const run = await getLockedRun(tx, acting, id);
  if (run.state !== 'failed' && run.state !== 'uncertain')
    throw notPossible(run, 'Only a failed or uncertain run can be tried again');

  if (run.undone !== null) throw conflict('already-undone', 'What this rule did has been taken back already');

  const unsent = await listUnsentOfRun(tx, run.id);
  if (unsent.length === 0) return beginAgain(tx, acting, { ...run, result: null });
  const queued = await requeue(tx, { ids: unsent.map((delivery) => delivery.id), now: acting.now });
  for (const outboxId of queued) await queueDelivery(tx, { workspaceId: acting.workspaceId, outboxId });
  const waits = unsent.some(({ holds }) => holds);
  return save(tx, { ...run, ...(waits ? waitsAgain : { state: 'done' as const }), ...worded(null) });
}

/** For the answer, as before. */
const waitsAgain = { state: 'waiting', waitingFor: 'answer', dueAt: null, endedAt: null } as const;

/** "Stop automation rules": everything of the item that has not begun. */
export async function stopRuns(tx: Tx, acting: Acting, itemId: number): Promise<number> {
  await loadItemRows(tx, [itemId], { lock: true });
  const cancelled = await markStopped(tx, { itemId, now: acting.now });
  announce(tx, { topic: 'runs', kind: 'changed', item: itemId });
  return cancelled;
}

/** Sends a failed or uncertain delivery again: only ever a person's choice (semantics.md 5.8). */
export async function resend(
  tx: Tx,
  acting: Acting,
  { outboxId, runId }: { readonly outboxId: number; readonly runId: number | null },
): Promise<boolean> {
  const queued = await requeue(tx, { ids: [outboxId], now: acting.now });
  if (queued.length === 0) return false;
  await queueDelivery(tx, { workspaceId: acting.workspaceId, outboxId });
  const run = runId === null ? undefined : await findRun(tx, runId);
  const others = run === undefined ? [] : await listUnsentOfRun(tx, run.id);
  if (run !== undefined && others.length === 0 && (run.state === 'failed' || run.state === 'uncertain'))
    await save(tx, { ...run, state: 'done', ...worded(null) });
  return true;
}

// Locks are taken in the order of semantics.md 4: the item, then its runs.
async function getLockedRun(tx: Tx, { rights }: Acting, id: number): Promise<Run> {
  const found = await findRun(tx, id);
  if (found === undefined) throw notFound(`Run ${id}`);
  const [item] = await loadItemRows(tx, [found.itemId], { lock: true });
  if (item !== undefined) checkItem(rights, item, 'change');
  return (await findRun(tx, id)) ?? found;
}

// Asked for by a person: leaving does not cancel it any more, and it begins a new chain (semantics.md 7).
async function beginAgain(tx: Tx, { byId, now }: Acting, run: Run): Promise<Run> {
  const due: Run = {
    ...run,
    state: 'waiting',
    // What has begun is not done again: it only waits no more.
    waitingFor: isHeld(run) ? run.waitingFor : null,
    entry: true,
    dueAt: now,
    startedAt: isHeld(run) ? run.startedAt : null,
    endedAt: null,
    ...worded(null),
    askedBy: byId,
  };
  await save(tx, due);
  await queueDueVisits(tx, [due], now);
  return due;
}

async function save(tx: Tx, run: Run): Promise<Run> {
  await saveRuns(tx, [run]);
  announce(tx, { topic: 'runs', kind: 'changed', item: run.itemId });
  return run;
}

function notPossible(run: Run, detail: string) {
  return conflict('run-state', `${detail}; this one is ${run.state}`);
}
