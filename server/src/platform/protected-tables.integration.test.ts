import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { withClient } from './testing-databases.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** What belongs to no workspace: accounts, processes, the list of migrations; `workspaces` is held by its own id. */
const ofNone = [
  'auth_users',
  'auth_sessions',
  'auth_accounts',
  'auth_verifications',
  'auth_resets',
  'auth_totp',
  'auth_passkeys',
  'auth_recovery_codes',
  'auth_used_challenges',
  'sign_in_guesses',
  'processes',
  'signalbox_migrations',
];

/** What holds the audit log further than other tables: audit.integration.test.ts. */
const narrower = ['counters_only', 'of_retention'];

describe('the tables of a workspace', () => {
  it('are all protected (adr/0003)', async () => {
    expect(await listUnprotected()).toEqual([]);
  });

  it('are told of when one was made without signalbox_protect, or with half of it', async () => {
    await run('create table bare (workspace_id bigint, id bigint, primary key (workspace_id, id))');
    await run(`
      create table open (workspace_id bigint, id bigint, primary key (workspace_id, id));
      select signalbox_protect('open');
      drop policy of_workspace on open;
      create policy of_workspace on open to signalbox_app using (true);`);
    expect(await listUnprotected()).toEqual(['bare', 'open']);
    await run(`select signalbox_protect('bare'); drop table open`);
    expect(await listUnprotected()).toEqual([]);
  });

  it('show one workspace its own rows alone, once they are protected', async () => {
    await run(`
      create table notes (workspace_id bigint, id bigint, primary key (workspace_id, id));
      select signalbox_protect('notes');
      insert into notes select n, n from generate_series(1, 2) n`);
    expect(await seenBy('signalbox_app', '1')).toEqual([1]);
    expect(await seenBy('signalbox_app', '')).toEqual([]);
    expect(await seenBy('signalbox_system', '')).toEqual([1, 2]);
  });

  it('are refused by signalbox_protect when their key begins with something else', async () => {
    await run('create table loose (id bigint primary key, workspace_id bigint)');
    await expect(run(`select signalbox_protect('loose')`)).rejects.toThrow(
      'The primary key of loose does not begin with workspace_id',
    );
    await run('drop table loose');
  });
});

const run = (text: string) => withClient(database.url, (client) => client.query(text));

async function seenBy(role: string, workspace: string): Promise<number[]> {
  return withClient(database.url, async (client) => {
    await client.query(`set role ${role}`);
    await client.query(`select set_config('signalbox.workspace', $1, false)`, [workspace]);
    const { rows } = await client.query('select id::int from notes order by id');
    return rows.map(({ id }) => id);
  });
}

/** Tables whose key, policies or force differ from those of `items`. */
async function listUnprotected(): Promise<string[]> {
  const policies = (table: string) => `(
    select string_agg(concat_ws(' ', policyname, permissive, roles::text, cmd, qual, with_check), ', ' order by policyname)
    from pg_policies where schemaname = 'public' and tablename = ${table} and policyname <> all ($2))`;
  const { rows } = await withClient(database.url, (client) =>
    client.query(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1)
         and not (c.relrowsecurity and c.relforcerowsecurity
           and ${policies('c.relname')} is not distinct from ${policies(`'items'`)}
           and exists (
             select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
             where x.indrelid = c.oid and x.indisprimary and a.attname = 'workspace_id'))
       order by 1`,
      [[...ofNone, 'workspaces'], narrower],
    ),
  );
  return rows.map(({ name }) => name);
}
