import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { plainCell } from '../../../crm/csv/plain-cell.ts';
import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Outcome } from '../job/imports.store.ts';
import type { RowInput, World } from './import-world.ts';
import { listComments } from './known-records.store.ts';
import strings from './owner-kept.strings.json' with { type: 'json' };

const words: Spoken<{ readonly notHere: string }> = strings;

/** The row with the name of its owner in the field that keeps those who are not here. */
export function withOwnerInField({ plan: { owners }, columns }: World, given: RowInput): RowInput {
  if (owners.to !== 'field' || owners.field === null) return given;
  const column = columns.find(({ to }) => to === 'responsible')?.column;
  const isUnknown = given.problems.some((one) => one.code === 'unknown-person' && one.column === column);
  if (column === undefined || !isUnknown || !isNothing(given.values[owners.field])) return given;
  const name = plainCell(given.row.cells[column] ?? '').trim();
  return { ...given, values: { ...given.values, [owners.field]: name } };
}

const isNothing = (value: unknown) => value === undefined || value === null;

interface Settled {
  readonly given: RowInput;
  readonly outcome: Outcome;
}

/** A note on each item that came in whose row names people who are not here; an update writes it once. */
export async function noteUnknownPeople(tx: Tx, world: World, rows: readonly Settled[]): Promise<void> {
  if (world.plan.owners.to !== 'note') return;
  const { byId: authorId, now: at } = world.acting;
  const notes = rows.flatMap(({ given, outcome: { state, recordId } }) => {
    const text = textFor(world, given);
    const isIn = state === 'created' || state === 'updated';
    return text === null || recordId === null || !isIn ? [] : [{ itemId: recordId, text, isNew: state === 'created' }];
  });
  const there = await listComments(
    tx,
    notes.filter(({ isNew }) => !isNew).map(({ itemId }) => itemId),
  );
  const fresh = new Map(notes.map((note) => [`${note.itemId} ${note.text}`, note]));
  for (const { itemId, text } of there) fresh.delete(`${itemId} ${text}`);
  await appendTimeline(
    tx,
    [...fresh.values()].map(({ itemId, text }) => ({ itemId, kind: 'comment', at, authorId, text, data: {} })),
  );
}

function textFor({ job, reference }: World, { problems, row }: RowInput): string | null {
  const unknown = problems.filter(({ code }) => code === 'unknown-person');
  if (unknown.length === 0) return null;
  const named = unknown.map(({ column }) => {
    const header = job.source.columns[column]?.header ?? '';
    return `${header}: ${plainCell(row.cells[column] ?? '').trim()}`;
  });
  const { notHere } = words[parseLanguage(reference.workspace.language)];
  return [notHere, ...named].join('\n').slice(0, 20_000);
}
