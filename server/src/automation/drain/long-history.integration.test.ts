import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Tx } from '../../platform/db.ts';
import { withClient } from '../../platform/testing-databases.ts';
import { engineBench, onHook } from './testing-drain.ts';

const { here, database, hook, record, drain, stageOf } = engineBench();
const HISTORY = 30_000;
const tables = ['signals', 'signal_queue', 'decisions', 'items', 'visits', 'runs', 'history', 'timeline'];

// What a workspace is like after years: the planner knows nothing of it, or what it was like when everything waited.
beforeEach(async () => {
  const { workspaceId, pipelineId, stages } = here();
  await withClient(database().url, async (owner) => {
    const run = (text: string) => owner.query(text.replaceAll(':w', String(workspaceId)));
    for (const table of tables) await run(`alter table ${table} set (autovacuum_enabled = off)`);
    await run(`insert into items (workspace_id, type, pipeline_id, stage_id, title, visit_id)
      select :w, 'deal', ${pipelineId}, ${stages.NEW}, 'Deal ' || n, n from generate_series(1, ${HISTORY}) n`);
    await run(`insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids)
      select :w, 'webhook.called', now(), 'old ' || id, '{"code":"old"}', array[id] from items where workspace_id = :w`);
    await run(`insert into signal_queue (workspace_id, signal_id) select :w, id from signals where workspace_id = :w`);
    await run(`insert into runs (workspace_id, visit_id, item_id, rule_id, state)
      select :w, id, id, 'old', 'done' from items where workspace_id = :w`);
    await run('analyze signal_queue');
    await run('delete from signal_queue where workspace_id = :w');
    for (const table of tables.filter((name) => name !== 'signal_queue'))
      await run(`delete from pg_statistic where starelid = '${table}'::regclass`);
  });
});

test('a signal reads a handful of rows however long the history is, whatever the planner believes', async () => {
  const rules = [
    { id: 'say', do: 'alerts/comment', stage: 'WARM', settings: { text: 'x' } },
    { id: 'later', do: 'alerts/comment', stage: 'NEW', time: { after: '1 hour' }, settings: { text: 'y' } },
  ];
  await here().saveBoard({ triggers: [onHook('WARM', 'go')], rules });
  const item = await here().addItem();
  await record(hook(item, 'go'));
  const read = new Map<string, number>();
  await drain({ bindSignals: async () => {}, runEntered: async (tx) => countRowsRead(tx, read) });
  expect(await stageOf(item)).toBe('WARM');
  expect([...read].filter(([, rows]) => rows > 50)).toEqual([]);
  expect(read.get('signals')).toBeGreaterThan(0);
});

/** By this transaction, of each table. */
async function countRowsRead(tx: Tx, read: Map<string, number>): Promise<void> {
  const { rows } = await sql<{ name: string; rows: number }>`
    select relname as name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables where schemaname = 'public'`.execute(tx);
  for (const row of rows) read.set(row.name, row.rows);
}
