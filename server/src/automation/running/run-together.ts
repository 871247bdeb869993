import type { Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { worded } from '../../outbox/reason-columns.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { queueDueVisits } from '../visits/queue-visits.ts';
import { type Run, type RunState, saveRuns } from '../visits/runs.store.ts';
import type { VisitWork } from '../visits/visit-work.ts';
import type { Effects } from './effects.ts';
import type { MakePorts } from './port-scope.ts';

/** How the runs of a job share a transaction. */
export interface RunTogether {
  /** Between rules: lets others have a turn. */
  breathe(): Promise<void>;
  readonly tx: Tx;
  readonly context: Context;
  readonly workspaceId: number;
  readonly now: Date;
  readonly makePorts: MakePorts;
  readonly effects: Effects;
  /** True: each rule stands in a savepoint of its own; false: any surprise ends the whole transaction. */
  readonly alone: boolean;
  /** The items whose runs are carried out. */
  readonly itemIds: readonly number[];
  /** Signals of those items that nobody has decided; null: not asked yet, or a rule may have recorded one since. */
  readonly undecided: { earliest: ReadonlyMap<number, number> | null };
  /** Runs that stand otherwise in the database than in memory. */
  readonly changed: Set<Run['id']>;
}

/** Replaces a run of the visit with what has become of it. */
export function setRun({ changed }: Pick<RunTogether, 'changed'>, work: VisitWork, run: Run): void {
  work.runs = work.runs.map((other) => (other.id === run.id ? run : other));
  changed.add(run.id);
}

/** When a run was to be carried out: its moment if that has passed, and now if a person asked for it (semantics.md 5.1). */
export function momentOfRun({ askedBy, dueAt }: Pick<Run, 'askedBy' | 'dueAt'>, now: Date): Date {
  return askedBy === null && dueAt !== null && dueAt < now ? dueAt : now;
}

export function endRun(
  run: Run,
  { state, reason, now }: { readonly state: RunState; readonly reason: Reason | null; readonly now: Date },
): Run {
  return { ...run, ...worded(reason), state, waitingFor: null, startedAt: run.startedAt ?? now, endedAt: now };
}

/** Writes what has become of the runs, and leaves a hint for those that wait for a later moment. */
export async function saveChanged({ tx, changed, now }: RunTogether, works: readonly VisitWork[]): Promise<void> {
  const runs = works.flatMap((work) => work.runs.filter((run) => changed.has(run.id)));
  for (const run of runs) changed.delete(run.id);
  await saveRuns(tx, runs);
  await queueDueVisits(
    tx,
    runs.filter((run) => run.state === 'waiting'),
    now,
  );
  for (const itemId of new Set(runs.map((run) => run.itemId)))
    announce(tx, { topic: 'runs', kind: 'changed', item: itemId });
}
