import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { putKeys } from '../csv/record-keys.store.ts';

let server: TestServer;
let firm: TestWorkspace;
let employee: { key: string };
let rival: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());
beforeEach(async () => {
  firm = await server.addWorkspace();
  employee = await firm.addPerson(`bob-${firm.id}@firm.test`);
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const call = (method: Method, url: string, body?: object, { key } = firm) =>
  server.call(method, `/api/v1${url}`, { key, ...(body !== undefined && { body }) });
const make = (body: object = {}, who: { key: string } = firm) =>
  server.call('POST', '/api/v1/item-types', {
    key: who.key,
    body: { name: 'Service request', plural: 'Service requests', ...body },
  });
const listed = async (who: { key: string } = firm) =>
  (await server.call('GET', '/api/v1/item-types', { key: who.key })).body.data;

describe('making a smart process', () => {
  it('makes the type with a first pipeline that has open, won and lost stages', async () => {
    const made = await make({ icon: 'wrench' });
    expect(made).toMatchObject({
      status: 201,
      body: { code: 'service-request', name: 'Service request', plural: 'Service requests', icon: 'wrench' },
    });
    expect(made.body).toMatchObject({ standard: false, id: expect.any(Number) });
    expect(made.body.id).toBeGreaterThanOrEqual(128);
    const { data } = (await call('GET', '/pipelines?type=service-request')).body;
    expect(data).toMatchObject([{ type: 'service-request', name: 'Service requests' }]);
    const kinds = data[0].stages.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['open', 'open', 'open', 'won', 'lost']);
  });

  it('is listed behind the standard types, to employees too, and in no other workspace', async () => {
    await make();
    const codes = (await listed(employee)).map(({ code }: { code: string }) => code);
    expect(codes).toEqual(['lead', 'deal', 'quote', 'invoice', 'service-request']);
    expect(await listed(rival)).toHaveLength(4);
  });

  it('is for administrators', async () => {
    expect((await make({}, employee)).status).toBe(403);
    await make();
    for (const method of ['PATCH', 'DELETE'] as const)
      expect((await call(method, '/item-types/service-request', {}, { ...firm, ...employee })).status).toBe(403);
  });

  it('refuses codes and names that mean something already', async () => {
    for (const code of ['deal', 'contact', 'company', 'task', 'signal', 'title', 'client'])
      expect(await make({ code }), code).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'code', code: 'reserved' }] },
      });
    const reservedName = { status: 422, body: { errors: [{ path: 'name', code: 'reserved' }] } };
    for (const name of ['Deal', 'Affare', 'faktura']) expect(await make({ name }), name).toMatchObject(reservedName);
    await make();
    expect(await call('PATCH', '/item-types/service-request', { name: 'Deal' })).toMatchObject(reservedName);
    for (const code of ['Deal', 'has space', '../x', 'a'.repeat(42), '9lives'])
      expect(await make({ code }), code).toMatchObject({ status: 422, body: { errors: [{ path: 'code' }] } });
    expect(await make({ name: ' ' })).toMatchObject({ status: 422, body: { errors: [{ path: 'name' }] } });
    expect(await make({ icon: '<svg>' })).toMatchObject({ status: 422, body: { errors: [{ path: 'icon' }] } });
  });

  it('makes one only, however many ask at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => make()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'name-taken',
      errors: [{ path: 'name', code: 'taken' }],
    });
    expect(await listed()).toHaveLength(5);
  });

  it('gives names that look alike codes of their own', async () => {
    await make();
    expect((await make({ name: 'Service-Request', plural: 'More' })).body.code).toBe('more');
    expect((await make({ name: 'Service, request', plural: 'More' })).body.code).toBe('service-request-2');
    expect(await make({ name: 'Other', code: 'more' })).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'code', code: 'taken' }] },
    });
  });
});

