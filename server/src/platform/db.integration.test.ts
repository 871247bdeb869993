import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inSystem, inWorkspace, type Tx } from './db.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let ours = 0;
let theirs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  [ours, theirs] = await inSystem(database.system, async (tx) => [
    await addWorkspace(tx, 'ours'),
    await addWorkspace(tx, 'theirs'),
  ]);
});
afterAll(() => database.close());

describe('inWorkspace', () => {
  test('sees its own workspace only', async () => {
    expect(await inWorkspace(database.app, ours, listNames)).toEqual(['ours']);
    expect(await inWorkspace(database.app, theirs, listNames)).toEqual(['theirs']);
  });

  test('leaves nothing behind on the connection', async () => {
    await inWorkspace(database.app, ours, listNames);
    const { rows } = await sql`select * from workspaces`.execute(database.app);
    expect(rows).toEqual([]);
  });

  test('4 runs the whole of both again when they deadlock', async () => {
    let attempts = 0;
    const renameInOrder = (workspaceId: number, first: string, second: string) =>
      inWorkspace(database.app, workspaceId, async (tx) => {
        attempts += 1;
        await lock(tx, first);
        await sql`select pg_sleep(0.2)`.execute(tx);
        await lock(tx, second);
      });
    await Promise.all([renameInOrder(ours, 'a', 'b'), renameInOrder(ours, 'b', 'a')]);
    expect(attempts).toBe(3);
  });

  test('does not run again what fails otherwise', async () => {
    let attempts = 0;
    const failing = inWorkspace(database.app, ours, async (tx) => {
      attempts += 1;
      await sql`select 1 / 0`.execute(tx);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(attempts).toBe(1);
  });

  test('refuses to open a transaction inside a transaction', async () => {
    const nested = inWorkspace(database.app, ours, () => inWorkspace(database.app, ours, listNames));
    await expect(nested).rejects.toThrow('pass tx instead');
  });
});

test('the system role sees every workspace', async () => {
  expect(await inSystem(database.system, listNames)).toEqual(['ours', 'theirs']);
});

test('values arrive as our code wants them', async () => {
  const { rows } = await sql`
    select 9007199254740991::bigint as big, array[1, 2]::bigint[] as bigs, '{}'::bigint[] as none,
           12.50::numeric as amount, '2026-02-28'::date as day, '2026-02-28T10:00:00Z'::timestamptz as at
  `.execute(database.system);
  expect(rows).toEqual([
    {
      big: 9007199254740991,
      bigs: [1, 2],
      none: [],
      amount: '12.50',
      day: '2026-02-28',
      at: new Date('2026-02-28T10:00:00Z'),
    },
  ]);
});

async function addWorkspace(tx: Tx, name: string): Promise<number> {
  const { id } = await tx.insertInto('workspaces').values({ name }).returning('id').executeTakeFirstOrThrow();
  return id;
}

async function listNames(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('workspaces').select('name').orderBy('id').execute();
  return rows.map(({ name }) => name);
}

async function lock(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(tx);
}
