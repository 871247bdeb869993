import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { because, type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { defineTask, type Task } from '../platform/jobs/jobs.ts';
import { announce } from '../platform/realtime.ts';
import { type Listeners, noteTry, waitOrProbe } from './brake.ts';
import { keepingLease, LEASE_MS } from './keep-lease.ts';
import { type Claimed, claimDelivery, type Ending, finishDelivery, type Lease } from './outbox.store.ts';
import { DELIVER, type Posted, queueDelivery } from './put-in-outbox.ts';
import { SANDBOX, type Senders, type SendResult } from './sender.ts';

export interface Deliverer extends Listeners {
  readonly context: Context;
  readonly senders: Senders;
  /** Between 0 and 1; tests fix it. */
  readonly random?: () => number;
}

export const MAX_SENDS = 12;

/** The hint that something is to leave: whoever sends is told, and nothing is waited for. */
export function deliverTask(dispatch: (posted: Posted) => Promise<void>): Task {
  const payload = z.object({ workspaceId: z.number().int(), outboxId: z.number().int() });
  return defineTask({ name: DELIVER, payload, run: async (job) => void dispatch(job) });
}

type Outcome = 'sent' | 'queued' | 'failed' | 'not ours';

/** Sends one row of the outbox: the lease is committed before any network call, and only its holder finishes (semantics.md 5.8). */
export async function deliver(deliverer: Deliverer, posted: Posted): Promise<Outcome> {
  const { app } = deliverer.context.databases;
  const begun = await inWorkspace(app, posted.workspaceId, (tx) => begin(tx, deliverer, posted.outboxId));
  if (typeof begun === 'string') return begun;

  const held = { workspaceId: posted.workspaceId, id: posted.outboxId, lease: begun.lease };
  return keepingLease(deliverer.context, held, async () => {
    const result = await trySending(deliverer, begun);
    const outcome = await finishPatiently(deliverer, { ...begun, result });
    await noteAfter(deliverer, begun.delivery, result);
    return outcome;
  });
}

// In a transaction of its own: that the provider is well or not must not put in doubt what became of the delivery.
async function noteAfter(deliverer: Deliverer, delivery: Claimed, result: SendResult): Promise<void> {
  const { databases, clock } = deliverer.context;
  await inWorkspace(databases.app, delivery.workspaceId, (tx) =>
    noteTry(tx, deliverer, { delivery, result, now: clock.now() }),
  );
}

const FINISH_TRIES = 10;

// What we know to be sent must not become uncertain because the database was away for a moment.
async function finishPatiently(deliverer: Deliverer, sent: Sent): Promise<Outcome> {
  const { databases } = deliverer.context;
  for (let tries = 1; ; tries += 1) {
    try {
      return await inWorkspace(databases.app, sent.delivery.workspaceId, (tx) => finish(tx, deliverer, sent));
    } catch (error) {
      if (tries === FINISH_TRIES) throw error;
    }
    await sleep(tries * 100);
  }
}

/** How long until the next try: doubling from 15 seconds to 4 hours, between half and all of it at random. */
export function backOffMs(attempts: number, random: () => number): number {
  const ceiling = Math.min(15_000 * 2 ** (attempts - 1), 4 * 3_600_000);
  return Math.round(ceiling * (0.5 + random() / 2));
}

interface Begun {
  readonly delivery: Claimed;
  readonly lease: Lease;
}

// What goes to the sandbox is sent and finished in the transaction that takes it; all else leaves a committed lease.
async function begin(tx: Tx, deliverer: Deliverer, id: number): Promise<Outcome | Begun> {
  const { clock } = deliverer.context;
  const lease = { token: randomUUID(), until: new Date(clock.now().getTime() + LEASE_MS) };
  const asked = { id, lease, now: clock.now() };
  const delivery = (await claimDelivery(tx, asked)) ?? (await waitOrProbe(tx, deliverer, asked));
  if (delivery === undefined) return 'not ours';

  const sender = deliverer.senders[delivery.kind];
  if (delivery.provider !== SANDBOX || sender?.sendInside === undefined) return { delivery, lease };
  return finish(tx, deliverer, { delivery, lease, result: await sender.sendInside(tx, delivery) });
}

async function trySending(deliverer: Deliverer, { delivery, lease }: Begun): Promise<SendResult> {
  const sender = deliverer.senders[delivery.kind];
  if (sender === undefined) return { outcome: 'permanent', reason: because('no-sender', { kind: delivery.kind }) };
  try {
    return await sender.send(delivery, lease);
  } catch (error) {
    // A sender that throws does not know what became of it; what it knows it answers.
    const answer = error instanceof Error ? error.message : String(error);
    await noteAfter(deliverer, delivery, {
      outcome: 'temporary',
      reason: because('no-answer', { answer }),
      ofProvider: true,
    });
    throw new DeliveryInDoubt(`delivery ${delivery.id} may or may not have been sent`, { cause: error });
  }
}

/** The row stays `sending`; its lease runs out and it is shown as uncertain. */
export class DeliveryInDoubt extends Error {
  override readonly name = 'DeliveryInDoubt';
}

interface Sent extends Begun {
  readonly result: SendResult;
}

async function finish(tx: Tx, deliverer: Deliverer, { delivery, lease, result }: Sent): Promise<Outcome> {
  const { context, onArrival, onTrouble, random = Math.random } = deliverer;
  const now = context.clock.now();
  const ending = endingOf(result, { attempts: delivery.attempts, now, random });
  const held = await finishDelivery(tx, { id: delivery.id, token: lease.token, ending });
  if (!held) return 'not ours';

  if (result.outcome === 'sent') await result.keep?.(tx);
  if (ending.state === 'sent' && delivery.holds) await onArrival?.(tx, { delivery, now });
  if (ending.state === 'queued')
    await queueDelivery(tx, { outboxId: delivery.id, workspaceId: delivery.workspaceId, runAt: ending.nextAt });
  if (ending.state === 'failed') await onTrouble(tx, { delivery, state: 'failed', reason: ending.reason, now });
  if (delivery.itemId !== null) announce(tx, { topic: 'deliveries', kind: ending.state, item: delivery.itemId });
  return ending.state;
}

function endingOf(
  result: SendResult,
  { attempts, now, random }: { readonly attempts: number; readonly now: Date; readonly random: () => number },
): Ending {
  if (result.outcome === 'sent') return { state: 'sent', at: now };
  if (result.outcome === 'permanent') return { state: 'failed', reason: result.reason };
  if (attempts >= MAX_SENDS) return { state: 'failed', reason: result.last ?? givenUp(result.reason, attempts) };
  return { state: 'queued', nextAt: new Date(now.getTime() + backOffMs(attempts, random)), reason: result.reason };
}

function givenUp(reason: Reason, tries: number): Reason {
  return because('given-up', { tries, answer: reason.params.answer ?? reasonText(reason) });
}
