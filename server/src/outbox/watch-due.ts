import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { type Runner, runVisits } from '../automation/running/run-visits.ts';
import { VISITS_PER_JOB } from '../automation/visits/queue-visits.ts';
import { listDueVisits } from '../automation/visits/runs.store.ts';
import type { Context } from '../platform/context.ts';
import { inSystem, inWorkspace } from '../platform/db.ts';
import { type Deliverer, deliver, queueDelivery, SANDBOX } from './deliver.ts';
import { expireLease, listDueDeliveries } from './outbox.store.ts';

/** Jobs are given this long before the poll takes over what they should have done. */
export const HINT_GRACE_MS = 2_000;
const BATCH = 500;

/** Carries out runs whose hint was lost; answers how many visits were looked at (semantics.md 5.3). */
export async function runDueVisits(runner: Runner, graceMs = HINT_GRACE_MS): Promise<number> {
  const before = since(runner.context, graceMs);
  const due = await inSystem(runner.context.databases.system, (tx) => listDueVisits(tx, { before, limit: BATCH }));
  const byWorkspace = new Map<number, Set<number>>();
  for (const { workspaceId, visitId } of due)
    byWorkspace.set(workspaceId, (byWorkspace.get(workspaceId) ?? new Set()).add(visitId));
  for (const [workspaceId, visits] of byWorkspace) {
    const ids = [...visits];
    for (let from = 0; from < ids.length; from += VISITS_PER_JOB) {
      const job = { workspaceId, visitIds: ids.slice(from, from + VISITS_PER_JOB) };
      await runVisits(runner, job).catch((error: unknown) =>
        runner.context.log.error({ err: error, ...job }, 'due runs could not be carried out; tried again in a second'),
      );
    }
  }
  return due.length;
}

/** Sends what a lost hint left behind. */
export async function deliverDue(deliverer: Deliverer, graceMs = HINT_GRACE_MS): Promise<number> {
  const before = since(deliverer.context, graceMs);
  const due = await inSystem(deliverer.context.databases.system, (tx) =>
    listDueDeliveries(tx, { state: 'queued', before, limit: BATCH }),
  );
  for (const { workspaceId, id } of due) {
    const posted = { workspaceId, outboxId: id };
    await deliver(deliverer, posted).catch((error: unknown) =>
      deliverer.context.log.error({ err: error, ...posted }, 'a delivery could not be carried out'),
    );
  }
  return due.length;
}

/** Deliveries whose sender died while sending: again where that does no harm, else uncertain and shown (semantics.md 5.8). */
export async function expireLeases({ context, senders }: Deliverer): Promise<number> {
  const now = context.clock.now();
  const expired = await inSystem(context.databases.system, (tx) =>
    listDueDeliveries(tx, { state: 'sending', before: now, limit: BATCH }),
  );
  for (const { workspaceId, id, kind, provider } of expired) {
    const harmless = provider === SANDBOX || senders[kind]?.deduplicates === true;
    await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const delivery = await expireLease(tx, { id, harmless, now });
      if (delivery === undefined) return;
      if (harmless) await queueDelivery(tx, { workspaceId, outboxId: id });
      else await reportTrouble(tx, { delivery, state: 'uncertain', reason: because('sender-died'), now });
    });
  }
  return expired.length;
}

function since({ clock }: Context, graceMs: number): Date {
  return new Date(clock.now().getTime() - graceMs);
}
