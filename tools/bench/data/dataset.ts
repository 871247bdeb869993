import type { OwnerSql } from './database.ts';

export interface BenchWorkspace {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly pipelineId: number;
  /** Ids of consecutive items, all on the first stage. */
  readonly firstItem: number;
  readonly items: number;
}

export const STAGES = ['NEW', 'OFFER', 'WARM', 'CALL', 'MEETING', 'TERMS', 'CONTRACT', 'WON', 'LOST'] as const;

/** A company with one employee, one deal pipeline and `items` deals on its first stage. Statistics are fresh. */
export async function makeWorkspace(database: OwnerSql, items: number): Promise<BenchWorkspace> {
  const workspaceId = await insert(
    database,
    `insert into workspaces (name, currency) values ('Bench', 'EUR') returning id`,
    [],
  );
  const employeeId = await insert(
    database,
    `insert into employees (workspace_id, email, name, role) values ($1, 'anna' || $1::bigint || '@bench.test', 'Anna', 'admin') returning id`,
    [workspaceId],
  );
  const pipelineId = await insert(
    database,
    `insert into pipelines (workspace_id, type, name) values ($1, 'deal', 'Sales') returning id`,
    [workspaceId],
  );
  await database.sql(
    `insert into stages (workspace_id, pipeline_id, code, name, kind, position)
       select $1, $2, code, initcap(code), case code when 'WON' then 'won' when 'LOST' then 'lost' else 'open' end, place from unnest($3::text[]) with ordinality s (code, place)`,
    [workspaceId, pipelineId, [...STAGES]],
  );
  const firstItem = await insertItems(database, { workspaceId, employeeId, pipelineId }, items);
  await database.sql('vacuum analyze');
  return { workspaceId, employeeId, pipelineId, firstItem, items };
}

/** Deals on the stage NEW, with ids one after the other; answers the first. */
export async function insertItems(
  database: OwnerSql,
  owner: Omit<BenchWorkspace, 'firstItem' | 'items'>,
  items: number,
): Promise<number> {
  const result = await database.sql(
    `with made as (
       insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id)
         select $1, 'deal', $2, (select id from stages where workspace_id = $1 and pipeline_id = $2 and code = 'NEW'), 'Deal ' || n, 1000 + n % 5000, 'EUR', $3, $3
         from generate_series(1, $4::int) n returning id)
     select min(id) as id from made`,
    [owner.workspaceId, owner.pipelineId, owner.employeeId, items],
  );
  return Number(result.rows[0]?.id);
}

async function insert(database: OwnerSql, text: string, values: readonly unknown[]): Promise<number> {
  const result = await database.sql(text, values);
  return Number(result.rows[0]?.id);
}
