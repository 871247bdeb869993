import type { OwnerSql } from './database.ts';
import type { BenchWorkspace } from './dataset.ts';

/** Rules of one visit that wait for their moments. */
const RULES = 10;
const STAGE = 'OFFER';

const rule = { do: 'alerts/comment', stage: STAGE, settings: { text: 'It is time.' } };

/** On one stage a rule that is due at once and ten that wait for a month. */
export const waitingRules: readonly object[] = [
  { ...rule, id: 'now' },
  ...Array.from({ length: RULES }, (_, at) => ({ ...rule, id: `wait-${at}`, time: { after: '30 days' } })),
];

/** Every item of the pipeline came to that stage yesterday. */
export async function enterAll(database: OwnerSql, { workspaceId, pipelineId }: Owner): Promise<void> {
  const owner = [workspaceId, pipelineId];
  await database.sql(
    `update items set stage_id = (select id from stages where workspace_id = $1 and pipeline_id = $2 and code = '${STAGE}')
     where workspace_id = $1 and pipeline_id = $2`,
    owner,
  );
  await database.sql(
    `insert into visits (workspace_id, item_id, pipeline_id, stage_id, entered_at, board_version)
     select i.workspace_id, i.id, i.pipeline_id, i.stage_id, now() - interval '1 day', p.board_version
     from items i join pipelines p on p.workspace_id = i.workspace_id and p.id = i.pipeline_id
     where i.workspace_id = $1 and i.pipeline_id = $2`,
    owner,
  );
}

type Owner = Pick<BenchWorkspace, 'workspaceId' | 'pipelineId'>;

/** Ten runs for each of these items, each waiting for a moment of the next two months. */
export async function addWaiting(database: OwnerSql, { workspaceId }: BenchWorkspace, items: Span): Promise<void> {
  await database.sql(
    `insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, state, waiting_for, due_at)
     select v.workspace_id, v.id, v.item_id, v.pipeline_id, 'wait-' || r, 'waiting', 'time', now() + interval '1 day' + random() * interval '60 days'
     from visits v cross join generate_series(0, ${RULES - 1}) r
     where v.workspace_id = $1 and v.item_id >= $2::bigint and v.item_id < $3::bigint`,
    [workspaceId, items.from, items.to],
  );
}

/** A run for each of these items that has been due for a minute. */
export async function addDue(database: OwnerSql, { workspaceId }: BenchWorkspace, items: Span): Promise<void> {
  await database.sql(
    `insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, state, waiting_for, due_at)
     select v.workspace_id, v.id, v.item_id, v.pipeline_id, 'now', 'waiting', 'time', now() - interval '1 minute'
     from visits v where v.workspace_id = $1 and v.item_id >= $2::bigint and v.item_id < $3::bigint`,
    [workspaceId, items.from, items.to],
  );
}

/** Consecutive items, `to` not among them. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Tasks of every status, most of them closed, with deadlines around today, for the items in turn. */
export async function addTasks(
  database: OwnerSql,
  { workspaceId, employeeId, firstItem, items }: BenchWorkspace,
  count: number,
): Promise<void> {
  await database.sql(
    `insert into tasks (workspace_id, title, status, responsible_id, creator_id, deadline, item_id, created_at, updated_at, closed_by, closed_at)
     select $1, (array['Call', 'Visit', 'Measure', 'Write to'])[1 + n % 4] || ' house ' || n,
       (array['new', 'pending', 'in-progress', 'completed', 'completed', 'completed'])[1 + n % 6], $2, $2,
       case when n % 5 > 0 then now() + (random() - 0.5) * interval '120 days' end, $3::bigint + n % $4::bigint,
       now() - interval '60 days', now() - random() * interval '60 days',
       case when n % 6 > 2 then $2::bigint end, case when n % 6 > 2 then now() - random() * interval '60 days' end
     from generate_series(1, $5::int) n`,
    [workspaceId, employeeId, firstItem, items, count],
  );
}
