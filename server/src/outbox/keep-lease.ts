import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { type Lease, renewLease } from './outbox.store.ts';

/** Short, so that a dead sender's deliveries are shown as uncertain within seconds; a living one renews it. */
export const LEASE_MS = 20_000;
const RENEW_EVERY_MS = 5_000;

interface Held {
  readonly workspaceId: number;
  readonly id: number;
  readonly lease: Lease;
}

/** Renews the lease of a delivery for as long as `work` takes: a slow mail server is not a dead sender (semantics.md 5.8). */
export async function keepingLease<T>(
  { databases, clock, log }: Context,
  { workspaceId, id, lease }: Held,
  work: () => Promise<T>,
): Promise<T> {
  const renew = () => {
    const until = new Date(clock.now().getTime() + LEASE_MS);
    inWorkspace(databases.app, workspaceId, (tx) => renewLease(tx, { id, token: lease.token, until })).catch(
      (error: unknown) =>
        log.warn({ err: error, delivery: id }, 'a lease could not be renewed; tried again in seconds'),
    );
  };
  const timer = setInterval(renew, RENEW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
