import { loadEarliestSignals } from '../drain/signal-queue.store.ts';
import type { Run } from '../visits/runs.store.ts';
import { momentOfRun, type RunTogether } from './run-together.ts';

/**
 * Whether a signal of the item came before the moment of a run and waits to be decided: it comes first, for it may take the item away
 * from the stage (semantics.md 5.1). The run is looked at again when that has happened. What was due at entry waits for nothing.
 */
export async function comesAfterSignal(
  { tx, now, undecided, itemIds }: RunTogether,
  run: Pick<Run, 'askedBy' | 'dueAt' | 'entry' | 'itemId'>,
): Promise<boolean> {
  const moment = momentOfRun(run, now).getTime();
  if (run.entry) return false;
  undecided.earliest ??= await loadEarliestSignals(tx, itemIds, now);
  return (undecided.earliest.get(run.itemId) ?? Number.POSITIVE_INFINITY) < moment;
}
