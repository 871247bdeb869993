import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing.ts';
import { startHeartbeat, takeOver } from './heartbeat.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.close();
});
beforeEach(async () => {
  await pool.query('delete from processes');
  await pool.query('delete from graphile_worker._private_jobs');
});

async function addLockedJob(worker: string, age = '0 seconds') {
  await pool.query(`select graphile_worker.add_job('run-visits', '{}')`);
  await pool.query(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - $2::interval where locked_by is null`,
    [worker, age],
  );
}

async function lockedBy(): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ locked_by: string | null }>(
    'select locked_by from graphile_worker._private_jobs order by locked_by',
  );
  return rows.map((row) => row.locked_by);
}

describe('the heartbeat', () => {
  test('a killed worker’s jobs are handed on once its heartbeat has stopped for some seconds', async () => {
    await pool.query(
      `insert into processes (id, worker_ids, roles, seen_at) values ('killed', '{w1}', 'worker', now() - interval '7 seconds')`,
    );
    await addLockedJob('w1');
    expect(await takeOver(pool, { deadAfterMs: 6_000, orphans: false })).toEqual(['w1']);
    expect(await lockedBy()).toEqual([null]);
  });

  test('a living worker’s jobs stay its own', async () => {
    const heartbeat = await startHeartbeat({ pool, log: silentLog, roles: 'worker', everyMs: 20, deadAfterMs: 3_000 });
    await heartbeat.setWorkers(['w2']);
    await addLockedJob('w2');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(await lockedBy()).toEqual(['w2']);
    await heartbeat.stop();
    expect((await pool.query('select from processes')).rowCount).toBe(0);
  });

  test('a living process takes over from a dead one by itself, also when both look at once', async () => {
    await pool.query(
      `insert into processes (id, worker_ids, roles, seen_at) values ('killed', '{w3,w4}', 'worker', now() - interval '1 minute')`,
    );
    await addLockedJob('w3');
    await addLockedJob('w4');
    const both = await Promise.all(
      [1, 2].map(() => startHeartbeat({ pool, log: silentLog, roles: 'worker', everyMs: 20 })),
    );
    expect(await lockedBy()).toEqual([null, null]);
    await Promise.all(both.map((heartbeat) => heartbeat.stop()));
  });

  test('jobs of a worker that died before its first heartbeat are found as orphans', async () => {
    await addLockedJob('w5', '2 minutes');
    expect(await takeOver(pool, { deadAfterMs: 6_000, orphans: true })).toEqual(['w5']);
    expect(await lockedBy()).toEqual([null]);
  });
});
