import type { Deeds, FieldDeed } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { FieldValue, Scalar } from '@signalbox/automation/kit/values/values.ts';
import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { limitOf } from '../../access/held-fields.ts';
import type { Acting } from '../../automation/moves/acting.ts';
import { changeItem } from '../../automation/moves/change-item.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { findMissingTargets } from '../../crm/fields/check-targets.ts';
import { currentValue, isSame, readChanges } from '../../crm/items/item-changes.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import { findLastAuthor } from '../../crm/timeline/history.store.ts';
import type { Looking, Undoing, UndonePart, UndoOf } from '../../parts/undoing.ts';
import { notFound, UserError } from '../../platform/errors.ts';

/** Each field goes back to what it was, unless somebody has changed it since; of lists only what the run added goes, and only what it removed comes. */
export const undoFields: UndoOf<'fields'> = {
  undo: takeBack,
  async findRestorable(looking, left) {
    const { tx, item } = looking;
    const [row] = await loadItemRows(tx, [item.id], { lock: false });
    if (row === undefined) return [];
    const reference = await loadReference(tx);
    const found: number[] = [];
    for (const { runId, deed } of left)
      for (const change of deed.changes) if (await isRestorable(looking, { change, row, reference })) found.push(runId);
    return found;
  },
};

async function takeBack(undoing: Undoing, { changes }: Deeds['fields']): Promise<readonly UndonePart[]> {
  const { tx, item } = undoing;
  const [row] = await loadItemRows(tx, [item.id], { lock: true });
  if (row === undefined) throw notFound(`Item ${item.id}`);
  const reference = await loadReference(tx);
  const looked: Looked[] = [];
  for (const change of changes) looked.push(await look(undoing, { change, row, reference }));
  const back = Object.fromEntries(looked.flatMap(({ about, to, reason }) => (reason === null ? [[about, to]] : [])));
  await changeItem(tx, actingOf(undoing), { itemId: item.id, changes: back });
  return looked;
}

// By the person, whom no rule sends: the history says which run it takes back.
function actingOf({ workspaceId, byId, chain, now, rights }: Undoing): Acting {
  return { workspaceId, byId, chain, now, rights };
}

interface Looked extends UndonePart {
  readonly to: FieldValue;
}

interface Changed {
  readonly change: FieldDeed;
  readonly row: ItemRow;
  readonly reference: Reference;
}

async function look(undoing: Undoing, changed: Changed): Promise<Looked> {
  const { change, row, reference } = changed;
  const { field } = change;
  const current = currentValue(row, field, reference);
  const stays = (reason: Reason): Looked => ({ about: field, from: current, to: change.from, reason });
  if (limitOf(undoing.rights, { owner: row.type, code: field }) !== undefined) return stays(because('undo-no-right'));
  const to = undoing.overwrite.has(field) ? change.from : wantedOf(change, current);
  if (to === undefined) return stays(because('undo-changed-since', { by: await whoChanged(undoing, field) }));
  if (!(await isPossible(undoing, { ...changed, to }))) return stays(because('undo-value-gone'));
  if (isSame(current, to)) return stays(because('undo-already'));
  return { about: field, from: current, to, reason: null };
}

// What somebody has changed since is offered too: it may be set back all the same.
async function isRestorable(looking: Looking, changed: Changed): Promise<boolean> {
  const { change, row, reference } = changed;
  if (limitOf(looking.rights, { owner: row.type, code: change.field }) !== undefined) return false;
  const current = currentValue(row, change.field, reference);
  const to = wantedOf(change, current) ?? change.from;
  return !isSame(current, to) && (await isPossible(looking, { ...changed, to }));
}

/** What it would be without the run; undefined: somebody has changed it since in a way that leaves no room. */
function wantedOf({ from, to }: FieldDeed, current: FieldValue): FieldValue | undefined {
  if (isSame(current, to) || isSame(current, from)) return from;
  if (!isList(current) || !isList(to)) return undefined;
  const before = isList(from) ? from : [];
  const added = to.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !to.includes(one));
  return [...current.filter((one) => !added.includes(one)), ...removed.filter((one) => !current.includes(one))];
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}

async function isPossible(
  { tx }: Looking,
  { change: { field }, row, reference, to }: Changed & { readonly to: FieldValue },
): Promise<boolean> {
  try {
    readChanges(row, { [field]: to }, reference);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  return (await findMissingTargets(tx, { [field]: to }, { specs: reference.fieldsOf(row.type) })).length === 0;
}

async function whoChanged({ tx, item }: Undoing, field: string): Promise<string> {
  return (await findLastAuthor(tx, { itemId: item.id, field })) ?? 'Signalbox';
}
