import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inSystem, inWorkspace, inWorkspaceOften, type Tx } from './db.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { withClient } from './testing-databases.ts';
import { send } from './workspace-dialect.ts';

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
    let holding = 0;
    const bothHold = Promise.withResolvers<void>();
    const renameInOrder = (workspaceId: number, first: string, second: string) =>
      inWorkspace(database.app, workspaceId, async (tx) => {
        attempts += 1;
        await lock(tx, first);
        holding += 1;
        if (holding === 2) bothHold.resolve();
        await bothHold.promise;
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

describe('inWorkspaceOften', () => {
  const select = (tx: Tx) => sql<{ name: string }>`select * from outdated`.execute(tx);

  test('keeps its statements prepared, each connection for itself', async () => {
    const prepared = () =>
      inWorkspaceOften(database.app, ours, async (tx) => {
        await sql`select ${1}::int as prepared_once`.execute(tx);
        const { rows } =
          await sql`select name from pg_prepared_statements where statement like '%prepared_once'`.execute(tx);
        return rows.length;
      });
    // The first use may be the last one.
    expect([await prepared(), await prepared()]).toEqual([0, 1]);
  });

  test('runs the whole again when a table has changed since a statement was prepared', async () => {
    const change = (text: string) => withClient(database.url, (client) => client.query(text));
    await change(
      'create table outdated (name text); insert into outdated values (1); grant select on outdated to public',
    );
    for (const _ of [1, 2, 3]) await inWorkspaceOften(database.app, ours, select);
    await change('alter table outdated add more text');
    let attempts = 0;
    const { rows } = await inWorkspaceOften(database.app, ours, (tx) => {
      attempts += 1;
      return select(tx);
    });
    expect([attempts, rows]).toEqual([2, [{ name: '1', more: null }]]);
  });
});

describe('send', () => {
  test('carries out what is sent together in its order, and the workspace is known to the first of it', async () => {
    const numbers = await inWorkspace(database.app, ours, (tx) =>
      Promise.all([
        send(tx, sql<{ name: string }>`select name from workspaces`),
        send(tx, sql<{ set: string }>`select set_config('test.order', 'first', true) as set`),
        send(tx, sql<{ read: string }>`select current_setting('test.order') as read`),
      ]),
    );
    expect(numbers.map(({ rows }) => rows)).toEqual([[{ name: 'ours' }], [{ set: 'first' }], [{ read: 'first' }]]);
  });

  test('nothing of a transaction stays when one of the statements fails, also when those behind it were sent already', async () => {
    const rename = (name: string) => sql`update workspaces set name = ${name}`;
    const failing = inWorkspace(database.app, ours, (tx) =>
      Promise.all([send(tx, rename('before')), send(tx, sql`select 1 / 0`), send(tx, rename('after'))]),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(await inWorkspace(database.app, ours, listNames)).toEqual(['ours']);
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
