import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { signalOf } from '../../signals/signal-of.store.ts';
import { type Run, toRun } from '../visits/runs.store.ts';

/** A run with what its visit tells about it. */
export interface VisitedRun {
  readonly run: Run;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly enteredAt: Date;
  /** The version of the board that the run keeps to. */
  readonly boardVersion: number;
}

/** Newest visit first, within a visit the oldest run first; `below` a visit id for paging, whole visits only. */
export async function listItemRuns(
  tx: Tx,
  { itemId, below, visits }: { readonly itemId: number; readonly below: number | undefined; readonly visits: number },
): Promise<VisitedRun[]> {
  const rows = await tx
    .with('recent', (query) =>
      query
        .selectFrom('visits')
        .select(['id', 'pipeline_id', 'stage_id', 'entered_at', 'board_version as visit_board'])
        .where('workspace_id', '=', workspaceOf(tx))
        .where('item_id', '=', itemId)
        .$if(below !== undefined, (narrowed) => narrowed.where('id', '<', below ?? 0))
        .where((is) =>
          is.exists(
            is
              .selectFrom('runs')
              .select('runs.id')
              .whereRef('runs.workspace_id', '=', 'visits.workspace_id')
              .whereRef('runs.visit_id', '=', 'visits.id'),
          ),
        )
        .orderBy('id', 'desc')
        .limit(visits),
    )
    .selectFrom('recent')
    .innerJoin('runs', (join) =>
      join.onRef('runs.visit_id', '=', 'recent.id').on('runs.workspace_id', '=', workspaceOf(tx)),
    )
    .selectAll('runs')
    .select(['recent.pipeline_id', 'recent.stage_id', 'recent.entered_at', 'recent.visit_board'])
    .orderBy('recent.id', 'desc')
    .orderBy('runs.id')
    .execute();
  return rows.map((row) => ({ run: toRun(row), ...visitOf(row) }));
}

/** One run, as a list; empty when there is none. */
export async function getVisitedRun(tx: Tx, id: number): Promise<VisitedRun[]> {
  const rows = await tx
    .selectFrom('runs')
    .innerJoin('visits', (join) =>
      join.onRef('visits.workspace_id', '=', 'runs.workspace_id').onRef('visits.id', '=', 'runs.visit_id'),
    )
    .selectAll('runs')
    .select(['visits.pipeline_id', 'visits.stage_id', 'visits.entered_at', 'visits.board_version as visit_board'])
    .where('runs.workspace_id', '=', workspaceOf(tx))
    .where('runs.id', '=', id)
    .execute();
  return rows.map((row) => ({ run: toRun(row), ...visitOf(row) }));
}

interface VisitColumns {
  readonly pipeline_id: number;
  readonly stage_id: number;
  readonly entered_at: Date;
  readonly visit_board: number;
  readonly board_version: number | null;
}

function visitOf(row: VisitColumns): Omit<VisitedRun, 'run'> {
  return {
    pipelineId: row.pipeline_id,
    stageId: row.stage_id,
    enteredAt: row.entered_at,
    boardVersion: row.board_version ?? row.visit_board,
  };
}

/** Items that stand on a stage now, with the visit they are on; those whose visit has a run of the rule already are left out. */
export async function listItemsForRule(
  tx: Tx,
  { stageId, pipelineId, ruleId }: { readonly stageId: number; readonly pipelineId: number; readonly ruleId: string },
): Promise<{ id: number; title: string; visitId: number }[]> {
  const { rows } = await sql<{ id: number; title: string; visitId: number }>`
    select i.id, i.title, i.visit_id as "visitId" from items i
    where i.workspace_id = ${workspaceOf(tx)} and i.pipeline_id = ${pipelineId} and i.stage_id = ${stageId} and i.visit_id > 0
      and not exists (select from runs r where r.workspace_id = i.workspace_id and r.visit_id = i.visit_id and r.rule_id = ${ruleId})
    order by i.id`.execute(tx);
  return rows;
}

export interface ItemSignal {
  readonly id: number;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly decidedAt: Date | null;
  readonly payload: unknown;
  /** The item's pipeline when the signal was decided, and the version of its board; null: not decided. */
  readonly pipelineId: number | null;
  readonly boardVersion: number | null;
  readonly verdicts: unknown;
  readonly hearers: string | null;
  readonly note: unknown;
  readonly visitId: number | null;
  readonly causeRunId: number | null;
}

/** The signals that were judged on an item, newest first; those still waiting to be decided come with them. */
export async function listItemSignals(
  tx: Tx,
  { itemId, below, limit }: { readonly itemId: number; readonly below: number | undefined; readonly limit: number },
): Promise<ItemSignal[]> {
  const { rows } = await sql<ItemSignal>`
    select s.id, s.kind, s.occurred_at as "occurredAt", s.recorded_at as "recordedAt", d.decided_at as "decidedAt", s.payload,
      d.pipeline_id as "pipelineId", d.board_version as "boardVersion", d.verdicts, d.hearers, d.note, d.visit_id as "visitId", s.cause_run_id as "causeRunId"
    from (
      (select signal_id from decisions where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and signal_id < ${below ?? Number.MAX_SAFE_INTEGER}
       order by signal_id desc limit ${limit})
      union
      (select q.signal_id from signal_queue q cross join ${signalOf(tx, sql`q.signal_id`)} s
       where q.workspace_id = ${workspaceOf(tx)} and coalesce(q.item_ids, s.item_ids) @> array[${itemId}::bigint] and q.signal_id < ${below ?? Number.MAX_SAFE_INTEGER}
       order by q.signal_id desc limit ${limit})
    ) found
    cross join ${signalOf(tx, sql`found.signal_id`)} s
    left join decisions d on d.workspace_id = s.workspace_id and d.item_id = ${itemId} and d.signal_id = s.id
    order by s.id desc limit ${limit}`.execute(tx);
  return rows;
}
