import { sql } from 'kysely';
import './tables.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

/** By kind: the next that comes; if none does, the last one that has passed and was not completed. */
export async function findNextPlanned(
  tx: Tx,
  itemId: number,
  now: Date,
): Promise<{ readonly call: Date | null; readonly meeting: Date | null }> {
  const next = (kind: string) => sql`coalesce(
      (select min(deadline) from tasks where ${of(kind)} and deadline > ${now}),
      (select max(deadline) from tasks where ${of(kind)} and deadline <= ${now}))`;
  const of = (kind: string) =>
    sql`workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and kind = ${kind} and closed_at is null`;
  const { rows } = await sql<{ call: Date | null; meeting: Date | null }>`
    select ${next('call')} as call, ${next('meeting')} as meeting`.execute(tx);
  return rows[0] ?? { call: null, meeting: null };
}

interface MadeByRules {
  readonly itemId: number;
  /** Null: of every stage. */
  readonly stageIds: readonly number[] | null;
}

/** The item's tasks that rules have made and that are not completed, in the order of their ids. */
export async function listMadeByRules(tx: Tx, { itemId, stageIds }: MadeByRules): Promise<number[]> {
  const onStage = stageIds === null ? sql`true` : sql`stage_id = any(${arrays.numbers(stageIds)}::bigint[])`;
  const { rows } = await sql<{ id: number }>`
    select id from tasks where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and run_id is not null and closed_at is null and ${onStage}
    order by id`.execute(tx);
  return rows.map(({ id }) => id);
}
