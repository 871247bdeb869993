import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { rootFolder } from '../../platform/config/config.ts';
import { comment, engineBench } from '../drain/testing-drain.ts';
import { importBatch } from './import-batch.ts';
import { findImport } from './job/imports.store.ts';

const bench = engineBench();
const ROWS = 6_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-killed-import-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const importOf = () => bench.here().inside((tx) => findImport(tx, 1));

function startImport(file: string) {
  const words = ['import', 'csv', file, '--type', 'deal', '--run-rules'];
  const env = { ...process.env, DATABASE_URL: bench.database().url, DATA_DIR: folder };
  return spawn(process.execPath, [path.join(rootFolder, 'server/src/cli.ts'), ...words], { env, stdio: 'ignore' });
}

/** What the process had left to do, for whichever server takes it over. */
async function jobsLeft(): Promise<number> {
  const owner = new pg.Client({ connectionString: bench.database().url });
  await owner.connect();
  const { rows } = await owner.query(
    `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'import-batch'`,
  );
  await owner.end();
  return rows.length;
}

/** Until some rows are in, and not all. */
async function someAreIn(): Promise<void> {
  const end = Date.now() + 240_000;
  while (((await importOf())?.done ?? 0) === 0) {
    if (Date.now() > end) throw new Error('no row came in within four minutes');
    await sleep(2);
  }
}

test('a process killed in the middle of an import loses no row and doubles none, nor a run of a rule', async () => {
  await bench.here().saveBoard({ rules: [comment('NEW', 'hello', { time: { after: '1 day' } })] });
  const file = path.join(folder, 'deals.csv');
  const rows = Array.from({ length: ROWS }, (_, n) => `${n},Deal ${n},c${n}@client.test`);
  fs.writeFileSync(file, `Id,Title,E-mail\n${rows.join('\n')}\n`);

  const child = startImport(file);
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  await someAreIn();
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  const killed = await importOf();
  expect(killed?.state).toBe('running');
  expect(killed?.done).toBeLessThan(ROWS);

  expect(await jobsLeft()).toBe(1);
  const { workspaceId } = bench.here();
  const goOn = () => importBatch(bench.context(), { workspaceId, importId: 1, nextInMs: 0 });
  for (let state = await goOn(); state !== 'ended'; state = await goOn()) await sleep(state === 'busy' ? 20 : 0);

  expect(await importOf()).toMatchObject({ state: 'done', done: ROWS, results: { created: ROWS } });
  const [counts] = await bench.rows(sql`
    select count(*)::int as items, count(distinct title)::int as titles, count(distinct contact_id)::int as contacts,
      (select count(*)::int from visits) as visits, (select count(*)::int from runs) as runs, (select count(distinct visit_id)::int from runs) as ran
    from items`);
  expect(counts).toEqual({ items: ROWS, titles: ROWS, contacts: ROWS, visits: ROWS, runs: ROWS, ran: ROWS });
});
