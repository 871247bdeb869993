import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing.ts';
import { startWorker } from './worker.ts';

let database: TestDatabase;
/** Whether PostgreSQL is away: nobody gets a connection. */
let isAway = false;

class Flaky extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own overloads
  override connect(...given: any[]): any {
    if (!isAway) return super.connect(...(given as []));
    const error = Object.assign(new Error('connect ENOENT .s.PGSQL'), { code: 'ENOENT' });
    return typeof given[0] === 'function' ? given[0](error) : Promise.reject(error);
  }
}

let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = new Flaky({ connectionString: database.url });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
});
afterAll(async () => {
  isAway = false;
  await pool.end();
  await database.close();
});

const add = () => pool.query(`select graphile_worker.add_job('cut', '{}')`);
const left = async () => Number((await pool.query('select count(*) from graphile_worker._private_jobs')).rows[0].count);
const AWAY_MS = 1_500;

test.each([
  ['failed', 1],
  ['ended', 1],
  ['failed', 3],
  ['ended', 3],
])(
  'a queue that cannot write down that jobs %s (%d at once), because PostgreSQL is away, goes on with them when it is back',
  async (how, count) => {
    let begun = 0;
    const worker = await startWorker({ pool, log: silentLog }, [
      {
        name: 'cut',
        async run() {
          begun += 1;
          if (begun > count) return;
          if (begun === count) isAway = true;
          while (!isAway) await sleep(5);
          if (how === 'failed') throw new Error('no');
        },
      },
    ]);
    for (let n = 0; n < count; n += 1) await add();
    while (!isAway) await sleep(5);
    await sleep(AWAY_MS);
    isAway = false;
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 60_000, interval: 100 });
    expect(begun).toBe(count + (how === 'failed' ? count : 0));
    await worker.stop();
  },
);

test('a queue that is stopped while PostgreSQL is away ends', async () => {
  const begun = Promise.withResolvers<void>();
  const worker = await startWorker({ pool, log: silentLog }, [
    {
      name: 'cut',
      async run() {
        isAway = true;
        begun.resolve();
      },
    },
  ]);
  await add();
  await begun.promise;
  await sleep(200);
  await worker.stop();
  isAway = false;
  expect(await left()).toBe(1);
});
