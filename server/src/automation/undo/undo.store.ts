import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface VisitBegun {
  readonly id: number;
  readonly itemId: number;
  readonly fromPipelineId: number | null;
  readonly fromStageId: number | null;
  /** The visit that ended then; null: the item was made on this one. */
  readonly before: number | null;
}

export async function findBegun(tx: Tx, visitId: number): Promise<VisitBegun | undefined> {
  const { rows } = await sql<VisitBegun>`
    select v.id, v.item_id as "itemId", v.from_pipeline_id as "fromPipelineId", v.from_stage_id as "fromStageId",
      (select max(p.id) from visits p where p.workspace_id = v.workspace_id and p.item_id = v.item_id and p.id < v.id) as before
    from visits v where v.workspace_id = ${workspaceOf(tx)} and v.id = ${visitId}`.execute(tx);
  return rows[0];
}

export interface LeftRun {
  readonly ruleId: string;
  readonly keep: boolean;
  readonly dueAt: Date | null;
  readonly boardVersion: number | null;
  /** It had begun to wait for a condition. */
  readonly awaited: boolean;
}

/** What waited on a visit and was cancelled because the item left; none of it had begun, but for waits for a condition. */
export async function listLeft(tx: Tx, visitId: number): Promise<LeftRun[]> {
  const { rows } = await sql<LeftRun>`
    select rule_id as "ruleId", keep, due_at as "dueAt", board_version as "boardVersion",
      coalesce(result ? 'metAt', false) as awaited from runs
    where workspace_id = ${workspaceOf(tx)} and visit_id = ${visitId} and state = 'cancelled' and (attempts = 0 or result ? 'metAt')
      and reason ->> 'code' in ('left-stage', 'sent-elsewhere')
    order by id`.execute(tx);
  return rows;
}

/** The run has been taken back; its item is locked, so that nobody does it twice. */
export async function markUndone(
  tx: Tx,
  { runId, byId, now }: { readonly runId: number; readonly byId: number | null; readonly now: Date },
): Promise<void> {
  await sql`
    update runs set undone_at = ${now}, undone_by = ${byId}::bigint
    where workspace_id = ${workspaceOf(tx)} and id = ${runId}`.execute(tx);
}

/** What is written from here on can be dropped by itself. */
export async function beginDeed(tx: Tx): Promise<void> {
  await sql`savepoint deed`.execute(tx);
}

export async function keepDeed(tx: Tx): Promise<void> {
  await sql`release savepoint deed`.execute(tx);
}

export async function dropDeed(tx: Tx): Promise<void> {
  await sql`rollback to savepoint deed`.execute(tx);
}
