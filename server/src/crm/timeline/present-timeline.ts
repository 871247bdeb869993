import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { readReason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { type Reader, seenReason } from '../../access/seen-evidence.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { TimelineRow } from './timeline.store.ts';

/** Entries as answers show them: what belongs to the kind (`from`, `to`, `trigger`, `signal` of a move) beside the rest. */
export async function timelinePresenter(tx: Tx, rows: readonly TimelineRow[], reader: Reader) {
  const ids = rows.flatMap((row) => [row.author_id, byOf(row)]);
  const people = await loadPeople(tx, workspaceOf(tx), ids);
  const personOf = (id: number | null) => (id === null ? null : (people.get(id) ?? null));
  return (one: TimelineRow) => {
    const row = seenEntry(one, reader);
    return {
      ...dataOf(row),
      ...('by' in dataOf(row) && { by: personOf(byOf(row)) }),
      ...{ id: row.id, kind: row.kind, at: row.at, author: personOf(row.author_id), text: row.text },
    };
  };
}

// What a rule failed on may be a value that the reader does not see.
function seenEntry(row: TimelineRow, reader: Reader): TimelineRow {
  const data = dataOf(row);
  const reason = readReason(data.reason);
  const seen = seenReason(reason, reader);
  if (seen === null || seen === reason) return row;
  const error = reasonText(seen);
  return {
    ...row,
    data: { ...data, reason: seen, error },
    text: `The automation rule "${data.rule}" failed: ${error}`,
  };
}

function dataOf({ data }: TimelineRow): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

function byOf(row: TimelineRow): number | null {
  const { by } = dataOf(row);
  return typeof by === 'number' ? by : null;
}
