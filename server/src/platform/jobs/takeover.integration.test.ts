import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startWorker } from './worker.ts';

let database: TestDatabase;
let pool: pg.Pool;
let doomed: ChildProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pool.on('error', () => {});
});
afterAll(async () => {
  doomed.kill('SIGKILL');
  await pool.end();
  await database.close();
});

test('the jobs of a worker killed in the middle are carried out by another within seconds', async () => {
  await pool.query(`select graphile_worker.add_job('test-job', '{}')`);
  doomed = spawn(process.execPath, [path.join(import.meta.dirname, 'testing-worker.ts'), database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (doomed.stdout === null) throw new Error('no output');
  await once(doomed.stdout, 'data');
  doomed.kill('SIGKILL');
  const killedAt = Date.now();

  const heartbeat = await startHeartbeat({ pool, log: silentLog, roles: 'worker', everyMs: 100, deadAfterMs: 1_500 });
  const done = Promise.withResolvers<number>();
  const worker = await startWorker({ pool, log: silentLog, onWorkers: heartbeat.setWorkers }, [
    { name: 'test-job', run: async () => done.resolve(Date.now()) },
  ]);
  expect((await done.promise) - killedAt).toBeLessThan(8_000);
  await worker.stop();
  await heartbeat.stop();
});
