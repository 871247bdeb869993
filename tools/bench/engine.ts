import { drainWorkspace } from '../../server/src/automation/drain/drain.ts';
import { runVisits } from '../../server/src/automation/running/run-visits.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { loadConfig } from '../../server/src/platform/config/config.ts';
import type { Context } from '../../server/src/platform/context.ts';
import { inWorkspace, openDatabases } from '../../server/src/platform/db.ts';
import { silentLog } from '../../server/src/platform/log.ts';
import { createRealtime } from '../../server/src/platform/realtime.ts';
import { makePorts } from '../../server/src/ports/make-ports.ts';
import { recordSignals } from '../../server/src/signals/record-signals.ts';
import type { BenchDatabase } from './data/database.ts';
import type { BenchWorkspace } from './data/dataset.ts';
import { secondsOf } from './instruments/measure.ts';

const RECORD_TOGETHER = 1_000;

/** The engine's own parts on the bench's database, without HTTP. */
export function openEngine(database: BenchDatabase): { context: Context; close(): Promise<void> } {
  const databases = openDatabases(database.url);
  const config = loadConfig({ DATA_DIR: database.dataDir, LOG_LEVEL: 'silent' });
  const context: Context = {
    databases,
    config,
    clock: systemClock,
    log: silentLog,
    realtime: createRealtime(databases, null),
  };
  return { context, close: databases.close };
}

/** A webhook call for each item, recorded as the HTTP door does it. */
export async function recordCalls({ databases }: Context, workspace: BenchWorkspace, pass: string): Promise<void> {
  for (let done = 0; done < workspace.items; done += RECORD_TOGETHER) {
    const size = Math.min(RECORD_TOGETHER, workspace.items - done);
    const signals = Array.from({ length: size }, (_, i) => {
      const item = workspace.firstItem + done + i;
      return {
        kind: 'webhook.called',
        sourceKey: `${pass}:${item}`,
        occurredAt: new Date(),
        payload: { code: 'go' },
        items: [item],
      };
    });
    await inWorkspace(databases.app, workspace.workspaceId, (tx) => recordSignals(tx, signals));
  }
}

/** Puts every item back on the first stage, so that the next pass moves it again. Statistics are fresh afterwards. */
export async function putBack(database: BenchDatabase, workspaces: readonly BenchWorkspace[]): Promise<void> {
  for (const { workspaceId, pipelineId } of workspaces) {
    await database.sql(
      `update items set stage_id = (select id from stages where workspace_id = $1 and pipeline_id = $2 and code = 'NEW') where workspace_id = $1 and pipeline_id = $2`,
      [workspaceId, pipelineId],
    );
  }
  await database.sql('truncate graphile_worker._private_jobs');
  await database.sql('vacuum analyze');
  await database.sql('checkpoint');
}

/** Signals a second decided and applied, one connection a workspace. */
export async function measureDrain(context: Context, workspaces: readonly BenchWorkspace[]): Promise<number> {
  const seconds = await secondsOf(() =>
    Promise.all(
      workspaces.map(({ workspaceId }) => drainWorkspace(context, workspaceId, { bindSignals: async () => {} })),
    ),
  );
  return total(workspaces) / seconds;
}

/** The same with the recording inside the clock. */
export async function measureRecordAndDrain(
  context: Context,
  workspaces: readonly BenchWorkspace[],
  pass: string,
): Promise<number> {
  const seconds = await secondsOf(async () => {
    await Promise.all(workspaces.map((workspace) => recordCalls(context, workspace, pass)));
    await measureDrain(context, workspaces);
  });
  return total(workspaces) / seconds;
}

/** (e): runs a second of the visits that wait, 50 visits a job, one connection a workspace. */
export async function measureRuns(
  context: Context,
  database: BenchDatabase,
  workspaces: readonly BenchWorkspace[],
): Promise<number> {
  const waiting = await Promise.all(workspaces.map((workspace) => listWaitingVisits(database, workspace)));
  const seconds = await secondsOf(() =>
    Promise.all(workspaces.map(({ workspaceId }, i) => runAll(context, workspaceId, waiting[i] ?? []))),
  );
  const result = await database.sql(
    `select count(*) as done from runs where state = 'done' and workspace_id = any($1::bigint[])`,
    [workspaces.map(({ workspaceId }) => workspaceId)],
  );
  const done = Number(result.rows[0]?.done);
  if (done !== waiting.flat().length * 2)
    throw new Error(`${done} runs were done of ${waiting.flat().length} visits with two rules each`);
  return done / seconds;
}

async function listWaitingVisits(database: BenchDatabase, { workspaceId }: BenchWorkspace): Promise<number[]> {
  const result = await database.sql(
    `select distinct visit_id as id from runs where workspace_id = $1 and state = 'waiting' order by 1`,
    [workspaceId],
  );
  return result.rows.map((row) => Number(row.id));
}

async function runAll(context: Context, workspaceId: number, visits: readonly number[]): Promise<void> {
  for (let done = 0; done < visits.length; done += 50) {
    await runVisits({ context, makePorts }, { workspaceId, visitIds: visits.slice(done, done + 50) });
  }
}

function total(workspaces: readonly BenchWorkspace[]): number {
  return workspaces.reduce((sum, { items }) => sum + items, 0);
}
