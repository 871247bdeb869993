import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inWorkspaceOften } from '../../platform/db.ts';
import { withClient } from '../../platform/testing-databases.ts';
import { takeSignals } from './signal-queue.store.ts';
import { engineBench } from './testing-drain.ts';

const { here, context, database, opened, record } = engineBench();
const BACKLOG = 20_000;
const LIMIT = 20;

test('of a long queue a batch reads no more than it takes, though statistics and plans are from when it was short', async () => {
  const take = () =>
    inWorkspaceOften(context().databases.app, here().workspaceId, async (tx) => {
      const taken = await takeSignals(tx, { limit: LIMIT, onTaken: () => {} });
      const { rows } = await sql<{ name: string; rows: number }>`
        select relname as name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where relname in ('signals', 'signal_queue') order by 1`.execute(tx);
      return { ids: taken.map(({ facts }) => facts.id), rows };
    });
  await record(opened(1));
  await withClient(database().url, async (owner) => {
    for (const table of ['signals', 'signal_queue']) {
      await owner.query(`alter table ${table} set (autovacuum_enabled = off)`);
      await owner.query(`analyze ${table}`);
    }
    // More than five times: from then on PostgreSQL keeps a plan of what it has prepared.
    for (let time = 0; time < 8; time += 1) await take();
    await owner.query(
      `with made as (insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids)
         select $1, 'email.opened', now(), 'burst ' || n, '{}', array[n] from generate_series(1, ${BACKLOG}) n returning id)
       insert into signal_queue (workspace_id, signal_id) select $1, id from made order by id desc`,
      [here().workspaceId],
    );
  });

  const { ids, rows } = await take();

  expect(ids).toHaveLength(LIMIT);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(rows.map(({ name }) => name)).toEqual(['signal_queue', 'signals']);
  for (const one of rows) expect(one.rows, one.name).toBeLessThanOrEqual(2 * LIMIT);
});
