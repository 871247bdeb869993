import type { Context } from '../../platform/context.ts';
import { inWorkspaceOften, isTransient, type Tx } from '../../platform/db.ts';
import { type FreshSignal, queueSignals } from '../../signals/record-signals.ts';
import type { Recording } from '../../signals/recorder.ts';
import { type DecideOptions, decideSignals } from './decide-signals.ts';
import { EntryFailed } from './run-now.ts';
import { tryWorkspaceLock, type WaitingSignal } from './signal-queue.store.ts';

/** More than this would let callers wait for long: they are answered, and the drain decides. */
const MOST_AT_ONCE = 50;

type Parts = Omit<DecideOptions, 'now' | 'recordedHere'>;

/**
 * Records and, if nobody decides in the workspace and nothing waits there, decides in the same transaction: one commit instead of two.
 * Else, and whenever deciding fails, what was recorded is queued for the drain, which knows what to do (semantics.md 1.5).
 */
export async function decideAtOnce<T>(
  context: Context,
  workspaceId: number,
  { recording, ...parts }: Parts & { readonly recording: Recording<T> },
): Promise<T> {
  const { databases, clock, log } = context;
  const often = <R>(work: (tx: Tx) => Promise<R>) => inWorkspaceOften(databases.app, workspaceId, work);
  const leave = () => often(async (tx) => (await recording.record(tx, null)).answer);
  const decide = (deciding: Parts) =>
    often((tx) => recordAndDecide(tx, recording, { ...deciding, now: clock.now(), recordedHere: true }));
  if (recording.signalCount > MOST_AT_ONCE) return leave();
  try {
    return await decide(parts).catch((error: unknown) => {
      if (!(error instanceof EntryFailed)) throw error;
      return decide({ ...parts, runEntered: undefined });
    });
  } catch (error) {
    if (isTransient(error)) throw error;
    log.debug({ err: error, workspaceId }, 'what was recorded could not be decided at once; it is queued');
    return leave();
  }
}

async function recordAndDecide<T>(tx: Tx, { record }: Recording<T>, options: DecideOptions): Promise<T> {
  const { answer, fresh } = await record(tx, tryWorkspaceLock(tx));
  if (fresh.length > 0 && (await decideSignals(tx, fresh.map(toWaiting), options)) === 0) await queueSignals(tx, fresh);
  return answer;
}

function toWaiting({ id, kind, occurredAt, payload, chain = null, items, client }: FreshSignal): WaitingSignal {
  return {
    facts: { id, kind, occurredAt: occurredAt.getTime(), payload, chain, person: null },
    itemIds: items ?? null,
    client: client ?? null,
    again: false,
    came: { agoMs: 0, causedAt: null },
  };
}
