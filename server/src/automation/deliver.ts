import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { addJobs, defineTask, type Task } from '../platform/jobs.ts';
import { announce } from '../platform/realtime.ts';
import { claimDelivery, type Delivery, type Ending, finishDelivery, type Lease } from './outbox.store.ts';
import { reportTrouble } from './report-trouble.ts';

export type SendResult =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'temporary'; readonly error: string }
  | { readonly outcome: 'permanent'; readonly error: string };

/** How one kind of outbox row leaves. */
export interface Sender {
  /** Over the network, outside any transaction; at most until the lease ends. */
  send(delivery: Delivery, lease: Lease): Promise<SendResult>;
  /** In one transaction with the outbox row (the sandbox), never uncertain; undefined when this delivery must go over the network. */
  sendInside?(tx: Tx, delivery: Delivery): Promise<SendResult | undefined>;
  /** The other side takes our idempotency key: sent again after a crash without harm. */
  readonly deduplicates?: boolean;
}
export type Senders = Readonly<Record<string, Sender>>;

export interface Deliverer {
  readonly context: Context;
  readonly senders: Senders;
  /** Between 0 and 1; tests fix it. */
  readonly random?: () => number;
}

export const DELIVER = 'deliver';
export const LEASE_MS = 120_000;
export const MAX_SENDS = 12;

export function deliverTask(deliverer: Deliverer): Task {
  const payload = z.object({ workspaceId: z.number().int(), outboxId: z.number().int() });
  return defineTask({ name: DELIVER, payload, run: (job) => deliver(deliverer, job) });
}

export interface Posted {
  readonly workspaceId: number;
  readonly outboxId: number;
}

/** Sends one row of the outbox: the lease is committed before any network call, and only its holder finishes (semantics.md 5.8). */
export async function deliver(deliverer: Deliverer, posted: Posted): Promise<'sent' | 'queued' | 'failed' | 'not ours'> {
  const inside = await deliverInside(deliverer, posted);
  if (inside !== undefined) return inside;

  const { context, senders } = deliverer;
  const lease = newLease(context);
  const { workspaceId, outboxId } = posted;
  const delivery = await inWorkspace(context.databases.app, workspaceId, (tx) => claimDelivery(tx, { id: outboxId, lease, now: context.clock.now() }));
  if (delivery === undefined) return 'not ours';

  const result = await trySending(senders, delivery, lease);
  return inWorkspace(context.databases.app, workspaceId, (tx) => finish(tx, deliverer, { delivery, lease, result }));
}

/** How long until the next try: doubling from 15 seconds to 4 hours, between half and all of it at random. */
export function backOffMs(attempts: number, random: () => number): number {
  const ceiling = Math.min(15_000 * 2 ** (attempts - 1), 4 * 3_600_000);
  return Math.round(ceiling * (0.5 + random() / 2));
}

async function deliverInside(deliverer: Deliverer, { workspaceId, outboxId }: Posted) {
  const { context, senders } = deliverer;
  if (Object.values(senders).every((sender) => sender.sendInside === undefined)) return undefined;
  return inWorkspace(context.databases.app, workspaceId, async (tx) => {
    const lease = newLease(context);
    const delivery = await claimDelivery(tx, { id: outboxId, lease, now: context.clock.now() });
    if (delivery === undefined) return 'not ours' as const;

    const result = await senders[delivery.kind]?.sendInside?.(tx, delivery);
    if (result !== undefined) return finish(tx, deliverer, { delivery, lease, result });
    await giveBack(tx, delivery, lease, context.clock.now());
    return undefined;
  });
}

// Nobody has seen the claim; it goes over the network with a lease that is committed first.
async function giveBack(tx: Tx, delivery: Delivery, lease: Lease, now: Date): Promise<void> {
  await finishDelivery(tx, { id: delivery.id, token: lease.token, ending: { state: 'queued', nextAt: now, error: '' } });
  await tx.updateTable('outbox').set({ attempts: delivery.attempts - 1, error: null }).where('id', '=', delivery.id).execute();
}

async function trySending(senders: Senders, delivery: Delivery, lease: Lease): Promise<SendResult> {
  const sender = senders[delivery.kind];
  if (sender === undefined) return { outcome: 'permanent', error: `nothing here sends "${delivery.kind}"` };
  try {
    return await sender.send(delivery, lease);
  } catch (error) {
    // A sender that throws does not know what became of it; what it knows it answers.
    throw new DeliveryInDoubt(`delivery ${delivery.id} may or may not have been sent`, { cause: error });
  }
}

/** The row stays `sending`; its lease runs out and it is shown as uncertain. */
export class DeliveryInDoubt extends Error {
  override readonly name = 'DeliveryInDoubt';
}

interface Sent {
  readonly delivery: Delivery;
  readonly lease: Lease;
  readonly result: SendResult;
}

async function finish(tx: Tx, { context, random = Math.random }: Deliverer, { delivery, lease, result }: Sent): Promise<'sent' | 'queued' | 'failed' | 'not ours'> {
  const now = context.clock.now();
  const ending = endingOf(result, { attempts: delivery.attempts, now, random });
  const held = await finishDelivery(tx, { id: delivery.id, token: lease.token, ending });
  if (!held) return 'not ours';

  if (ending.state === 'queued') await queueDelivery(tx, { outboxId: delivery.id, workspaceId: delivery.workspaceId, runAt: ending.nextAt });
  if (ending.state === 'failed') await reportTrouble(tx, { delivery, state: 'failed', error: ending.error, now });
  announce(tx, { topic: 'deliveries', kind: ending.state, id: delivery.id });
  if (delivery.itemId !== null) announce(tx, { topic: 'emails', kind: 'delivery', id: delivery.itemId });
  return ending.state;
}

function endingOf(result: SendResult, { attempts, now, random }: { readonly attempts: number; readonly now: Date; readonly random: () => number }): Ending {
  if (result.outcome === 'sent') return { state: 'sent', at: now };
  if (result.outcome === 'permanent') return { state: 'failed', error: result.error };
  if (attempts >= MAX_SENDS) return { state: 'failed', error: `given up after ${attempts} tries: ${result.error}` };
  return { state: 'queued', nextAt: new Date(now.getTime() + backOffMs(attempts, random)), error: result.error };
}

/** A hint for the workers; the outbox row is the truth. */
export async function queueDelivery(tx: Tx, { workspaceId, outboxId, runAt }: Posted & { readonly runAt?: Date }): Promise<void> {
  await addJobs(tx, [{ task: DELIVER, payload: { workspaceId, outboxId }, ...(runAt === undefined ? {} : { runAt }) }]);
}

function newLease({ clock }: Context): Lease {
  return { token: randomUUID(), until: new Date(clock.now().getTime() + LEASE_MS) };
}
