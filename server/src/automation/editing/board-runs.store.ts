import { because, type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import { setReason } from '../../outbox/reason-columns.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

/** How many runs of these rules of a pipeline have not begun (semantics.md 8.2). */
export async function countRunsOfRules(tx: Tx, pipelineId: number, ruleIds: readonly string[]): Promise<number> {
  if (ruleIds.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from runs r ${ofPipeline(tx, pipelineId)} and r.rule_id = any(${arrays.texts(ruleIds)}::text[])`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

export async function cancelRunsOfRules(
  tx: Tx,
  pipelineId: number,
  { ruleIds, now }: { readonly ruleIds: readonly string[]; readonly now: Date },
): Promise<void> {
  if (ruleIds.length === 0) return;
  await sql`
    update runs set state = 'cancelled', waiting_for = null, ended_at = ${now}, ${setReason(because('rule-gone'))}
    where workspace_id = ${workspaceOf(tx)} and id in (
      select r.id from runs r ${ofPipeline(tx, pipelineId)} and r.rule_id = any(${arrays.texts(ruleIds)}::text[]) order by r.id for update of r)`.execute(
    tx,
  );
}

/** Of a pipeline that is deleted: no rule of its is there any more to carry out. */
export async function cancelRunsOfPipeline(tx: Tx, pipelineId: number, now: Date): Promise<void> {
  await sql`
    update runs set state = 'cancelled', waiting_for = null, ended_at = ${now}, ${setReason(because('pipeline-gone'))}
    where workspace_id = ${workspaceOf(tx)} and id in (
      select r.id from runs r ${ofPipeline(tx, pipelineId)} order by r.id for update of r)`.execute(tx);
}

function ofPipeline(tx: Tx, pipelineId: number) {
  return sql`where r.workspace_id = ${workspaceOf(tx)} and r.state = 'waiting' and r.pipeline_id = ${pipelineId}`;
}

export interface PipelineNumbers {
  readonly stages: Readonly<Record<string, number>>;
  readonly triggers: Readonly<Record<string, { readonly moves30: number }>>;
  readonly rules: Readonly<
    Record<
      string,
      {
        readonly runs30: number;
        readonly failed30: number;
        readonly waiting: number;
        readonly lastFailure: Failure | null;
      }
    >
  >;
}

export interface Failure {
  readonly item: number;
  readonly at: Date;
  readonly error: string | null;
  readonly reason: Reason | null;
}

/** What the cards of the automation screen show: items now, moves and runs of the last 30 days. Reads what it counts, not what was before (adr/0018). */
export async function countForBoard(tx: Tx, pipelineId: number, now: Date): Promise<PipelineNumbers> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const id = workspaceOf(tx);
  const stages = await sql<{ code: string; count: number }>`
    select s.code, (select count(*) from items i where i.workspace_id = s.workspace_id and i.pipeline_id = s.pipeline_id and i.stage_id = s.id) as count
    from stages s where s.workspace_id = ${id} and s.pipeline_id = ${pipelineId}`.execute(tx);
  const triggers = await sql<{ trigger_id: string; moves: number }>`
    select trigger_id, count(*) as moves from visits
    where workspace_id = ${id} and pipeline_id = ${pipelineId} and entered_at >= ${since} and trigger_id is not null group by 1`.execute(
    tx,
  );
  const rules = await sql<{ rule_id: string; runs: number; failed: number; waiting: number }>`
    select rule_id, sum(ended)::int as runs, sum(failed)::int as failed, sum(waiting)::int as waiting from (
      select rule_id, count(*) as ended, count(*) filter (where state = 'failed') as failed, 0 as waiting from runs
      where workspace_id = ${id} and pipeline_id = ${pipelineId} and state in ('done', 'failed', 'uncertain') and ended_at >= ${since} group by 1
      union all
      select rule_id, 0, 0, count(*) from runs where workspace_id = ${id} and pipeline_id = ${pipelineId} and state = 'waiting' group by 1
    ) counted group by 1`.execute(tx);
  const failures = await loadLastFailures(tx, pipelineId, since);
  return {
    stages: Object.fromEntries(stages.rows.map((row) => [row.code, row.count])),
    triggers: Object.fromEntries(triggers.rows.map((row) => [row.trigger_id, { moves30: row.moves }])),
    rules: Object.fromEntries(
      rules.rows.map((row) => [
        row.rule_id,
        {
          ...{ runs30: row.runs, failed30: row.failed, waiting: row.waiting },
          lastFailure: failures.get(row.rule_id) ?? null,
        },
      ]),
    ),
  };
}

async function loadLastFailures(tx: Tx, pipelineId: number, since: Date): Promise<ReadonlyMap<string, Failure>> {
  const { rows } = await sql<{ ruleId: string; item: number; at: Date; error: string | null; reason: unknown }>`
    select distinct on (rule_id) rule_id as "ruleId", item_id as item, ended_at as at, error, reason from runs
    where workspace_id = ${workspaceOf(tx)} and pipeline_id = ${pipelineId} and state = 'failed' and ended_at >= ${since}
    order by rule_id, ended_at desc, id desc`.execute(tx);
  return new Map(rows.map(({ ruleId, reason, ...row }) => [ruleId, { ...row, reason: readReason(reason) }]));
}
