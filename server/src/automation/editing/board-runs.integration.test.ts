import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, makeFixture } from '../../platform/fixtures.ts';
import { migrate } from '../../platform/migrate/migrate.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../platform/testing.ts';
import { withClient } from '../../platform/testing-databases.ts';
import { cancelRunsOfRules, countForBoard, countRunsOfRules } from './board-runs.store.ts';

const now = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
let database: TestDatabase;
let fixture: Fixture;
let other: number;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await makeFixture(database);
  other = (await fixture.addPipeline({ name: 'Service' })).pipelineId;
});
afterAll(() => database.close());

/** Visits of a pipeline, each with one run. */
async function happen(
  pipelineId: number,
  rows: readonly { trigger?: string; rule: string; state: string; at: Date }[],
) {
  await fixture.inside(async (tx) => {
    for (const { trigger = null, rule, state, at } of rows) {
      const ended = state === 'waiting' ? null : at;
      await sql`
        with visit as (
          insert into visits (workspace_id, item_id, pipeline_id, stage_id, entered_at, board_version, trigger_id)
          values (${fixture.workspaceId}, 7, ${pipelineId}, 1, ${at}, 1, ${trigger}) returning *)
        insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, state, ended_at, error)
        select workspace_id, id, item_id, pipeline_id, ${rule}, ${state}, ${ended}::timestamptz, ${state === 'failed' ? `on ${at.toISOString()}` : null} from visit`.execute(
        tx,
      );
    }
  });
}

test('the numbers of a board are those of its own last 30 days, and of what waits', async () => {
  await happen(fixture.pipelineId, [
    { trigger: 'go', rule: 'say', state: 'done', at: daysAgo(1) },
    { trigger: 'go', rule: 'say', state: 'uncertain', at: daysAgo(29) },
    { trigger: 'go', rule: 'say', state: 'done', at: daysAgo(31) },
    { rule: 'say', state: 'failed', at: daysAgo(3) },
    { rule: 'say', state: 'failed', at: daysAgo(2) },
    { rule: 'say', state: 'failed', at: daysAgo(40) },
    { rule: 'say', state: 'skipped', at: daysAgo(1) },
    { rule: 'later', state: 'waiting', at: daysAgo(50) },
    { rule: 'later', state: 'cancelled', at: daysAgo(1) },
  ]);
  await happen(other, [
    { trigger: 'go', rule: 'say', state: 'done', at: daysAgo(1) },
    { rule: 'later', state: 'waiting', at: daysAgo(1) },
  ]);
  const { triggers, rules } = await fixture.inside((tx) => countForBoard(tx, fixture.pipelineId, now));
  expect(triggers).toEqual({ go: { moves30: 2 } });
  const lastFailure = { item: 7, at: daysAgo(2), error: `on ${daysAgo(2).toISOString()}`, reason: null };
  expect(rules).toMatchObject({
    say: { runs30: 4, failed30: 2, waiting: 0, lastFailure },
    later: { runs30: 0, failed30: 0, waiting: 1, lastFailure: null },
  });
});

test('8.2 the runs of a rule that wait are counted and cancelled on its own pipeline alone', async () => {
  const waiting = (pipelineId: number) => fixture.inside((tx) => countRunsOfRules(tx, pipelineId, ['later']));
  expect([await waiting(fixture.pipelineId), await waiting(other)]).toEqual([1, 1]);
  await fixture.inside((tx) => cancelRunsOfRules(tx, fixture.pipelineId, { ruleIds: ['later'], now }));
  expect([await waiting(fixture.pipelineId), await waiting(other)]).toEqual([0, 1]);
});

test('runs from before are of the pipeline of their visit', async () => {
  const empty = await createEmptyDatabase();
  const before = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-migrations-'));
  const all = path.resolve(import.meta.dirname, '../../migrations');
  const files = fs.readdirSync(all).filter((name) => name < '0026');
  for (const name of files) fs.copyFileSync(path.join(all, name), path.join(before, name));
  await migrate(empty.url, before);
  await withClient(empty.url, async (owner) => {
    await owner.query(`insert into visits (workspace_id, item_id, pipeline_id, stage_id, entered_at, board_version)
      select 1, n, 10 + n, 1, now(), 1 from generate_series(1, 3) n`);
    await owner.query(`insert into runs (workspace_id, visit_id, item_id, rule_id)
      select workspace_id, id, item_id, 'say' from visits union all select 1, 999, 1, 'lost'`);
  });
  expect(await migrate(empty.url)).toContain('0026-counts-of-automation.sql');
  const { rows } = await withClient(empty.url, (owner) =>
    owner.query('select pipeline_id::int as pipeline, rule_id as rule from runs order by 1'),
  );
  expect(rows).toEqual([{ pipeline: 0, rule: 'lost' }, ...[11, 12, 13].map((pipeline) => ({ pipeline, rule: 'say' }))]);
  fs.rmSync(before, { recursive: true });
  await empty.close();
});
