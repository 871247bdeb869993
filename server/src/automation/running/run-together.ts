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
  readonly tx: Tx;
  readonly context: Context;
  readonly workspaceId: number;
  readonly now: Date;
  readonly makePorts: MakePorts;
  readonly effects: Effects;
  /** True: each rule stands in a savepoint of its own; false: any surprise ends the whole transaction. */
  readonly alone: boolean;
  /** Runs that stand otherwise in the database than in memory. */
  readonly changed: Set<Run['id']>;
}

/** Replaces a run of the visit with what has become of it. */
export function setRun({ changed }: Pick<RunTogether, 'changed'>, work: VisitWork, run: Run): void {
  work.runs = work.runs.map((other) => (other.id === run.id ? run : other));
  changed.add(run.id);
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
