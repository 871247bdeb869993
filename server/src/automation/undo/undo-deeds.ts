import type { Deed, DeedKind } from '@signalbox/automation/kit/definitions/deeds.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { findNewest, markUndoing } from '../../crm/timeline/history.store.ts';
import type { Undoes, Undoing, UndonePart, UndoOf } from '../../parts/undoing.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import type { Run } from '../visits/runs.store.ts';
import { beginDeed, dropDeed, keepDeed } from './undo.store.ts';

export interface UndoneDeed extends UndonePart {
  /** Null: of the visit itself, its item's move. */
  readonly runId: number | null;
  readonly kind: DeedKind;
}

/** What a run did, the last first; what can't be taken back stays as a whole or part by part, and stops nothing else. */
export async function undoDeeds(undoes: Undoes, undoing: Undoing, run: Run): Promise<UndoneDeed[]> {
  const { tx, item } = undoing;
  const after = await findNewest(tx, item.id);
  const all: UndoneDeed[] = [];
  for (const deed of (run.did ?? []).toReversed()) {
    const parts = await attempt(tx, () => undoOne(undoes, undoing, deed));
    all.push(...parts.map((part) => ({ ...part, runId: run.id, kind: deed.kind })));
  }
  await markUndoing(tx, { itemId: item.id, runId: run.id, after });
  return all;
}

/** What is refused leaves nothing half done. */
export async function attempt(tx: Tx, work: () => Promise<readonly UndonePart[]>): Promise<readonly UndonePart[]> {
  await beginDeed(tx);
  try {
    const parts = await work();
    await keepDeed(tx);
    return parts;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await dropDeed(tx);
    const reason = error.status === 403 ? because('undo-no-right') : because('refused', { message: error.message });
    return [{ about: '', reason }];
  }
}

function undoOne(undoes: Undoes, undoing: Undoing, { kind, ...deed }: Deed): Promise<readonly UndonePart[]> {
  const found = findUndo(undoes, kind);
  // Of a part that is not built in here any more.
  return found === undefined
    ? Promise.resolve([{ about: '', reason: because('undo-gone') }])
    : found.undo(undoing, deed);
}

function findUndo<K extends DeedKind>(undoes: Undoes, kind: K): UndoOf<K> | undefined {
  return undoes[kind];
}
