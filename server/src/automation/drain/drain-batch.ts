import type { Tx } from '../../platform/db.ts';
import { willRing } from '../../platform/realtime.ts';
import { type DecideOptions, decideSignals } from './decide-signals.ts';
import { momentOf, type TakeOptions, takeSignals, type WaitingSignal } from './signal-queue.store.ts';

export interface BatchOptions extends TakeOptions, Omit<DecideOptions, 'recordedHere'> {
  /** Of those taken so many are decided, the first in turn; absent: all. */
  readonly first?: number;
}

export interface Drained {
  readonly count: number;
  /** False: when the batch was taken nothing else waited, and it has recorded nothing itself. */
  readonly mayBeMore: boolean;
}

/** Takes a workspace's oldest signals, decides them in order and writes everything that follows, in one transaction. */
export async function drainBatch(tx: Tx, options: BatchOptions): Promise<Drained> {
  const signals = inTurn(await takeSignals(tx, options), options.now).slice(0, options.first);
  if (signals.length === 0) return { count: 0, mayBeMore: false };

  const count = await decideSignals(tx, signals, { ...options, recordedHere: false });
  return { count, mayBeMore: count < signals.length || count === options.limit || willRing(tx) };
}

/** In the order of their ids; but what a late rule has caused comes before what came to its item later (semantics.md 5.1). */
function inTurn(signals: readonly WaitingSignal[], now: Date): readonly WaitingSignal[] {
  if (signals.every(({ came }) => came.causedAt === null)) return signals;
  const sorted: WaitingSignal[] = [];
  for (const signal of signals) {
    const { causedAt } = signal.came;
    const items = new Set(signal.itemIds);
    const comesLater = ({ itemIds, came }: WaitingSignal) =>
      causedAt !== null && momentOf(came, now) > causedAt && (itemIds?.some((id) => items.has(id)) ?? false);
    const place = causedAt === null ? -1 : sorted.findIndex(comesLater);
    sorted.splice(place === -1 ? sorted.length : place, 0, signal);
  }
  return sorted;
}
