import type pg from 'pg';
import { expect, test } from 'vitest';
import { patientPool } from './queue-pool.ts';

const full = Object.assign(new Error('could not extend file'), { code: '53100' });
const wrong = Object.assign(new Error('no such column'), { code: '42703' });

/** A pool whose connections answer a query with one error after the other, and then with what was asked. */
function answering(errors: Error[]) {
  const client = {
    query: async (text: string) => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      return text;
    },
    release: () => {},
  };
  return patientPool({ connect: async () => client } as unknown as pg.Pool);
}

const COMPLETE = 'delete from graphile_worker._private_jobs';

test('what fails for want of room is asked again four times a second, until there is room', async () => {
  const { pool } = answering([full, full, full, full, full]);
  const client = await pool.connect();
  const begun = performance.now();
  expect(await client.query(COMPLETE)).toBe(COMPLETE);
  // Five are refused: the first is asked again at once, the others after a pause each. Timers may fire a little early.
  expect(performance.now() - begun).toBeGreaterThan(4 * 240);
});

test.each([
  ['wrong by itself', COMPLETE, [wrong]],
  ['wrong when it is asked again', COMPLETE, [full, wrong]],
  ['not to be asked twice', 'select graphile_worker.add_job($1)', [full]],
])('what is %s fails', async (_, text, errors) => {
  const client = await answering([...errors]).pool.connect();
  await expect(client.query(text)).rejects.toBe(errors.at(-1));
});

test('whoever leaves waits for nothing that still fails', async () => {
  const { pool, leave } = answering(Array.from({ length: 1_000 }, () => full));
  const client = await pool.connect();
  void client.query(COMPLETE);
  await leave();
});
