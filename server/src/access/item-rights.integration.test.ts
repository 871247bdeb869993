import { type Grants, grants, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { noRights } from '../people/rights/standard-roles.ts';

let server: TestServer;
let firm: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
});
afterAll(() => server.close());

type Person = { readonly id: number; readonly key: string };
const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, { key }: { key: string }, body?: unknown) =>
  server.call(method, `/api/v1${url}`, { key, ...(body !== undefined && { body }) });
const row = (given: Partial<Grants>) =>
  grants.parse({ read: 'none', add: 'none', change: 'none', delete: 'none', export: 'none', ...given });

let number = 0;
/** Somebody new whose only role allows this. */
async function person(items: Partial<Grants>, more: Partial<RoleRights> = {}): Promise<Person> {
  number += 1;
  const rights: RoleRights = { ...noRights, items: { all: row(items), types: {}, pipelines: {} }, ...more };
  await call('POST', '/roles', firm, { name: `Role ${number}`, rights });
  return firm.addPerson(`p${number}@firm.test`, `Role ${number}`);
}

async function deal(body: object = {}): Promise<number> {
  return (await call('POST', '/items', firm, { type: 'deal', title: 'Deal', ...body })).body.id;
}

async function seen(who: Person): Promise<number[]> {
  const { data } = (await call('GET', '/items?type=deal&limit=1000', who)).body;
  return data.map(({ id }: { id: number }) => id);
}

describe('an item', () => {
  it('of somebody else is not there for who sees their own; one they are responsible for or observe is', async () => {
    const own = await person({ read: 'own', change: 'own' });
    const [theirs, mine, observed] = [
      await deal(),
      await deal({ responsible: own.id }),
      await deal({ observers: [own.id] }),
    ];
    for (const path of ['', '/timeline', '/history', '/signals', '/runs'])
      expect((await call('GET', `/items/${theirs}${path}`, own)).status, path).toBe(404);
    expect((await call('GET', `/items/${mine}`, own)).status).toBe(200);
    expect((await call('GET', `/items/${observed}`, own)).status).toBe(200);
    expect(await call('PATCH', `/items/${observed}`, own, { title: 'x' })).toMatchObject({
      ...{ status: 403, body: { code: 'no-item-change' } },
    });
    expect((await call('PATCH', `/items/${theirs}`, own, { title: 'x' })).status).toBe(404);
    expect((await call('PATCH', `/items/${mine}`, own, { title: 'x' })).status).toBe(200);
    expect(await call('DELETE', `/items/${mine}`, own)).toMatchObject({
      status: 403,
      body: { code: 'no-item-delete' },
    });
    expect((await seen(own)).toSorted()).toEqual([mine, observed].toSorted());
    const searched = (await call('GET', '/search?q=Deal', own)).body.items.map(({ id }: { id: number }) => id);
    expect(searched).not.toContain(theirs);
  });

  it('of the department and of those below it is there for who sees their department', async () => {
    const head = await person({ read: 'department' });
    const [inside, below, outside] = [await person({}), await person({}), await person({})];
    const top = (await call('POST', '/departments', firm, { name: 'Sales', head: head.id })).body.id;
    const low = (await call('POST', '/departments', firm, { name: 'North', parent: top })).body.id;
    await call('PATCH', `/users/${inside.id}`, firm, { department: top });
    await call('PATCH', `/users/${below.id}`, firm, { department: low });
    const [one, two] = [await deal({ responsible: inside.id }), await deal({ responsible: below.id })];
    const hidden = await deal({ responsible: outside.id });
    expect((await seen(head)).toSorted()).toEqual([one, two].toSorted());
    await call('PATCH', `/users/${below.id}`, firm, { department: null });
    expect(await seen(head)).toEqual([one]);
    expect((await call('GET', `/items/${hidden}`, head)).status).toBe(404);
  });

  it('is added only where one may, for whom one may', async () => {
    const own = await person({ read: 'own', add: 'own' });
    const other = await person({ read: 'all' });
    expect((await call('POST', '/items', own, { type: 'deal', title: 'Mine' })).status).toBe(201);
    const forOther = await call('POST', '/items', own, { type: 'deal', title: 'x', responsible: other.id });
    expect(forOther).toMatchObject({ status: 403, body: { code: 'no-item-add' } });
    expect((await call('POST', '/items', other, { type: 'deal', title: 'x' })).status).toBe(403);
    const parent = await deal();
    const below = await call('POST', '/items', own, { type: 'deal', title: 'x', parent });
    expect(below).toMatchObject({ status: 422, body: { errors: [{ path: 'parent', code: 'unknown-item' }] } });
  });
});

describe('a pipeline that a role sees otherwise than its type', () => {
  it('counts first: its items, its board, and moving into it', async () => {
    const stages = [{ code: 'A', name: 'A' }];
    const secret = (await call('POST', '/pipelines', firm, { type: 'deal', name: 'Secret', stages })).body.id;
    const all = row({ read: 'all', add: 'all', change: 'all' });
    const who = await person({}, { items: { all, types: {}, pipelines: { [secret]: row({}) } } });
    const [open, closed] = [await deal(), await deal({ pipeline: secret })];
    expect(await seen(who)).toContain(open);
    expect(await seen(who)).not.toContain(closed);
    expect((await call('GET', `/items/${closed}`, who)).status).toBe(404);
    expect((await call('GET', `/board/${secret}`, who)).status).toBe(404);
    const moved = await call('POST', `/items/${open}/moves`, who, { pipeline: secret, stage: 'A' });
    expect([403, 422]).toContain(moved.status);
    expect((await call('GET', `/items/${open}`, firm)).body.pipeline).not.toBe(secret);
  });
});

describe('counts, sums and files', () => {
  it('are of what one may see, or export', async () => {
    const own = await person({ read: 'own' });
    const pipeline = (await call('POST', '/pipelines', firm, { type: 'deal', name: 'Sums', from: 'sample' })).body.id;
    await deal({ pipeline, amount: 100, currency: 'EUR', responsible: own.id });
    await deal({ pipeline, amount: 900, currency: 'EUR' });
    const columns = async (key: Person | TestWorkspace) =>
      (await call('GET', `/board/${pipeline}`, key)).body.columns[0];
    expect(await columns(own)).toMatchObject({ count: 1, sums: [{ currency: 'EUR', amount: 100 }] });
    expect(await columns(firm)).toMatchObject({ count: 2, sums: [{ currency: 'EUR', amount: 1000 }] });

    expect(await call('GET', '/items.csv?type=deal', own)).toMatchObject({
      status: 403,
      body: { code: 'no-item-export' },
    });
    // Exporting all is of no use for what one may not see.
    const exporter = await person({ read: 'own', export: 'all' });
    await deal({ title: 'Only this', responsible: exporter.id });
    const lines = String((await call('GET', '/items.csv?type=deal', exporter)).body)
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Only this');
  });
});
