import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { arrays } from '../platform/sql-arrays.ts';

/** The one with the fewest items on open stages, of several the first; undefined for nobody. */
export async function findLeastLoaded(tx: Tx, ids: readonly number[]): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select p.id from unnest(${arrays.numbers(ids)}::bigint[]) with ordinality p (id, place)
    order by (
      select count(*) from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id and s.kind = 'open'
      where i.workspace_id = ${workspaceOf(tx)} and i.responsible_id = p.id), p.place
    limit 1`.execute(tx);
  return rows[0]?.id;
}

interface Turn {
  readonly pipelineId: number;
  readonly ruleId: string;
}

/** Who had the rule's last turn, 0 for nobody. Two items at once take two turns: the row is locked until the run is done. */
export async function lockTurn(tx: Tx, turn: Turn): Promise<number> {
  await tx
    .insertInto('rule_turns')
    .values({ ...columnsOf(tx, turn), last_employee_id: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { last_employee_id } = await tx
    .selectFrom('rule_turns')
    .select('last_employee_id')
    .where((is) => is.and(columnsOf(tx, turn)))
    .forUpdate()
    .executeTakeFirstOrThrow();
  return last_employee_id;
}

export async function saveTurn(tx: Tx, turn: Turn, employeeId: number): Promise<void> {
  await tx
    .updateTable('rule_turns')
    .set({ last_employee_id: employeeId })
    .where((is) => is.and(columnsOf(tx, turn)))
    .execute();
}

function columnsOf(tx: Tx, { pipelineId, ruleId }: Turn) {
  return { workspace_id: workspaceOf(tx), pipeline_id: pipelineId, rule_id: ruleId };
}
