import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface BoardSearch {
  readonly pipelineId: number;
  /** What the text searched for means, over `items i`. */
  readonly text?: RawBuilder<unknown> | undefined;
  readonly responsibleId?: number | undefined;
  /** Which items are within somebody's rights (access/reach.ts). */
  readonly reach?: RawBuilder<unknown> | undefined;
}

export interface StageSum {
  readonly stageId: number;
  readonly currency: string | null;
  readonly count: number;
  readonly amount: number;
}

/** How many items stand on each stage, and what they are worth in each currency. */
export async function sumStages(tx: Tx, search: BoardSearch): Promise<StageSum[]> {
  const { rows } = await sql<StageSum>`
    select i.stage_id as "stageId", i.currency, count(*)::int as count, coalesce(sum(i.amount), 0)::float8 as amount
    from items i where ${whereOf(tx, search)}
    group by i.stage_id, i.currency order by i.currency nulls last`.execute(tx);
  return rows;
}

/** Where a column's last page ended: microseconds of `moved_at`, and the id. */
export type ColumnCursor = readonly [movedAt: number, id: number];

export interface CardRow {
  readonly id: number;
  readonly stageId: number;
  readonly title: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly stage: string;
  readonly contactId: number | null;
  readonly contactName: string | null;
  readonly companyId: number | null;
  readonly companyName: string | null;
  readonly responsibleId: number | null;
  readonly movedAt: Date;
  readonly movedAtMicros: number;
  readonly lastKind: string | null;
  readonly lastAt: Date | null;
  readonly lastText: string | null;
  readonly moveData: unknown;
  readonly waitingRuns: number;
}

/** The cards of some columns, in each those that came last first. */
export async function loadCards(
  tx: Tx,
  search: BoardSearch,
  page: { stageIds: readonly number[]; after?: ColumnCursor | undefined; limit: number },
): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select i.id, i.stage_id as "stageId", i.title, i.amount::float8 as amount, i.currency, s.code as stage,
      i.contact_id as "contactId", contact.name as "contactName", i.company_id as "companyId", company.name as "companyName",
      i.responsible_id as "responsibleId", i.moved_at as "movedAt", ${micros} as "movedAtMicros",
      last.kind as "lastKind", last.at as "lastAt", last.text as "lastText", move.data as "moveData", coalesce(waiting.count, 0) as "waitingRuns"
    from unnest(${`{${page.stageIds.join(',')}}`}::bigint[]) column_stage (id)
    cross join lateral (
      select i.* from items i
      where ${whereOf(tx, search)} and i.stage_id = column_stage.id and ${afterCursor(page.after)}
      order by i.moved_at desc, i.id desc limit ${page.limit}
    ) i
    join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id
    left join contacts contact on contact.workspace_id = i.workspace_id and contact.id = i.contact_id
    left join companies company on company.workspace_id = i.workspace_id and company.id = i.company_id
    left join lateral (
      select t.kind, t.at, t.text from timeline t
      where t.workspace_id = i.workspace_id and t.item_id = i.id order by t.id desc limit 1
    ) last on true
    left join lateral (
      select t.data from timeline t
      where t.workspace_id = i.workspace_id and t.item_id = i.id and t.kind in ('moved', 'created') order by t.id desc limit 1
    ) move on true
    left join lateral (
      select count(*)::int as count from visits v
      join runs r on r.workspace_id = v.workspace_id and r.visit_id = v.id and r.state = 'waiting'
      where v.workspace_id = i.workspace_id and v.item_id = i.id
    ) waiting on true
    order by s.position, i.moved_at desc, i.id desc`.execute(tx);
  return rows;
}

const micros = sql`(extract(epoch from i.moved_at) * 1000000)::bigint`;

function afterCursor(after: ColumnCursor | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`;
  return sql`(i.moved_at, i.id) < (timestamptz 'epoch' + ${after[0]}::bigint * interval '1 microsecond', ${after[1]}::bigint)`;
}

function whereOf(tx: Tx, { pipelineId, text, responsibleId, reach }: BoardSearch): RawBuilder<unknown> {
  return sql`i.workspace_id = ${workspaceOf(tx)} and i.pipeline_id = ${pipelineId}
    and ${responsibleId === undefined ? sql`true` : sql`i.responsible_id = ${responsibleId}`}
    and ${text ?? sql`true`} and ${reach ?? sql`true`}`;
}
