import type { Tx } from '../../platform/db.ts';
import { willRing } from '../../platform/realtime.ts';
import { type DecideOptions, decideSignals } from './decide-signals.ts';
import { type TakeOptions, takeSignals } from './signal-queue.store.ts';

export interface BatchOptions extends TakeOptions, Omit<DecideOptions, 'recordedHere'> {}

export interface Drained {
  readonly count: number;
  /** False: when the batch was taken nothing else waited, and it has recorded nothing itself. */
  readonly mayBeMore: boolean;
}

/** Takes a workspace's oldest signals, decides them in order and writes everything that follows, in one transaction. */
export async function drainBatch(tx: Tx, options: BatchOptions): Promise<Drained> {
  const signals = await takeSignals(tx, options);
  if (signals.length === 0) return { count: 0, mayBeMore: false };

  const count = await decideSignals(tx, signals, { ...options, recordedHere: false });
  return { count, mayBeMore: count < signals.length || count === options.limit || willRing(tx) };
}
