import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SLICE_BYTES } from '../apart/breathe.ts';
import { inSystem, inWorkspace, type Tx } from '../db.ts';
import { createTestDatabase, type TestDatabase } from '../testing.ts';
import { readInTurns } from './read-in-turns.ts';
import { sendBytes } from './send-bytes.store.ts';

let database: TestDatabase;
let workspace = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  workspace = await inSystem(database.system, async (tx) => {
    const made = await sql<{ id: number }>`insert into workspaces (name) values ('ours') returning id`.execute(tx);
    return made.rows[0]?.id ?? 0;
  });
});
afterAll(() => database.close());

async function back(tx: Tx, ...all: (Uint8Array | null)[]): Promise<(Buffer | null)[]> {
  const sent = [];
  for (const one of all) sent.push(await sendBytes(tx, one));
  const columns = sent.map((one, index) => sql`${one}::bytea as ${sql.ref(`b${index}`)}`);
  const { rows } = await sql<Record<string, Buffer | null>>`select ${sql.join(columns)}`.execute(tx);
  return all.map((_, index) => rows[0]?.[`b${index}`] ?? null);
}

test.each([
  ['none', 0],
  ['a few', 5],
  ['just what goes at once', SLICE_BYTES],
  ['a byte more', SLICE_BYTES + 1],
  ['many slices', 7 * SLICE_BYTES + 12_345],
])('%s of bytes come to PostgreSQL as they are', async (_, size) => {
  const bytes = randomBytes(size);
  const [read] = await inWorkspace(database.app, workspace, (tx) => back(tx, bytes));
  expect(read?.equals(bytes)).toBe(true);
});

test('several in one statement are not mixed up, and nothing stays nothing', async () => {
  const [one, other] = [randomBytes(2 * SLICE_BYTES), randomBytes(3 * SLICE_BYTES)];
  const read = await inWorkspace(database.app, workspace, (tx) => back(tx, one, null, other));
  expect(read.map((bytes) => bytes?.length ?? null)).toEqual([one.length, null, other.length]);
  expect([read[0]?.equals(one), read[2]?.equals(other)]).toEqual([true, true]);
});

test('what a transaction has sent is gone with it, also when it is rolled back', async () => {
  for (const fails of [false, true, false]) {
    const done = inWorkspace(database.app, workspace, async (tx) => {
      await back(tx, randomBytes(SLICE_BYTES + 1));
      if (fails) throw new Error('given up');
    });
    await (fails ? expect(done).rejects.toThrow('given up') : done);
    const left = await sql<{ name: string | null }>`select to_regclass('pg_temp.signalbox_slices') as name`.execute(
      database.app,
    );
    expect(left.rows).toEqual([{ name: null }]);
  }
});

test('bytes are read back slice by slice', async () => {
  const bytes = randomBytes(2 * SLICE_BYTES + 3);
  const asked: number[][] = [];
  const read = await readInTurns(bytes.length, async (from, length) => {
    asked.push([from, length]);
    return bytes.subarray(from, from + length);
  });
  expect(read.equals(bytes)).toBe(true);
  expect(asked).toEqual([
    [0, SLICE_BYTES],
    [SLICE_BYTES, SLICE_BYTES],
    [2 * SLICE_BYTES, 3],
  ]);
});
