import type { Verdict } from '@signalbox/automation/engine/verdict.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { arrays } from '../platform/sql-arrays.ts';

/** What was decided on one signal and one item; item 0: it reached none. */
export interface DecisionRow {
  readonly itemId: number;
  readonly signalId: number;
  readonly boardVersion: number;
  /** The visit, which is the move, that followed. */
  readonly visitId: number | null;
  readonly verdicts: readonly Verdict[];
  /** How the item was found, when it was not named (semantics.md 2). */
  readonly note: object | null;
}

/** Keeps the decisions and takes their signals off the queue, in one statement (semantics.md 3.8). */
export async function writeDecisions(tx: Tx, decided: { rows: readonly DecisionRow[]; signalIds: readonly number[]; now: Date }): Promise<void> {
  const { rows, signalIds, now } = decided;
  const workspaceId = workspaceOf(tx);
  await sql`
    with kept as (
      insert into decisions (workspace_id, item_id, signal_id, decided_at, board_version, visit_id, verdicts, note)
      select ${workspaceId}, item_id, signal_id, ${now}::timestamptz, board_version, visit_id, verdicts::jsonb, note::jsonb
      from unnest(
        ${arrays.numbers(rows.map((row) => row.itemId))}::bigint[], ${arrays.numbers(rows.map((row) => row.signalId))}::bigint[],
        ${arrays.numbers(rows.map((row) => row.boardVersion))}::int[], ${arrays.numbers(rows.map((row) => row.visitId))}::bigint[],
        ${arrays.texts(rows.map((row) => compact(row.verdicts)))}::text[], ${arrays.texts(rows.map((row) => (row.note === null ? null : JSON.stringify(row.note))))}::text[]
      ) as d (item_id, signal_id, board_version, visit_id, verdicts, note)
      -- A signal that was bound to another item and back is judged there again (semantics.md 2.5).
      on conflict (workspace_id, item_id, signal_id) do update set decided_at = excluded.decided_at, board_version = excluded.board_version,
        visit_id = coalesce(excluded.visit_id, decisions.visit_id), verdicts = excluded.verdicts, note = excluded.note
    )
    delete from signal_queue where workspace_id = ${workspaceId} and signal_id = any(${arrays.numbers(signalIds)}::bigint[])`.execute(tx);
}

// Names, keys and stages of triggers stand in the version of the board; a verdict keeps the trigger's id (architecture.md, Order and speed).
function compact(verdicts: readonly Verdict[]): string {
  return JSON.stringify(verdicts.map(({ trigger, verdict, detail }) => (detail === null ? [trigger, verdict] : [trigger, verdict, detail])));
}
