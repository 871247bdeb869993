import { because, type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { findChannel, type StoredChannel } from '../connections/channels.store.ts';
import {
  countFailure,
  type FailingChannel,
  forgetFailures,
  lockFailing,
  setPause,
} from '../connections/failing-channels.store.ts';
import type { Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { type Claimed, type Claiming, claimDelivery } from './outbox.store.ts';
import { queueDeliveries } from './put-in-outbox.ts';
import { type Arrival, type Pause, SANDBOX, type SendResult, type Trouble } from './sender.ts';
import { findDueChannel, postponeDue, releaseWaiting } from './waiting.store.ts';

/** So many failures in a row, over so long, and what leaves through the channel waits. */
export const FAILURES = 10;
export const FAILING_FOR_MS = 60_000;
/** A probe that says nothing for so long is taken for dead, and another is let through. */
const PROBE_MS = 2 * 60_000;

/** From a minute, doubling, to an hour. */
export function pauseMs(pauses: number): number {
  return Math.min(60_000 * 2 ** (pauses - 1), 3_600_000);
}

/** Who hears of what has arrived, of what waits and of channels that are paused. */
export interface Listeners {
  /** Only of deliveries whose run waits. */
  onArrival?(tx: Tx, arrival: Arrival): Promise<void>;
  onTrouble(tx: Tx, trouble: Trouble): Promise<void>;
  onPause(tx: Tx, pause: Pause): Promise<void>;
}

/**
 * A delivery that is due on a paused channel: it waits, is told so once, and takes others that are due with it; when the pause is
 * over it is the one that is let through to see whether the provider answers.
 */
export async function waitOrProbe(
  tx: Tx,
  listeners: Listeners,
  { id, lease, now }: Claiming,
): Promise<Claimed | undefined> {
  const channelId = await findDueChannel(tx, { id, now });
  const failing = channelId === undefined ? undefined : await lockFailing(tx, channelId);
  if (failing === undefined || failing.pausedUntil === null) return undefined;
  if (failing.pausedUntil > now) {
    await wait(tx, listeners, { failing, until: failing.pausedUntil, now });
    return undefined;
  }
  const probe = await claimDelivery(tx, { id, lease, now, probing: true });
  if (probe !== undefined) {
    const until = new Date(now.getTime() + PROBE_MS);
    await setPause(tx, failing.channelId, { pauses: failing.pauses, at: now, until, probeId: id });
  }
  return probe;
}

interface Waiting {
  readonly failing: FailingChannel;
  readonly until: Date;
  readonly now: Date;
}

async function wait(tx: Tx, { onTrouble }: Listeners, { failing, until, now }: Waiting): Promise<void> {
  const channel = await findChannel(tx, failing.channelId);
  const reason = because('channel-paused', { channel: channel?.name ?? '', answer: answerOf(failing.reason) });
  for (const delivery of await postponeDue(tx, { channelId: failing.channelId, until, reason, now }))
    await onTrouble(tx, { delivery, state: 'paused', reason, now });
}

interface Tried {
  readonly delivery: Claimed;
  readonly result: SendResult;
  readonly now: Date;
}

/** After each try: a provider that takes something is well, one that keeps failing is paused, longer each time. */
export async function noteTry(tx: Tx, listeners: Listeners, { delivery, result, now }: Tried): Promise<void> {
  const { channelId } = delivery;
  if (channelId === null || delivery.provider === SANDBOX) return;
  if (result.outcome === 'sent' || !result.ofProvider) return noteAnswer(tx, listeners, channelId, now);

  const failing = await countFailure(tx, { channelId, reason: result.reason, now });
  const isProbe = failing.probeId === delivery.id;
  const keepsFailing = failing.failures >= FAILURES && now.getTime() - failing.since.getTime() >= FAILING_FOR_MS;
  if (failing.pausedUntil === null ? keepsFailing : isProbe) await pause(tx, listeners, failing, now);
}

// The provider answered, be it only that it knows no such receiver.
async function noteAnswer(tx: Tx, listeners: Listeners, channelId: number, now: Date): Promise<void> {
  const failing = await forgetFailures(tx, channelId);
  if (failing?.pausedUntil) await release(tx, listeners, { channelId, now });
}

async function pause(tx: Tx, listeners: Listeners, failing: FailingChannel, now: Date): Promise<void> {
  const pauses = failing.pauses + 1;
  const until = new Date(now.getTime() + pauseMs(pauses));
  await setPause(tx, failing.channelId, { pauses, at: now, until, probeId: null });
  await wait(tx, listeners, { failing, until, now });
  if (pauses === 1) await tell(tx, listeners, { state: 'paused', failing, now });
}

/** By a person: what waits goes out at once. False when the channel was not paused. */
export async function resumeChannel(
  tx: Tx,
  listeners: Listeners,
  { channelId, now }: { readonly channelId: number; readonly now: Date },
): Promise<boolean> {
  const failing = await forgetFailures(tx, channelId);
  if (!failing?.pausedUntil) return false;
  await release(tx, listeners, { channelId, now });
  return true;
}

async function release(
  tx: Tx,
  listeners: Listeners,
  { channelId, now }: { readonly channelId: number; readonly now: Date },
): Promise<void> {
  await queueDeliveries(tx, await releaseWaiting(tx, { channelId, now }));
  await tell(tx, listeners, { state: 'resumed', failing: { channelId, reason: null }, now });
}

interface Told {
  readonly state: Pause['state'];
  readonly failing: Pick<FailingChannel, 'channelId' | 'reason'>;
  readonly now: Date;
}

async function tell(tx: Tx, { onPause }: Listeners, { state, failing, now }: Told): Promise<void> {
  announce(tx, { topic: 'channels', kind: state, channel: failing.channelId });
  const channel: StoredChannel | undefined = await findChannel(tx, failing.channelId);
  if (channel !== undefined) await onPause(tx, { state, channel, answer: answerOf(failing.reason), now });
}

function answerOf(reason: Reason | null): string {
  return reason === null ? '' : String(reason.params.answer ?? reasonText(reason));
}
