import pg from 'pg';
import { z } from 'zod';
import { createTestClock, type TestClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Fixture, makeFixture } from '../../platform/fixtures.ts';
import { silentLog } from '../../platform/log.ts';
import { createRealtime } from '../../platform/realtime.ts';
import { createTestDatabase } from '../../platform/testing.ts';
import { makePorts } from '../../ports/make-ports.ts';
import type { Acting } from '../moves/acting.ts';
import { createItem, type NewItem } from '../moves/create-item.ts';
import { moveItem } from '../moves/move-item.ts';
import { RUN_VISITS } from '../visits/queue-visits.ts';
import { listVisitRuns, type Run } from '../visits/runs.store.ts';
import { type Runner, runVisits } from './run-visits.ts';

/** For tests: a workspace whose rules run when the test says so. */
export interface RunFixture extends Fixture {
  readonly context: Context;
  readonly clock: TestClock;
  readonly runner: Runner;
  readonly owner: pg.Pool;
  acting(acting?: Partial<Acting>): Acting;
  create(item?: Partial<NewItem>): Promise<number>;
  move(itemId: number, stageCode: string): Promise<void>;
  /** Carries out the jobs that are in the queue, as a worker would; answers the payloads. Delayed ones count as come. */
  work(): Promise<VisitsJob[]>;
  /** By rule, of every visit of the item, oldest first. */
  runs(itemId: number): Promise<Run[]>;
  run(itemId: number, ruleId: string): Promise<Run>;
  close(): Promise<void>;
}

const visitsJob = z.object({ workspaceId: z.number(), visitIds: z.array(z.number()) });
type VisitsJob = z.output<typeof visitsJob>;

export async function makeRunFixture(): Promise<RunFixture> {
  const database = await createTestDatabase();
  const fixture = await makeFixture(database);
  const clock = createTestClock();
  const context: Context = {
    databases: database,
    clock,
    config: loadConfig({}),
    log: silentLog,
    realtime: createRealtime(database, null),
  };
  const runner = { context, makePorts };
  const owner = new pg.Pool({ connectionString: database.url });
  // The database is dropped while its last connections are still being closed.
  owner.on('error', () => {});
  const acting = (given: Partial<Acting> = {}): Acting => ({
    workspaceId: fixture.workspaceId,
    byId: fixture.employeeId,
    chain: null,
    now: clock.now(),
    ...given,
  });
  const runs = (itemId: number) =>
    fixture.inside(async (tx) => {
      const visits = await tx.selectFrom('visits').select('id').where('item_id', '=', itemId).orderBy('id').execute();
      return visits.length === 0
        ? []
        : listVisitRuns(
            tx,
            visits.map(({ id }) => id),
          );
    });
  return {
    ...fixture,
    context,
    clock,
    runner,
    owner,
    acting,
    runs,
    create: async (item) =>
      (await fixture.inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'Deal', ...item }))).id,
    move: async (itemId, stageCode) =>
      void (await fixture.inside((tx) => moveItem(tx, acting(), { itemId, stageCode }))),
    work: async () => {
      const jobs = await takeJobs(owner);
      for (const job of jobs) await runVisits(runner, job);
      return jobs;
    },
    async run(itemId, ruleId) {
      const found = (await runs(itemId)).findLast((one) => one.ruleId === ruleId);
      if (found === undefined) throw new Error(`no run of ${ruleId}`);
      return found;
    },
    close: async () => {
      await owner.end();
      await database.close();
    },
  };
}

/** Takes the jobs of a task out of the queue. */
export async function takeJobs(owner: pg.Pool): Promise<VisitsJob[]> {
  const { rows } = await owner.query(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [RUN_VISITS],
  );
  return rows.map((row: { payload: unknown }) => visitsJob.parse(row.payload));
}