describe('changing a smart process', () => {
  it('renames it; the code stays', async () => {
    await make();
    const renamed = await call('PATCH', '/item-types/service-request', { name: 'Repair', plural: 'Repairs' });
    expect(renamed).toMatchObject({ status: 200, body: { code: 'service-request', name: 'Repair', icon: 'box' } });
    await make({ name: 'Visit report', plural: 'Visit reports' });
    expect((await call('PATCH', '/item-types/visit-report', { name: 'repair' })).status).toBe(409);
  });

  it('knows no standard types and none of another workspace', async () => {
    await make();
    expect((await call('PATCH', '/item-types/deal', { name: 'Chance' })).status).toBe(409);
    expect((await call('DELETE', '/item-types/deal')).status).toBe(409);
    for (const method of ['PATCH', 'DELETE'] as const)
      expect((await call(method, '/item-types/service-request', {}, rival)).status).toBe(404);
    expect(await listed()).toHaveLength(5);
  });
});

describe('deleting a smart process', () => {
  it('refuses while it has items and says how many', async () => {
    await make();
    const { id } = (await call('POST', '/items', { type: 'service-request', title: 'Pump' })).body;
    await call('POST', '/items', { type: 'service-request', title: 'Fan' });
    expect(await call('DELETE', '/item-types/service-request')).toMatchObject({
      status: 409,
      body: { code: 'has-items', detail: expect.stringContaining('2 items') },
    });
    expect((await call('GET', `/items/${id}`)).status).toBe(200);
  });

  it('takes its pipelines, automation and fields along', async () => {
    await make();
    await call('POST', '/fields', { type: 'service-request', code: 'serial', name: 'Serial', kind: 'text' });
    const { id } = (await call('POST', '/items', { type: 'service-request', title: 'Pump' })).body;
    await call('DELETE', `/items/${id}`);
    expect((await call('DELETE', '/item-types/service-request')).status).toBe(204);
    expect(await listed()).toHaveLength(4);
    expect((await call('GET', '/automation/service-request/Service%20requests')).status).toBe(404);
    await make();
    const fields = (await call('GET', '/fields?type=service-request')).body.data;
    expect(fields.filter(({ custom }: { custom: boolean }) => custom)).toEqual([]);
  });

  it('takes along the keys that its records had elsewhere', async () => {
    await make();
    const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(server.context.databases.app, firm.id, work);
    await inside((tx) => putKeys(tx, 'service-request', new Map([['K-1', 4_711]])));
    expect((await call('DELETE', '/item-types/service-request')).status).toBe(204);
    const { rows } = await inside((tx) => sql`select key from record_keys where kind = 'service-request'`.execute(tx));
    expect(rows).toEqual([]);
  });

  it('leaves no item behind that was made at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      await make();
      const [item, gone] = await Promise.all([
        call('POST', '/items', { type: 'service-request', title: 'Pump' }),
        call('DELETE', '/item-types/service-request'),
      ]);
      expect([
        [201, 409],
        [422, 204],
      ]).toContainEqual([item.status, gone.status]);
      if (item.status !== 201) continue;
      await call('DELETE', `/items/${item.body.id}`);
      await call('DELETE', '/item-types/service-request');
    }
  });
});

describe('a type that there is not', () => {
  it.each([
    ['POST', '/items', { type: 'boat', title: 'x' }],
    ['POST', '/pipelines', { type: 'boat', name: 'x', stages: [{ code: 'NEW', name: 'New' }] }],
    ['POST', '/fields', { type: 'boat', code: 'x', name: 'x', kind: 'text' }],
    ['GET', '/items?type=boat', undefined],
    ['GET', '/items.csv?type=boat', undefined],
    ['GET', '/fields?type=boat', undefined],
    ['GET', '/pipelines?type=boat', undefined],
  ] as const)('%s %s says at the field which there are', async (method, url, body) => {
    await make();
    expect(await call(method, url, body)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'type', message: expect.stringContaining('invoice, service-request') }] },
    });
    // What another workspace has made is not there either.
    const foreign = JSON.parse(JSON.stringify(body ?? null)?.replace('boat', 'service-request') ?? 'null');
    const answer = await call(method, url.replace('boat', 'service-request'), foreign ?? undefined, rival);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'type' }] } });
  });

  it('has no automation', async () => {
    const stages = [{ code: 'NEW', name: 'New' }];
    expect(await call('GET', '/automation/boat/Sales')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('lead, deal, quote, invoice') },
    });
    expect(await call('PUT', '/automation/boat/Sales', { stages })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'type', message: expect.stringContaining('lead, deal, quote, invoice') }] },
    });
  });
});
