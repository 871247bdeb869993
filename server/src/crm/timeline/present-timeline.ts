import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { TimelineRow } from './timeline.store.ts';

/** Entries as answers show them: what belongs to the kind (`from`, `to`, `trigger`, `signal` of a move) beside the rest. */
export async function timelinePresenter(tx: Tx, rows: readonly TimelineRow[]) {
  const ids = rows.flatMap((row) => [row.author_id, byOf(row)]);
  const people = await loadPeople(tx, workspaceOf(tx), ids);
  const personOf = (id: number | null) => (id === null ? null : (people.get(id) ?? null));
  return (row: TimelineRow) => ({
    ...dataOf(row),
    ...('by' in dataOf(row) && { by: personOf(byOf(row)) }),
    ...{ id: row.id, kind: row.kind, at: row.at, author: personOf(row.author_id), text: row.text },
  });
}

function dataOf({ data }: TimelineRow): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

function byOf(row: TimelineRow): number | null {
  const { by } = dataOf(row);
  return typeof by === 'number' ? by : null;
}
