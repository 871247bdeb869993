import type { PlannedChange, PlannedChanged, PlannedKind } from '@signalbox/contract/automation/planned.ts';
import type { Acting } from '../automation/moves/acting.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import type { Change } from './change.ts';
import { changeDelivery } from './change-delivery.ts';
import { changeRun } from './change-run.ts';
import { changeReminder, changeRepeat } from './change-task-times.ts';

type Work = (tx: Tx, acting: Acting, id: number, change: Change) => Promise<void>;

const works: Readonly<Record<PlannedKind, Work>> = {
  run: changeRun,
  reminder: changeReminder,
  repeat: changeRepeat,
  delivery: changeDelivery,
};

/** Each is judged on its own: what is refused is refused before anything of it is written, and stays. */
export async function changePlanned(tx: Tx, acting: Acting, body: PlannedChange): Promise<PlannedChanged> {
  const at = body.act === 'move' ? new Date(body.at) : acting.now;
  if (body.act === 'move' && at <= acting.now)
    throw invalidAt('at', 'moment-passed', 'This moment has passed; choose one that is still to come');
  const outcome: PlannedChanged = { done: [], refused: [] };
  for (const { kind, id, text } of inOrder(body.ids)) {
    try {
      await works[kind](tx, acting, id, { act: body.act, at });
      outcome.done.push(text);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcome.refused.push({ id: text, code: error.code, message: error.message });
    }
  }
  return outcome;
}

// Of each kind in the order of their ids, as everybody locks them.
function inOrder(ids: readonly string[]): { kind: PlannedKind; id: number; text: string }[] {
  const found = [...new Set(ids)].flatMap((text) => {
    const [kind, id] = text.split('-');
    return isKind(kind) ? [{ kind, id: Number(id), text }] : [];
  });
  return found.toSorted((one, other) => one.kind.localeCompare(other.kind) || one.id - other.id);
}

const isKind = (kind: string | undefined): kind is PlannedKind => kind !== undefined && Object.hasOwn(works, kind);
