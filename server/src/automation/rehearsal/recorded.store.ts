import type { SignalFacts } from '@signalbox/automation/kit/facts.ts';
import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { sql } from 'kysely';
import { readValues } from '../../crm/facts/read-values.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { chainColumn } from '../visits/visits.store.ts';

/** Which part of what happened is meant; numbers as in `visits_id_seq`, which counts everything that happens to items. */
export interface Span {
  readonly pipelineId: number;
  readonly since: Date;
  /** Nothing that came later. */
  readonly until: number;
}

export interface Weighed {
  readonly id: number;
  readonly decisions: number;
}

/** The number of the last thing that happened. */
export async function lastNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last_value as last from visits_id_seq`.execute(tx);
  return rows[0]?.last ?? 0;
}

/** The items that were judged or entered a stage on the pipeline, in ascending id. */
export async function listRecordedItems(tx: Tx, { pipelineId, since }: Span): Promise<Weighed[]> {
  const { rows } = await sql<Weighed>`
    with judged as (
      select item_id as id, count(*)::int as decisions from decisions
      where workspace_id = ${workspaceOf(tx)} and pipeline_id = ${pipelineId} and decided_at >= ${since} and batch > 0 group by item_id
    ), entered as (
      select distinct item_id as id, 0 as decisions from visits
      where workspace_id = ${workspaceOf(tx)} and pipeline_id = ${pipelineId} and entered_at >= ${since}
    )
    select i.id, sum(r.decisions)::int as decisions from (select * from judged union all select * from entered) r
    join items i on i.workspace_id = ${workspaceOf(tx)} and i.id = r.id group by i.id order by i.id`.execute(tx);
  return rows;
}

export interface RecordedDecision {
  readonly itemId: number;
  readonly batch: number;
  readonly at: Date;
  readonly moved: boolean;
  readonly visitId: number | null;
  readonly signal: SignalFacts;
  readonly byRule: boolean;
}

/** In the order in which they were decided; those on items that were only passed over are left out. */
export async function listDecisions(tx: Tx, ids: readonly number[], { since, until }: Span) {
  const { rows } = await sql<{
    itemId: number;
    batch: number;
    at: Date;
    moved: boolean;
    visitId: number | null;
    byRule: boolean;
    id: number;
    kind: string;
    occurredAt: number;
    payload: unknown;
    chain: unknown;
  }>`
    select d.item_id as "itemId", d.batch, d.decided_at as at, d.visit_id as "visitId", s.cause_run_id is not null as "byRule",
      exists (select from json_array_elements(d.verdicts) v where v->>1 = 'moves') as moved,
      s.id, s.kind, extract(epoch from s.occurred_at)::float8 * 1000 as "occurredAt", s.payload, s.chain
    from decisions d join signals s on s.workspace_id = d.workspace_id and s.id = d.signal_id
    where d.workspace_id = ${workspaceOf(tx)} and d.item_id = any(${arrayOf(ids)}::bigint[]) and d.pipeline_id > 0
      and d.batch > 0 and d.batch <= ${until} and d.decided_at >= ${since}
    order by d.item_id, d.batch, d.signal_id`.execute(tx);
  return rows.map(({ id, kind, occurredAt, payload, chain, ...row }): RecordedDecision => {
    const signal = { id, kind, occurredAt, payload, chain: chainColumn.parse(chain), person: null };
    return { ...row, signal };
  });
}

export interface RecordedVisit {
  readonly id: number;
  readonly itemId: number;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly fromPipelineId: number | null;
  readonly fromStageId: number | null;
  readonly at: Date;
  readonly byRule: boolean;
}

export async function listVisits(tx: Tx, ids: readonly number[]): Promise<RecordedVisit[]> {
  const { rows } = await sql<RecordedVisit>`
    select id, item_id as "itemId", pipeline_id as "pipelineId", stage_id as "stageId", from_pipeline_id as "fromPipelineId",
      from_stage_id as "fromStageId", entered_at as at, run_id is not null as "byRule"
    from visits where workspace_id = ${workspaceOf(tx)} and item_id = any(${arrayOf(ids)}::bigint[]) order by item_id, id`.execute(
    tx,
  );
  return rows;
}

export interface RecordedChange {
  readonly id: number;
  readonly itemId: number;
  readonly at: Date;
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

/** Changes of fields, amounts as their column keeps them; entries into stages are visits. */
export async function listChanges(tx: Tx, ids: readonly number[]): Promise<RecordedChange[]> {
  const { rows } = await sql<Omit<RecordedChange, 'from' | 'to'> & { from: unknown; to: unknown }>`
    select id, item_id as "itemId", at, field, "from", case when field = 'amount' and jsonb_typeof("to") = 'object'
      then jsonb_set("to", '{amount}', to_jsonb(("to"->>'amount')::numeric(18, 2)::text)) else "to" end as "to"
    from history where workspace_id = ${workspaceOf(tx)} and item_id = any(${arrayOf(ids)}::bigint[])
      and field not in ('stage', 'pipeline') order by item_id, id`.execute(tx);
  return rows.map((row) => {
    const { from = null, to = null } = readValues({ from: row.from, to: row.to });
    return { ...row, from, to };
  });
}

/** By parent: the ids of the items that are tied to it, or were until they were deleted. */
export async function listChildren(tx: Tx, ids: readonly number[]): Promise<{ id: number; parentId: number }[]> {
  const of = sql`workspace_id = ${workspaceOf(tx)} and parent_id = any(${arrayOf(ids)}::bigint[])`;
  const { rows } = await sql<{ id: number; parentId: number }>`
    select id, parent_id as "parentId" from items where ${of} union all select id, parent_id from deleted_items where ${of}
    order by id`.execute(tx);
  return rows;
}

/** The earlier items of each that ever had one of the clients which it ever had; the deleted too. */
export async function listEarlier(tx: Tx, ids: readonly number[]): Promise<{ id: number; earlier: number }[]> {
  const here = sql`${workspaceOf(tx)}`;
  const { rows } = await sql<{ id: number; earlier: number }>`
    with mine as materialized (
      select i.id, i.type, c.kind, c.client from items i cross join lateral (
        select 'contact' as kind, to_jsonb(i.contact_id) as client where i.contact_id is not null
        union select 'company', to_jsonb(i.company_id) where i.company_id is not null
        union select h.field, v.client from history h cross join lateral (values (h."from"), (h."to")) v(client)
          where h.workspace_id = ${here} and h.item_id = i.id and h.field in ('contact', 'company') and jsonb_typeof(v.client) = 'number'
      ) c where i.workspace_id = ${here} and i.id = any(${arrayOf(ids)}::bigint[])
    ), others as (
      select m.id, m.type, e.earlier from mine m cross join lateral (
        select id as earlier from items where m.kind = 'contact' and workspace_id = ${here} and contact_id = m.client::bigint
        union all select id from items where m.kind = 'company' and workspace_id = ${here} and company_id = m.client::bigint
        union all select id from deleted_items where m.kind = 'contact' and workspace_id = ${here} and contact_id = m.client::bigint
        union all select id from deleted_items where m.kind = 'company' and workspace_id = ${here} and company_id = m.client::bigint
        union all select item_id from history where workspace_id = ${here} and field in ('contact', 'company') and field = m.kind and "from" = m.client
        union all select item_id from history where workspace_id = ${here} and field in ('contact', 'company') and field = m.kind and "to" = m.client
      ) e where e.earlier < m.id
    )
    select distinct id, earlier from others order by id, earlier`.execute(tx);
  return rows;
}
function arrayOf(ids: readonly number[]): string {
  return `{${ids.join(',')}}`;
}
