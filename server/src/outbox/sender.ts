import type { Reason } from '@signalbox/automation/kit/words/reasons.ts';
import type { StoredChannel } from '../connections/channels.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Claimed, Delivery, Lease } from './outbox.store.ts';

export type SendResult =
  /** `keep`: what the answer said, in the transaction that writes down that it was sent. */
  | { readonly outcome: 'sent'; keep?(tx: Tx): Promise<void> }
  /** `last`: why, when it has been tried as often as anything is; without, that it was given up. */
  | ({ readonly outcome: 'temporary'; readonly last?: Reason } & Failure)
  | ({ readonly outcome: 'permanent' } & Failure);

interface Failure {
  readonly reason: Reason;
  /** It is the provider that fails (no connection, signing in, a limit), not this message: so would others. One that keeps failing is paused. */
  readonly ofProvider?: boolean;
}

/** How one kind of outbox row leaves. */
export interface Sender {
  /** Over the network, outside any transaction; the lease is renewed until it answers. */
  send(delivery: Claimed, lease: Lease): Promise<SendResult>;
  /** For the sandbox: in one transaction with the outbox row, so never uncertain. */
  sendInside?(tx: Tx, delivery: Claimed): Promise<SendResult>;
  /** The other side takes our idempotency key: sent again after a crash without harm. */
  readonly deduplicates?: boolean;
}

/** By the kind of outbox row that they send. */
export type Senders = Readonly<Record<string, Sender>>;

/** The provider of the built-in channels that stay inside (interfaces.md, SANDBOX). */
export const SANDBOX = 'sandbox';

/** A delivery has left whose run waits for what comes of it. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly now: Date;
}

/** What went wrong with a delivery for good, or nobody knows whether it did, or it waits for a paused channel. */
export interface Trouble {
  readonly delivery: Delivery;
  readonly state: 'failed' | 'uncertain' | 'paused';
  readonly reason: Reason;
  readonly now: Date;
}

/** A channel has been paused because its provider keeps failing, or goes on. */
export interface Pause {
  readonly state: 'paused' | 'resumed';
  readonly channel: StoredChannel;
  /** What the provider said the last time; empty when it goes on. */
  readonly answer: string;
  readonly now: Date;
}
