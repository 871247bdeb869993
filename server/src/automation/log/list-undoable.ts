import type { DeedKind } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { Looking, Undoes, UndoOf } from '../../parts/undoing.ts';
import type { Run } from '../visits/runs.store.ts';

/** Those runs of an item of which something can still be taken back; where only what stays is left, nothing is offered. */
export async function listUndoable(
  undoes: Undoes,
  looking: Looking,
  runs: readonly Run[],
): Promise<ReadonlySet<number>> {
  const left = runs
    .filter(({ undone }) => undone === null)
    .flatMap(({ id, did }) => (did ?? []).map(({ kind, ...deed }) => ({ kind, runId: id, deed })));
  const found = new Set<number>();
  for (const [kind, ofKind] of Map.groupBy(left, (one) => one.kind)) {
    const runIds = (await findUndo(undoes, kind)?.findRestorable(looking, ofKind)) ?? [];
    for (const id of runIds) found.add(id);
  }
  return found;
}

// Of a part that is not built in here any more there is none.
function findUndo<K extends DeedKind>(undoes: Undoes, kind: K): UndoOf<K> | undefined {
  return undoes[kind];
}
