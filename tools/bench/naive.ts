import type pg from 'pg';
import { connectAsApp } from './data/database.ts';
import type { BenchWorkspace } from './data/dataset.ts';
import { secondsOf } from './instruments/measure.ts';

interface Waiting {
  readonly id: string;
  readonly item: string;
}

/** (c): the rows of (a2) as a plain program writes them: one transaction a signal, one statement a row, the condition in code. */
export async function measureNaive(url: string, workspace: BenchWorkspace, signals: number): Promise<number> {
  const client = await connectAsApp(url, workspace.workspaceId);
  const { rows } = await client.query<Waiting>(
    'select q.signal_id as id, s.item_ids[1] as item from signal_queue q join signals s on s.workspace_id = q.workspace_id and s.id = q.signal_id where q.workspace_id = $1 order by 1 limit $2',
    [workspace.workspaceId, signals],
  );
  const stage = await client.query<{ id: string }>(`select id from stages where workspace_id = $1 and code = 'WARM'`, [
    workspace.workspaceId,
  ]);
  const target = stage.rows[0]?.id ?? '0';
  const seconds = await secondsOf(async () => {
    for (const signal of rows) await decideOne(client, workspace, { ...signal, target });
  });
  await client.end();
  return rows.length / seconds;
}

async function decideOne(
  client: pg.Client,
  { workspaceId, pipelineId, employeeId }: BenchWorkspace,
  { id, item, target }: Waiting & { readonly target: string },
) {
  await client.query('begin');
  const found = await client.query<{ stage_id: string; amount: string }>(
    'select * from items where workspace_id = $1 and id = $2 for update',
    [workspaceId, item],
  );
  const [row] = found.rows;
  if (row !== undefined && Number(row.amount) >= 1000 && row.stage_id !== target) {
    const visit = await client.query<{ id: string }>(
      `insert into visits (workspace_id, item_id, pipeline_id, stage_id, from_pipeline_id, from_stage_id, entered_at, board_version, by_id, signal_id, trigger_id, chain)
       values ($1, $2, $3, $4, $3, $5, now(), 1, $6, $7, 'webhook-2', '{"origin":{"1":1},"entered":[{"item":1,"stage":2}]}') returning id`,
      [workspaceId, item, pipelineId, target, row.stage_id, employeeId, id],
    );
    const visitId = visit.rows[0]?.id;
    await client.query(
      'update items set stage_id = $3, visit_id = $4, updated_at = now(), moved_at = now() where workspace_id = $1 and id = $2',
      [workspaceId, item, target, visitId],
    );
    await client.query(
      `insert into history (workspace_id, item_id, at, author_id, field, "from", "to", trigger_name, signal_id) values ($1, $2, now(), $3, 'stage', '"NEW"', '"WARM"', 'Webhook', $4)`,
      [workspaceId, item, employeeId, id],
    );
    await client.query(
      `insert into timeline (workspace_id, item_id, kind, at, author_id, data) values ($1, $2, 'moved', now(), $3, '{"from":"NEW","to":"WARM","trigger":"Webhook"}')`,
      [workspaceId, item, employeeId],
    );
    for (const rule of ['tell', 'say']) {
      await client.query(
        'insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, entry, due_at) values ($1, $2, $3, 1, $4, true, now())',
        [workspaceId, visitId, item, rule],
      );
    }
    await client.query(
      `insert into decisions (workspace_id, item_id, signal_id, decided_at, pipeline_id, board_version, visit_id, verdicts) values ($1, $2, $3, now(), 1, 1, $4, '[["webhook-0","settings"],["webhook-1","condition"],["webhook-2","moves"]]')`,
      [workspaceId, item, id, visitId],
    );
    await client.query(
      `select signalbox_add_jobs(json_build_array(json_build_object('task', 'bench-nothing', 'payload', json_build_object('visit', $1::bigint))))`,
      [visitId],
    );
  }
  await client.query('delete from signal_queue where workspace_id = $1 and signal_id = $2', [workspaceId, id]);
  await client.query('commit');
}
