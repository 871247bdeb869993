import { randomUUID } from 'node:crypto';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { addJobs } from '../platform/jobs/jobs.ts';
import { insertDelivery, type NewDelivery } from './outbox.store.ts';

/**
 * Puts what shall leave in the outbox, in the transaction of the message, with a hint for the workers (semantics.md 5.7, 5.8).
 * Answers the row's id, which the message keeps: its sender finds it by that.
 */
export async function putInOutbox(tx: Tx, delivery: NewDelivery): Promise<number> {
  const outboxId = await insertDelivery(tx, { ...delivery, idempotencyKey: randomUUID() });
  await queueDelivery(tx, { workspaceId: workspaceOf(tx), outboxId });
  return outboxId;
}

export const DELIVER = 'deliver';

export interface Posted {
  readonly workspaceId: number;
  readonly outboxId: number;
}

export async function queueDeliveries(tx: Tx, outboxIds: readonly number[]): Promise<void> {
  const workspaceId = workspaceOf(tx);
  await addJobs(
    tx,
    outboxIds.map((outboxId) => ({ task: DELIVER, payload: { workspaceId, outboxId } })),
  );
}

/** A hint for the workers; the outbox row is the truth. */
export async function queueDelivery(
  tx: Tx,
  { workspaceId, outboxId, runAt }: Posted & { readonly runAt?: Date },
): Promise<void> {
  await addJobs(tx, [{ task: DELIVER, payload: { workspaceId, outboxId }, ...(runAt === undefined ? {} : { runAt }) }]);
}
