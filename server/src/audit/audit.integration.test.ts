import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { command, product, sign } from '../platform/author.ts';
import { inSystem, inWorkspace, type Tx } from '../platform/db.ts';
import { deleteOlder, listEntries } from './audit.store.ts';
import { pruneAudit } from './prune-audit.ts';
import { type Act, record } from './record.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());

const inside = <T>(work: (tx: Tx) => Promise<T>, { id } = firm) => inWorkspace(server.context.databases.app, id, work);
const write = (act: Act, author = command) => inside((tx) => record(tx, act, author));
const get = (path: string, key = firm.key) => server.call('GET', `/api/v1/audit${path}`, { key });
const ask = async (query: string, key = firm.key) => (await get(`?${query}`, key)).body.data;
const role = (name: string) => ({ kind: 'role', id: name.length, name }) as const;

describe('the audit log', () => {
  it('is read by administrators alone, and tells nothing of other workspaces', async () => {
    await write({ kind: 'role-made', on: role('Ours') });
    const clerk = await firm.addPerson('clerk@firm.test');
    expect((await get('', clerk.key)).body).toMatchObject({ status: 403, code: 'admin-only' });
    expect((await get('.csv', clerk.key)).body).toMatchObject({ status: 403, code: 'admin-only' });
    expect(await ask('q=Ours', rival.key)).toEqual([]);
    expect((await get('.csv', rival.key)).body).not.toContain('Ours');
    expect(await ask('q=Ours')).toMatchObject([{ kind: 'role-made', on: { name: 'Ours' }, by: { via: 'command' } }]);
  });

  it('is written with the act or not at all', async () => {
    const failed = inside(async (tx) => {
      await record(tx, { kind: 'role-made', on: role('Undone') });
      throw new Error('taken back');
    });
    await expect(failed).rejects.toThrow('taken back');
    expect(await ask('q=Undone')).toEqual([]);
  });

  it('tells by kind, group, person, object, time and any piece of what it names', async () => {
    const author = { ...command, byId: firm.adminId, tool: { id: '1', name: 'n8n' }, address: '203.0.113.7' };
    await write(
      { kind: 'roles-given', on: { kind: 'person', id: 77, name: 'Piotr Żółw' }, params: { roles: 'Sales' } },
      author,
    );
    const one = [
      { kind: 'roles-given', params: { roles: 'Sales' }, by: { person: { id: firm.adminId }, name: 'n8n' } },
    ];
    const from = new Date(Date.now() - 60_000).toISOString();
    const until = new Date(Date.now() + 60_000).toISOString();
    const found = [
      'kind=roles-given',
      'group=rights&by=ADMIN',
      'object=person&objectId=77',
      `from=${from}&kind=roles-given`,
    ];
    for (const query of [
      ...found,
      'q=otr+%C5%BB',
      'q=SALES',
      'q=203.0.113',
      'q=n8N',
      'q=admin-1',
      `to=${until}&objectId=77`,
    ]) {
      expect(await ask(query.replace('ADMIN', String(firm.adminId))), query).toMatchObject(one);
    }
    for (const query of [
      'kind=roles-taken',
      'group=keys',
      'by=999',
      'objectId=78',
      `to=${from}`,
      `from=${until}`,
      'q=%25',
      'q=Pi_tr',
    ]) {
      expect(await ask(query), query).toEqual([]);
    }
    expect((await get('?kind=nonsense')).status).toBe(400);
    expect((await get('?cursor=nonsense')).status).toBe(400);
  });

  it('goes from page to page without losing or repeating a row', async () => {
    for (let number = 0; number < 25; number += 1) await write({ kind: 'field-made', on: role(`Field ${number}`) });
    const names: string[] = [];
    for (let cursor = ''; ; ) {
      const { data, nextCursor } = (await get(`?kind=field-made&limit=7${cursor}`)).body;
      names.push(...data.map(({ on }: { on: { name: string } }) => on.name));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(names).toEqual(Array.from({ length: 25 }, (_, index) => `Field ${24 - index}`));
  });

  it('keeps hostile names as the texts they are, cut to what somebody reads, and no formula in the file', async () => {
    const names = ['<script>alert(1)</script>', '\u202Egnp.exe', `=HYPERLINK("x")${'x'.repeat(5_000)}`, 'half \ud800'];
    for (const name of names) await write({ kind: 'field-deleted', on: role(name), params: { '=cmd': '=1+1' } });
    const rows = await ask('kind=field-deleted');
    const kept = rows.map(({ on }: { on: { name: string } }) => on.name);
    expect(kept).toEqual(['half \ufffd', expect.stringMatching(/^=HYPER.*…$/), names[1], names[0]]);
    expect(kept[1]).toHaveLength(300);
    const file = (await get('.csv?kind=field-deleted')).body.trim().split('\r\n');
    expect(file).toHaveLength(5);
    expect(file[2]).toContain('"\'=HYPERLINK(""x"")');
    expect(file.join('\n')).not.toMatch(/(^|,)"?[=@+]/m);
  });

  it('says of an export what it was narrowed by, and how many rows left', async () => {
    await get('.csv?kind=field-deleted');
    const [row] = await ask('kind=audit-exported');
    expect(row).toMatchObject({ rows: 4, params: { filter: 'kind: field-deleted' }, by: { via: 'key' } });
  });

  it('counts in one row an hour what can be repeated at will', async () => {
    const clerk = await firm.addPerson('knocker@firm.test');
    for (let knock = 0; knock < 5; knock += 1) await server.call('POST', '/api/v1/roles', { key: clerk.key, body: {} });
    await server.call('DELETE', '/api/v1/roles/1', { key: clerk.key });
    const rows = await ask(`kind=refused&by=${clerk.id}`);
    expect(rows).toMatchObject([
      { times: 1, on: { name: 'DELETE /api/v1/roles/:id' } },
      { times: 5, on: { name: 'POST /api/v1/roles' }, params: { right: 'admin-only' } },
    ]);
  });

  it('remembers ten addresses of a flood and goes on counting', async () => {
    for (let number = 0; number < 30; number += 1) {
      const author = { ...product, address: `203.0.113.${number}` };
      await write({ kind: 'sign-in-failed', on: { kind: 'person', id: 1, name: 'A' }, hourly: 'flood' }, author);
    }
    const [row, another] = await ask('kind=sign-in-failed');
    expect(another).toBeUndefined();
    expect(row.times).toBe(30);
    expect(row.by.addresses).toHaveLength(10);
  });
});

describe('nobody', () => {
  const tries = (work: RawBuilder<unknown>) => inside((tx) => work.execute(tx));
  const asSystem = (work: RawBuilder<unknown>) => inSystem(server.context.databases.system, (tx) => work.execute(tx));

  it.each([
    ['changes a row', sql`update audit_log set text = 'nothing happened'`],
    ['changes who it was', sql`update audit_log set by_id = null`],
    ['deletes a row', sql`delete from audit_log`],
    ['empties the log', sql`truncate audit_log`],
  ])('%s, whichever role of the application it is', async (_, statement) => {
    await expect(tries(statement)).rejects.toThrow(/permission denied/);
    await expect(asSystem(statement)).rejects.toThrow(/permission denied/);
  });

  it('counts on in a row that does not count', async () => {
    await write({ kind: 'role-made', on: role('Fixed') });
    const statement = sql`update audit_log set times = 9 where object_name = 'Fixed'`;
    await tries(statement);
    await asSystem(statement);
    expect(await ask('q=Fixed')).toMatchObject([{ times: 1 }]);
  });
});

describe('keeping', () => {
  const old = (days: number, name: string) =>
    inside((tx) =>
      sql`insert into audit_log (workspace_id, at, until_at, kind, via, object_name, text) select ${firm.id}, t, t, 'role-made', 'product', ${name}, ''
        from (select now() - make_interval(days => ${days}::int) as t) t`.execute(tx),
    );
  const names = async () =>
    (await inside((tx) => listEntries(tx, { before: undefined, limit: 1_000 }))).map((row) => row.object_name);

  it('ends after the days that are set, and the log says so', async () => {
    await old(800, 'Ancient');
    await old(700, 'Old');
    expect(await pruneAudit(server.context)).toBe(1);
    expect(await names()).toContain('Old');
    expect(await names()).not.toContain('Ancient');
    expect(await ask('kind=log-pruned')).toMatchObject([{ params: { count: 1, days: 730 }, by: { via: 'product' } }]);
    expect(await pruneAudit(server.context)).toBe(0);
  });

  it('never ends within a year', async () => {
    await old(364, 'Young');
    const prune = (days: number) => inSystem(server.context.databases.system, (tx) => deleteOlder(tx, days));
    await expect(prune(364)).rejects.toThrow('at least 365 days');
    await prune(365);
    expect(await names()).toContain('Young');
    await expect(inside((tx) => deleteOlder(tx, 730))).rejects.toThrow(/permission denied/);
  });
});

describe('a long log', () => {
  it('is read by its indexes, whatever is asked for', async () => {
    await inside(async (tx) => {
      sign(tx, command);
      await sql`insert into audit_log (workspace_id, at, until_at, kind, via, by_id, object_kind, object_id, object_name, text)
        select ${firm.id}, t.at, t.at, case when n % 100 = 0 then 'role-made' else 'signed-in' end, 'session', n % 50, 'person', (n % 1000)::text, 'P', 'person ' || n
        from generate_series(1, 20000) n, lateral (select now() - make_interval(mins => n) as at) t`.execute(tx);
    });
    await sql`analyze audit_log`.execute(server.context.databases.system).catch(() => undefined);
    for (const where of [
      sql`true`,
      sql`kind = 'role-made'`,
      sql`by_id = 7`,
      sql`object_kind = 'person' and object_id = '7'`,
      sql`at < now() - interval '12 days'`,
    ]) {
      const plan = await inside(async (tx) => {
        const { rows } = await sql<{ 'QUERY PLAN': unknown }>`explain (analyze, format json) select id from audit_log
          where workspace_id = ${firm.id} and ${where} order by at desc, id desc limit 50`.execute(tx);
        return JSON.stringify(rows[0]);
      });
      expect(plan).toContain('Index Name');
      expect(plan).not.toContain('"Seq Scan"');
    }
  });
});
