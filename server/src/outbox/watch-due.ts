import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { listEndedPauses } from '../connections/failing-channels.store.ts';
import type { Context } from '../platform/context.ts';
import { inSystem, inWorkspace } from '../platform/db.ts';
import { HINT_GRACE_MS } from '../platform/jobs/jobs.ts';
import { announce } from '../platform/realtime.ts';
import type { Deliverer } from './deliver.ts';
import { listDueInTurn } from './due.store.ts';
import { expireLease, listExpired } from './leases.store.ts';
import { type Posted, queueDelivery } from './put-in-outbox.ts';
import { SANDBOX } from './sender.ts';
import { wakeOne } from './waiting.store.ts';

const BATCH = 500;
/** More than leave through one channel from one look to the next. */
const BATCH_OF_CHANNEL = 50;

/** Finds what a lost hint left behind, for whoever sends. */
export async function listDue(context: Context, graceMs = HINT_GRACE_MS): Promise<Posted[]> {
  const before = since(context, graceMs);
  return inSystem(context.databases.system, (tx) =>
    listDueInTurn(tx, { before, limit: BATCH, limitOfChannel: BATCH_OF_CHANNEL }),
  );
}

/** Deliveries whose sender died while sending: again where that does no harm, else uncertain and shown (semantics.md 5.8). */
export async function expireLeases({ context, senders, onTrouble }: Deliverer): Promise<number> {
  const now = context.clock.now();
  const expired = await inSystem(context.databases.system, (tx) => listExpired(tx, { before: now, limit: BATCH }));
  for (const { workspaceId, id, kind, provider } of expired) {
    const harmless = provider === SANDBOX || senders[kind]?.deduplicates === true;
    await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const delivery = await expireLease(tx, { id, harmless, now });
      if (delivery === undefined) return;
      if (harmless) await queueDelivery(tx, { workspaceId, outboxId: id });
      else await onTrouble(tx, { delivery, state: 'uncertain', reason: because('sender-died'), now });
      const state = harmless ? 'queued' : 'uncertain';
      if (delivery.itemId !== null) announce(tx, { topic: 'deliveries', kind: state, item: delivery.itemId });
    });
  }
  return expired.length;
}

/** Pauses that are over: one of what waits is let through, to see whether the provider answers again. */
export async function probePaused({ context }: Deliverer): Promise<number> {
  const now = context.clock.now();
  const ended = await inSystem(context.databases.system, (tx) => listEndedPauses(tx, now));
  for (const { workspaceId, channelId } of ended)
    await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const outboxId = await wakeOne(tx, channelId, now);
      if (outboxId !== undefined) await queueDelivery(tx, { workspaceId, outboxId });
    });
  return ended.length;
}

function since({ clock }: Context, graceMs: number): Date {
  return new Date(clock.now().getTime() - graceMs);
}
