import type pg from 'pg';
import { connectAsApp } from './data/database.ts';
import { secondsOf } from './instruments/measure.ts';

export const LIMIT_BATCH = 1000;

/** Consecutive items of one workspace, and the connection that writes to them. */
export interface Stretch {
  readonly workspaceId: number;
  readonly firstItem: number;
  readonly items: number;
}

interface Statement {
  readonly text: string;
  /** The rows of one batch, as any program has to send them: one array a column. */
  columns(batch: Batch): unknown[];
}

interface Batch {
  readonly items: readonly number[];
  readonly visits: readonly number[];
  readonly key: number;
}

const at = () => new Date().toISOString();

const SIGNALS: Statement = {
  text: `insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids)
    select $1, kind, occurred_at::timestamptz, source_key, payload::jsonb, array[item] from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) r (kind, occurred_at, source_key, payload, item)`,
  columns: ({ items, key }) => [
    items.map(() => 'webhook.called'),
    items.map(at),
    items.map((item) => `limit:${key}:${item}`),
    items.map(() => '{"code":"go"}'),
    items,
  ],
};

const ITEMS: Statement = {
  text: `update items set stage_id = r.stage, visit_id = r.visit, updated_at = now(), moved_at = now()
    from unnest($2::bigint[], $3::bigint[], $4::bigint[]) r (item, stage, visit) where workspace_id = $1 and id = r.item`,
  columns: ({ items, visits, key }) => [items, items.map(() => key % 9), visits],
};

const HISTORY: Statement = {
  text: `insert into history (workspace_id, item_id, at, author_id, field, "from", "to", trigger_name, signal_id)
    select $1, item, at::timestamptz, author, 'stage', old::jsonb, new::jsonb, trigger, signal
    from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bigint[]) r (item, at, author, old, new, trigger, signal)`,
  columns: ({ items }) => [
    items,
    items.map(at),
    items.map(() => 1),
    items.map(() => '"NEW"'),
    items.map(() => '"WARM"'),
    items.map(() => 'Client called'),
    items,
  ],
};

const TIMELINE: Statement = {
  text: `insert into timeline (workspace_id, item_id, kind, at, author_id, data)
    select $1, item, 'moved', at::timestamptz, author, data::jsonb from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[]) r (item, at, author, data)`,
  columns: ({ items }) => [
    items,
    items.map(at),
    items.map(() => 1),
    items.map((item) => JSON.stringify({ from: 'NEW', to: 'WARM', trigger: 'Client called', signal: item, by: 1 })),
  ],
};

const RUNS: Statement = {
  text: `insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, entry, due_at)
    select $1, visit, item, 1, rule, true, at::timestamptz from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[]) r (visit, item, rule, at)`,
  columns: ({ items, visits }) => [
    [...visits, ...visits],
    [...items, ...items],
    [...items.map(() => 'rule-1'), ...items.map(() => 'rule-2')],
    [...items, ...items].map(at),
  ],
};

const VISITS: Statement = {
  text: `insert into visits (workspace_id, id, item_id, pipeline_id, stage_id, from_pipeline_id, from_stage_id, entered_at, board_version, by_id, signal_id, trigger_id)
    overriding system value
    select $1, visit, item, 1, 2, 1, 1, at::timestamptz, 1, 1, item, 'trigger-7' from unnest($2::bigint[], $3::bigint[], $4::text[]) r (visit, item, at)`,
  columns: ({ items, visits }) => [visits, items, items.map(at)],
};

const DECISIONS: Statement = {
  text: `insert into decisions (workspace_id, item_id, signal_id, decided_at, pipeline_id, board_version, visit_id, verdicts, hearers)
    select $1, item, signal, at::timestamptz, 1, 1, visit, verdicts::json, '0e37df36-f698-11e6-8dd4-cb9ced3df976' from unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[]) r (item, signal, at, visit, verdicts)`,
  columns: ({ items, visits, key }) => [
    items,
    items.map((item) => key * 100_000_000 + item),
    items.map(at),
    visits,
    items.map(() => '[[[0,0],"moves"],[[1,2],"outrun"]]'),
  ],
};

/** Queue rows are filled before the clock starts, as a backlog is. */
const QUEUE: Statement = {
  text: 'delete from signal_queue where workspace_id = $1 and signal_id = any($2::bigint[])',
  columns: ({ visits }) => [visits],
};

const JOBS: Statement = {
  text: 'select signalbox_add_jobs($2::json) where $1::bigint > 0',
  columns: ({ visits }) => [
    JSON.stringify(
      Array.from({ length: Math.ceil(visits.length / 50) }, (_, i) => ({
        task: 'bench-nothing',
        payload: { visits: visits.slice(i * 50, i * 50 + 50) },
      })),
    ),
  ],
};

const ROWS = {
  /** (a): 1 signal, 1 item update, 1 history, 1 timeline, 2 runs for each signal. */
  limit: [SIGNALS, ITEMS, HISTORY, TIMELINE, RUNS],
  /** (a2): exactly the rows that the drain writes for each signal that moves its item. */
  drain: [ITEMS, VISITS, HISTORY, TIMELINE, RUNS, DECISIONS, QUEUE, JOBS],
} as const;

let nextVisit = 1_000_000_000;

/** Signals a second that plain set-based SQL writes in batches of 1,000, one connection a stretch. */
export async function measureLimit(
  url: string,
  stretches: readonly Stretch[],
  rows: keyof typeof ROWS,
): Promise<number> {
  const key = nextVisit;
  const plans = stretches.map((stretch) => ({ stretch, batches: batchesOf(stretch, key) }));
  const clients = await Promise.all(plans.map(({ stretch }) => connectAsApp(url, stretch.workspaceId)));
  if (rows === 'drain') await Promise.all(plans.map((plan, i) => fillQueue(clients[i], plan.stretch, plan.batches)));
  const seconds = await secondsOf(() =>
    Promise.all(plans.map(({ stretch, batches }, i) => writeBatches(clients[i], stretch, batches, ROWS[rows]))),
  );
  await Promise.all(clients.map((client) => client.end()));
  return stretches.reduce((sum, { items }) => sum + items, 0) / seconds;
}

function batchesOf(stretch: Stretch, key: number): Batch[] {
  return Array.from({ length: Math.ceil(stretch.items / LIMIT_BATCH) }, (_, i) => {
    const first = stretch.firstItem + i * LIMIT_BATCH;
    const size = Math.min(LIMIT_BATCH, stretch.items - i * LIMIT_BATCH);
    const items = Array.from({ length: size }, (_, n) => first + n);
    return { items, visits: items.map(() => nextVisit++), key };
  });
}

async function fillQueue(client: pg.Client | undefined, { workspaceId }: Stretch, batches: readonly Batch[]) {
  for (const { visits } of batches) {
    await client?.query('insert into signal_queue (workspace_id, signal_id) select $1, unnest($2::bigint[])', [
      workspaceId,
      visits,
    ]);
  }
}

async function writeBatches(
  client: pg.Client | undefined,
  { workspaceId }: Stretch,
  batches: readonly Batch[],
  statements: readonly Statement[],
) {
  for (const batch of batches) {
    await client?.query('begin');
    for (const { text, columns } of statements) await client?.query(text, [workspaceId, ...columns(batch)]);
    await client?.query('commit');
  }
}
