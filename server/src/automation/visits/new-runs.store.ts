import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';
import type { RunRow } from './plan-runs.ts';

/** The columns of runs, ready to be sent: those of one rule that are due together say it once. */
export type RunColumns = readonly string[];

export function toRunColumns(rows: readonly RunRow[]): RunColumns | null {
  if (rows.length === 0) return null;
  const known = new Map<string, number>();
  const alike: RunRow[] = [];
  const places = rows.map((row) => {
    const key = `${row.pipelineId} ${row.ruleId} ${row.waitingFor} ${row.entry} ${row.keep} ${row.dueAt?.getTime()}`;
    const place = known.get(key) ?? alike.push(row);
    known.set(key, place);
    return place;
  });
  return [
    ...[
      arrays.numbers(rows.map((row) => row.visitId)),
      arrays.numbers(rows.map((row) => row.itemId)),
      arrays.numbers(places),
    ],
    ...[
      arrays.texts(alike.map((row) => row.ruleId)),
      arrays.texts(alike.map((row) => row.waitingFor)),
      arrays.flags(alike.map((row) => row.entry)),
    ],
    ...[
      arrays.flags(alike.map((row) => row.keep)),
      arrays.times(alike.map((row) => row.dueAt)),
      arrays.numbers(alike.map((row) => row.pipelineId)),
    ],
  ];
}

/**
 * Runs of visits that begin in this transaction, so that there can be none yet: no look for a conflict, which costs as much as the
 * row. Answers their ids by `runKey` when somebody wants them.
 */
export async function insertNewRuns(
  tx: Tx,
  columns: RunColumns,
  wish: { readonly ids: boolean },
): Promise<ReadonlyMap<string, number>> {
  const [visits, items, places, rules, waitingFor, entries, keeps, dueAts, pipelines] = columns;
  const { rows } = await send(
    tx,
    sql<{ id: number; visitId: number; ruleId: string }>`
    insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, waiting_for, entry, keep, due_at)
    select ${workspaceOf(tx)}, v.visit_id, v.item_id, a.pipeline_id, a.rule_id, a.waiting_for, a.entry, a.keep, a.due_at
    from unnest(${visits}::bigint[], ${items}::bigint[], ${places}::int[]) as v (visit_id, item_id, place)
    join unnest(${rules}::text[], ${waitingFor}::text[], ${entries}::boolean[], ${keeps}::boolean[], ${dueAts}::timestamptz[], ${pipelines}::bigint[])
      with ordinality as a (rule_id, waiting_for, entry, keep, due_at, pipeline_id, ordinal) on a.ordinal = v.place
    ${wish.ids ? sql`returning id, visit_id as "visitId", rule_id as "ruleId"` : sql``}`,
  );
  return new Map(rows.map((row) => [runKey(row), row.id]));
}

export function runKey({ visitId, ruleId }: { readonly visitId: number; readonly ruleId: string }): string {
  return `${visitId} ${ruleId}`;
}
