import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, inWorkspaceOften, isTransient, type Tx } from '../../platform/db.ts';
import type { BindSignals } from '../../signals/binding.ts';
import { VISITS_PER_JOB } from '../visits/queue-visits.ts';
import { type BatchOptions, type Drained, drainBatch } from './drain-batch.ts';
import { FEWEST, nextLimit } from './next-limit.ts';
import { momentKey, OverdueFirst } from './overdue.store.ts';
import { type EnteredVisits, EntryFailed } from './run-now.ts';
import { countFailure, listOldest } from './signal-queue.store.ts';
import { createTurns, type Turns } from './turns.ts';

export interface DrainParts {
  /** Asked after each batch; false leaves the rest for later. */
  readonly mayGoOn?: () => boolean;
  /** How the workspaces of this process share it; absent: there is no other. */
  readonly turns?: Turns;
  readonly bindSignals: BindSignals;
  /** Carries out runs that were due before a signal came, in transactions of their own; absent: the signal does not wait for them. */
  runOverdue?(workspaceId: number, visitIds: readonly number[]): Promise<void>;
  /** Carries out what is due at entry together with the decision; absent: jobs do it. */
  runEntered?(tx: Tx, entered: EnteredVisits): Promise<void>;
}

/** More cost less each, but hold the items' locks longer (architecture.md, Order and speed). */
export const BATCH = 2_000;

/** What a backlog takes at a time while others are lively: whoever comes between waits no longer than this. */
const SHARE_MS = 12;

/**
 * Decides everything that waits in a workspace, batch after batch, until nothing does. A batch that fails is halved down to the
 * signal that fails; that one is parked after three tries and stops nothing (semantics.md 1.5). Answers how many were decided.
 */
export async function drainWorkspace(context: Context, workspaceId: number, parts: DrainParts): Promise<number> {
  const { turns = createTurns() } = parts;
  const most = (perMs: number) => (turns.areOthersLively(workspaceId) ? inShareOf(perMs) : BATCH);
  let limit = most(0);
  let total = 0;
  // Somebody may wait for what comes first; what comes after it is a backlog.
  for (let take = turns.serve; ; take = turns.share) {
    const outcome = await take(workspaceId, () => tryBatch(context, workspaceId, { limit, ...parts }));
    if (outcome.error === null) {
      total += outcome.count;
      if (!outcome.mayBeMore || parts.mayGoOn?.() === false) return total;
      limit = nextLimit({ limit, count: outcome.count, most: most(outcome.count / outcome.tookMs) });
      continue;
    }
    if (isTransient(outcome.error)) throw outcome.error;
    // Perhaps one of them cannot even be read.
    const taken =
      outcome.taken ?? (await inWorkspace(context.databases.app, workspaceId, (tx) => listOldest(tx, limit)));
    if (taken.length === 0) throw outcome.error;
    limit = Math.ceil(taken.length / 2);
    const [alone] = taken;
    if (taken.length === 1 && alone !== undefined)
      await noteFailure(context, { workspaceId, signalId: alone, error: outcome.error });
  }
}

/** Fair by time, not by number: what a signal costs depends on the board and on what it sets off. */
function inShareOf(perMs: number): number {
  return Math.min(BATCH, Math.max(FEWEST, Math.round(SHARE_MS * perMs)));
}

interface Outcome extends Drained {
  readonly tookMs: number;
  /** Null: it failed before that was known. */
  readonly taken: readonly number[] | null;
  readonly error: unknown;
}

type BatchTry = DrainParts & Pick<BatchOptions, 'limit' | 'tried' | 'first'>;

async function tryBatch(context: Context, workspaceId: number, options: BatchTry): Promise<Outcome> {
  const { databases, clock } = context;
  const began = performance.now();
  let taken: readonly number[] | null = null;
  const onTaken = (ids: readonly number[]) => {
    taken = ids;
  };
  try {
    const drained = await inWorkspaceOften(databases.app, workspaceId, (tx) =>
      drainBatch(tx, { ...options, now: clock.now(), onTaken }),
    );
    return { ...drained, tookMs: performance.now() - began, taken, error: null };
  } catch (error) {
    if (error instanceof EntryFailed)
      return await tryBatch(context, workspaceId, { ...options, runEntered: undefined });
    if (error instanceof OverdueFirst) return await afterOverdue(context, workspaceId, { ...options, ...error.before });
    return { count: 0, mayBeMore: true, tookMs: 0, taken, error: error ?? new Error('the batch failed') };
  }
}

/** The signals that come before the overdue runs, or the runs and then what comes after them (semantics.md 5.1). */
async function afterOverdue(
  context: Context,
  workspaceId: number,
  { count, runs, ...options }: BatchTry & OverdueFirst['before'],
): Promise<Outcome> {
  if (count > 0) return { ...(await tryBatch(context, workspaceId, { ...options, first: count })), mayBeMore: true };
  const visitIds = [...new Set(runs.map(({ visitId }) => visitId))];
  for (let from = 0; from < visitIds.length; from += VISITS_PER_JOB)
    // What cannot be carried out is told there, and keeps no signal waiting.
    await options
      .runOverdue?.(workspaceId, visitIds.slice(from, from + VISITS_PER_JOB))
      .catch((error: unknown) =>
        context.log.error({ err: error, workspaceId }, 'overdue runs could not be carried out before a signal'),
      );
  const tried = new Set([...(options.tried ?? []), ...runs.map(momentKey)]);
  return await tryBatch(context, workspaceId, { ...options, tried });
}

const PAUSE_MS = 20;

async function noteFailure(
  { databases, clock, log }: Context,
  failed: { workspaceId: number; signalId: number; error: unknown },
): Promise<void> {
  const { workspaceId, signalId } = failed;
  const error = failed.error instanceof Error ? failed.error.message : String(failed.error);
  const { parked } = await inWorkspace(databases.app, workspaceId, (tx) =>
    countFailure(tx, signalId, { error, now: clock.now() }),
  );
  if (parked)
    log.error(
      { workspaceId, signalId, err: failed.error },
      'a signal is undecidable; it can be tried again in Settings',
    );
  else await sleep(PAUSE_MS);
}
