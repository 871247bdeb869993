import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tidyUp } from '../compose/tidy-up.ts';
import { noRights } from '../people/rights/standard-roles.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());

const post = (url: string, body: unknown, key = firm.key, headers = {}) =>
  server.call('POST', url, { key, body, headers });
const get = (url: string, key = firm.key) => server.call('GET', url, { key });
const addDeal = async (body = {}) => (await post('/api/v1/items', { type: 'deal', title: 'Bread', ...body })).body;

describe('what is refused', () => {
  it('no key: 401 problem+json', async () => {
    const answer = await server.call('GET', '/api/v1/items');
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'unauthorized', title: expect.any(String), detail: expect.any(String), errors: [] },
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
  it('a wrong key, a webhook as a key', async () => {
    expect((await get('/api/v1/items', 'sb_wrong')).status).toBe(401);
    const webhook = await post(`/api/v1/users/${firm.adminId}/keys`, { kind: 'webhook' });
    expect((await get('/api/v1/items', webhook.body.key)).status).toBe(401);
  });
  it('a forged cookie', async () => {
    const headers = { cookie: 'signalbox.session_token=abc.def' };
    expect((await server.call('GET', '/api/v1/me', { headers })).status).toBe(401);
  });
  it('broken JSON, with the reason', async () => {
    const answer = await post('/api/v1/items', '{"type": "deal",', firm.key, { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'broken-json' } });
  });
  it('an oversized body', async () => {
    const answer = await post('/api/v1/items', { type: 'deal', title: 'x'.repeat(1_100_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });
  it('a wrong content type', async () => {
    const answer = await post('/api/v1/items', 'type=deal', firm.key, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'media-type' } });
  });
  it('an unknown route', async () => {
    expect(await get('/api/v1/nothing')).toMatchObject({ status: 404, body: { code: 'no-such-route' } });
  });
  it('unknown keys, each with its path', async () => {
    const answer = await post('/api/v1/items', { type: 'deal', title: 'x', colour: 1, wheel: 2 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { path: 'colour', code: 'unknown-key' },
      { path: 'wheel', code: 'unknown-key' },
    ]);
  });
  it('characters that cannot be stored', async () => {
    const answer = await post('/api/v1/items', '{"type":"deal","title":"a\\u0000b"}', firm.key, {
      'content-type': 'application/json',
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'broken-text' } });
    expect((await get('/api/v1/items?q=%00')).status).toBeLessThan(500);
  });
  it('ids that are no ids', async () => {
    for (const id of ['abc', '0', '-1', '1.5', '99999999999999999999', '9007199254740991']) {
      expect((await get(`/api/v1/items/${id}`)).status, id).toBe(404);
    }
  });
  it("an employee doing an administrator's thing", async () => {
    const { key } = await firm.addPerson('eve@firm.test');
    expect(await post('/api/v1/users', { email: 'x@firm.test', name: 'X' }, key)).toMatchObject({
      status: 403,
      body: { code: 'no-people' },
    });
    expect((await get(`/api/v1/users/${firm.adminId}/keys`, key)).status).toBe(403);
    expect((await get('/api/v1/users', key)).status).toBe(200);
  });
  it("another workspace's ids: 404, as if they were not there", async () => {
    const deal = await addDeal();
    const contact = (await post('/api/v1/contacts', { name: 'Cleo' })).body;
    const urls = [
      `/api/v1/items/${deal.id}`,
      `/api/v1/items/${deal.id}/timeline`,
      `/api/v1/items/${deal.id}/history`,
      `/api/v1/contacts/${contact.id}`,
      `/api/v1/pipelines/${deal.pipeline}`,
      `/api/v1/board/${deal.pipeline}`,
      `/api/v1/users/${firm.adminId}`,
    ];
    for (const url of urls) expect((await get(url, rival.key)).status, url).toBe(404);
    expect((await post(`/api/v1/items/${deal.id}/moves`, { stage: 'OFFER' }, rival.key)).status).toBe(404);
    expect(
      (await server.call('PATCH', `/api/v1/items/${deal.id}`, { key: rival.key, body: { title: 'mine' } })).status,
    ).toBe(404);
    expect((await server.call('DELETE', `/api/v1/items/${deal.id}`, { key: rival.key })).status).toBe(404);
    expect(
      (await post('/api/v1/items', { type: 'deal', title: 'x', contact: contact.id }, rival.key)).body.errors,
    ).toMatchObject([{ path: 'contact' }]);
    expect((await get('/api/v1/items', rival.key)).body.data).toEqual([]);
  });
});

describe('items', () => {
  it('takes the first pipeline, its first stage and the caller when nothing is said', async () => {
    const answer = await post('/api/v1/items', { type: 'deal', title: 'Bread', amount: 1200.5 });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        type: 'deal',
        title: 'Bread',
        stage: 'NEW',
        amount: 1200.5,
        currency: 'PLN',
        responsible: { id: firm.adminId },
      },
    });
    expect(answer.body.pipeline).toEqual(expect.any(Number));
  });
  it('says where a wrong stage, type, field and person stand, and what to do', async () => {
    const wrong = async (body: object) => {
      const answer = await post('/api/v1/items', { type: 'deal', title: 'x', ...body });
      expect(answer.status).toBe(422);
      return answer.body.errors[0];
    };
    expect(await wrong({ stage: 'NOWHERE' })).toMatchObject({ path: 'stage', message: expect.stringContaining('NEW') });
    expect(await wrong({ type: 'boat' })).toMatchObject({ path: 'type' });
    expect(await wrong({ pipeline: 'Nope' })).toMatchObject({
      path: 'pipeline',
      message: expect.stringContaining('Sales'),
    });
    expect(await wrong({ responsible: 'nobody@firm.test' })).toMatchObject({ path: 'responsible' });
    expect(await wrong({ fields: { wheels: 4 } })).toMatchObject({ path: 'fields.wheels', code: 'unknown-field' });
  });
  it('changes by PATCH, with history, and refuses a save over a later one', async () => {
    const deal = await addDeal();
    server.clock.advance(1_000);
    const url = `/api/v1/items/${deal.id}`;
    const patch = (body: object) => server.call('PATCH', url, { key: firm.key, body });
    expect(
      await patch({ title: 'Rolls', amount: '99.90', fields: { source: 'fair' }, expectedUpdatedAt: deal.updatedAt }),
    ).toMatchObject({
      status: 200,
      body: { title: 'Rolls', amount: 99.9, fields: { source: 'fair' } },
    });
    expect(await patch({ title: 'Cakes', expectedUpdatedAt: deal.updatedAt })).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile' },
    });
    const { data } = (await get(`${url}/history`)).body;
    expect(data.map((row: { field: string }) => row.field)).toEqual(
      expect.arrayContaining(['title', 'amount', 'source', 'stage']),
    );
    expect(data.find((row: { field: string }) => row.field === 'title')).toMatchObject({
      from: 'Bread',
      to: 'Rolls',
      author: { id: firm.adminId },
      trigger: null,
      rule: null,
    });
  });
  it('moves: 201 the move, 200 when it stands there, and both in the timeline', async () => {
    const deal = await addDeal();
    const moved = await post(`/api/v1/items/${deal.id}/moves`, { stage: 'OFFER' });
    expect(moved).toMatchObject({
      status: 201,
      body: {
        item: deal.id,
        from: { pipeline: deal.pipeline, stage: 'NEW' },
        to: { pipeline: deal.pipeline, stage: 'OFFER' },
        trigger: null,
        signal: null,
        by: { id: firm.adminId },
      },
    });
    expect(await post(`/api/v1/items/${deal.id}/moves`, { stage: 'OFFER' })).toMatchObject({
      status: 200,
      body: { moved: false },
    });
    const { data } = (await get(`/api/v1/items/${deal.id}/timeline`)).body;
    expect(data[0]).toMatchObject({
      kind: 'moved',
      from: 'NEW',
      to: 'OFFER',
      trigger: null,
      signal: null,
      by: { id: firm.adminId },
      author: { id: firm.adminId },
    });
  });
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for nobody, whoever is to be named',
    async (name) => {
      await post('/api/v1/fields', { type: 'deal', code: 'Buyer', name: 'Buyer', kind: 'person' });
      const body = `{"type":"deal","title":"x","fields":{"Buyer":"${name}"}}`;
      const refused = await post('/api/v1/items', body, firm.key, { 'content-type': 'application/json' });
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'fields.Buyer', code: 'kind' }] } });
      const board = (recipients: string[]) => ({
        ...{ type: 'deal', pipeline: 'Sales', triggers: [] },
        rules: [{ do: 'alerts/notify', stage: 'NEW', settings: { text: 'x', recipients } }],
      });
      for (const kind of ['department', 'head', 'role'])
        expect(
          JSON.stringify((await post('/api/v1/automation/check', { file: board([`${kind}:${name}`]) })).body),
          kind,
        ).toContain(`"${name}\\" here`);
    },
  );
  it('lets administrators alone say what a stage asks for', async () => {
    const pipeline = (await get('/api/v1/pipelines?type=deal')).body.data[0];
    const requiredStages = [pipeline.stages[1].id];
    const role = { name: 'Sets up', rights: { ...noRights, areas: { ...noRights.areas, settings: true } } };
    const made = await post('/api/v1/roles', role);
    expect(made.status).toBe(201);
    const { key } = await firm.addPerson('settler@firm.test', made.body.id);
    const field = { type: 'deal', code: 'Asked', name: 'Asked', kind: 'text' };
    expect(await post('/api/v1/fields', { ...field, requiredStages }, key)).toMatchObject({
      status: 403,
      body: { code: 'admin-only' },
    });
    expect((await post('/api/v1/fields', field, key)).status).toBe(201);
    const ask = (who: string) =>
      server.call('PATCH', '/api/v1/fields/deal/Asked', { key: who, body: { requiredStages } });
    expect(await ask(key)).toMatchObject({ status: 403, body: { code: 'admin-only' } });
    expect((await ask(firm.key)).status).toBe(200);
    expect((await server.call('DELETE', '/api/v1/fields/deal/Asked', { key: firm.key })).status).toBe(204);
  });
  it('asks a person for the fields a stage requires', async () => {
    const pipeline = (await get('/api/v1/pipelines?type=deal')).body.data[0];
    const offer = pipeline.stages.find((stage: { code: string }) => stage.code === 'WARM');
    await post('/api/v1/fields', {
      type: 'deal',
      code: 'Budget',
      name: 'Budget',
      kind: 'money',
      requiredStages: [offer.id],
    });
    const deal = await addDeal();
    expect(await post(`/api/v1/items/${deal.id}/moves`, { stage: 'WARM' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'fields.Budget', code: 'required-on-stage' }] },
    });
    const patched = await server.call('PATCH', `/api/v1/items/${deal.id}`, {
      key: firm.key,
      body: { stage: 'WARM', fields: { Budget: 500 } },
    });
    expect(patched).toMatchObject({
      status: 200,
      body: { stage: 'WARM', fields: { Budget: { amount: '500', currency: 'PLN' } } },
    });
  });
  it('comments, deletes', async () => {
    const deal = await addDeal();
    expect(await post(`/api/v1/items/${deal.id}/comments`, { text: 'Called.' })).toMatchObject({
      status: 201,
      body: { kind: 'comment', text: 'Called.' },
    });
    expect((await server.call('DELETE', `/api/v1/items/${deal.id}`, { key: firm.key })).status).toBe(204);
    expect((await get(`/api/v1/items/${deal.id}`)).status).toBe(404);
  });
});

describe('lists', () => {
  it('pages without gap or repetition', async () => {
    const { key } = await server.addWorkspace('Paging');
    for (let n = 0; n < 5; n += 1) await post('/api/v1/items', { type: 'lead', title: `Lead ${n}` }, key);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await get(`/api/v1/items?type=lead&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`, key);
      seen.push(...answer.body.data.map((one: { title: string }) => one.title));
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['Lead 4', 'Lead 3', 'Lead 2', 'Lead 1', 'Lead 0']);
    expect((await get('/api/v1/items?cursor=rubbish', key)).status).toBe(400);
    expect(await get('/api/v1/items?colour=red', key)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'colour', code: 'unknown-key' }] },
    });
  });
  it('filters by the grammar of conditions, as a trigger would', async () => {
    const { key, adminId } = await server.addWorkspace('Filters');
    const contact = (await post('/api/v1/contacts', { name: 'Óscar', emails: ['Oscar@Example.com'] }, key)).body;
    await post('/api/v1/items', { type: 'deal', title: 'Small', amount: 50 }, key);
    await post('/api/v1/items', { type: 'deal', title: 'Big', amount: 5000, contact: contact.id, stage: 'OFFER' }, key);
    await post('/api/v1/items', { type: 'deal', title: 'Nobody', responsible: null }, key);
    const titles = async (filter: unknown) =>
      (await get(`/api/v1/items?filter=${encodeURIComponent(JSON.stringify(filter))}`, key)).body.data.map(
        (one: { title: string }) => one.title,
      );
    expect(await titles({ field: 'amount', is: 'at least', value: 1000 })).toEqual(['Big']);
    expect(
      await titles({
        any: [
          { field: 'amount', is: 'less', value: 100 },
          { field: 'title', is: 'starts with', value: 'nob' },
        ],
      }),
    ).toEqual(['Nobody', 'Small']);
    expect(await titles({ not: { field: 'responsible', is: 'is filled' } })).toEqual(['Nobody']);
    expect(
      await titles({
        all: [
          { field: 'responsible', is: 'equals', value: adminId },
          { field: 'client.email', is: 'contains', value: 'oscar' },
        ],
      }),
    ).toEqual(['Big']);
    expect(await titles({ field: 'stage', is: 'in', value: ['OFFER', 'WARM'] })).toEqual(['Big']);
    expect(await titles({ field: 'title', is: 'matches', value: '^(Big|Small)$' })).toEqual(['Big', 'Small']);
  });
  it('says where a filter is wrong', async () => {
    const wrong = async (filter: string) => (await get(`/api/v1/items?filter=${encodeURIComponent(filter)}`)).body;
    expect(await wrong('{"field"')).toMatchObject({ status: 400, errors: [{ path: 'filter', code: 'broken-json' }] });
    expect(await wrong('{"all":[{"field":"amount","is":"bigger","value":1}]}')).toMatchObject({
      status: 400,
      errors: [{ path: 'filter.all[0].is' }],
    });
    expect(await wrong('{"field":"wheels","is":"equals","value":1}')).toMatchObject({
      status: 400,
      errors: [{ path: 'filter.field' }],
    });
    expect(await wrong(`{"field":"title'; drop table items; --","is":"equals","value":1}`)).toMatchObject({
      status: 400,
    });
  });
  it('finds by words in titles, clients and numbers', async () => {
    const { key } = await server.addWorkspace('Search');
    const company = (await post('/api/v1/companies', { name: 'Żółw 100%', phones: ['22 123 45 67'] }, key)).body;
    const deal = (await post('/api/v1/items', { type: 'deal', title: 'Shells', company: company.id }, key)).body;
    const ids = async (q: string) =>
      (await get(`/api/v1/items?q=${encodeURIComponent(q)}`, key)).body.data.map((one: { id: number }) => one.id);
    expect(await ids('żółw')).toEqual([deal.id]);
    expect(await ids('100%')).toEqual([deal.id]);
    expect(await ids('%')).toEqual([deal.id]);
    expect(await ids('_')).toEqual([]);
    expect(await ids('221234567')).toEqual([deal.id]);
    expect(await ids(String(deal.id))).toEqual([deal.id]);
    expect((await get('/api/v1/search?q=shell', key)).body).toMatchObject({
      items: [{ id: deal.id }],
      contacts: [],
      companies: [],
    });
    expect((await get('/api/v1/search?q=%C5%BC%C3%B3%C5%82w', key)).body.companies).toMatchObject([
      { id: company.id, phones: ['22 123 45 67'] },
    ]);
  });
  it('shows a board with counts, sums and pages of cards', async () => {
    const { key, adminId } = await server.addWorkspace('Board');
    for (let n = 0; n < 5; n += 1) await post('/api/v1/items', { type: 'deal', title: `Deal ${n}`, amount: 10 }, key);
    await post('/api/v1/items', { type: 'deal', title: 'Euro', amount: 7, currency: 'EUR', stage: 'OFFER' }, key);
    const board = (await get('/api/v1/board/Sales?limit=2', key)).body;
    expect(board.columns[0]).toMatchObject({
      stage: { code: 'NEW' },
      count: 5,
      sums: [{ currency: 'PLN', amount: 50 }],
    });
    expect(board.columns[0].items).toHaveLength(2);
    expect(board.columns[0].items[0]).toMatchObject({
      title: 'Deal 4',
      responsible: { id: adminId },
      waitingRuns: 0,
      lastActivity: { kind: 'created' },
      movedBy: { person: { id: adminId }, trigger: null },
    });
    expect(board.columns[2]).toMatchObject({
      stage: { code: 'OFFER' },
      count: 1,
      sums: [{ currency: 'EUR', amount: 7 }],
    });
    const next = (
      await get(`/api/v1/board/${board.pipeline.id}/NEW?limit=10&cursor=${board.columns[0].nextCursor}`, key)
    ).body;
    expect(next.data.map((card: { title: string }) => card.title)).toEqual(['Deal 2', 'Deal 1', 'Deal 0']);
    expect(
      (await get('/api/v1/board/Sales?q=euro', key)).body.columns.map((column: { count: number }) => column.count),
    ).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  });
});

describe('clients, fields, pipelines, people', () => {
  it('keeps several addresses, normalised', async () => {
    const made = await post('/api/v1/contacts', {
      firstName: 'Ana',
      lastName: 'Silva',
      emails: ['Ana@Example.COM'],
      phones: ['22 123 45 67', '+351 21 123 4567'],
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Ana Silva',
        firstName: 'Ana',
        emails: ['Ana@Example.COM'],
        phones: ['22 123 45 67', '+351 21 123 4567'],
      },
    });
    const rows = await server.context.databases.system
      .selectFrom('client_addresses')
      .select('normal')
      .where('client_id', '=', made.body.id)
      .where('client_kind', '=', 'contact')
      .orderBy('id')
      .execute();
    expect(rows.map((row) => row.normal)).toEqual(['ana@example.com', '+48221234567', '+351211234567']);
    const patched = await server.call('PATCH', `/api/v1/contacts/${made.body.id}`, {
      key: firm.key,
      body: { emails: [], lastName: 'Sousa' },
    });
    expect(patched.body).toMatchObject({ name: 'Ana Sousa', emails: [], phones: ['22 123 45 67', '+351 21 123 4567'] });
    expect((await post('/api/v1/contacts', { emails: ['a@b.test'] })).body.errors).toMatchObject([{ path: 'name' }]);
    expect((await post('/api/v1/contacts', { name: 'x', emails: ['nope'] })).body.errors).toMatchObject([
      { path: 'emails[0]' },
    ]);
  });
  it('checks values by the kind of their field', async () => {
    const add = (code: string, kind: string, more = {}) =>
      post('/api/v1/fields', { type: 'lead', code, name: code, kind, ...more });
    expect((await add('Size', 'choice', { options: ['S', { value: 'L', name: 'Large' }] })).status).toBe(201);
    for (const [code, kind] of [
      ['Count', 'number'],
      ['Due', 'date'],
      ['At', 'dateTime'],
      ['Ok', 'yesNo'],
      ['Who', 'person'],
      ['Note', 'text'],
      ['Price', 'money'],
    ] as const)
      await add(code, kind);
    const good = {
      Size: 'Large',
      Count: 3,
      Due: '2026-02-28',
      At: '2026-02-28T10:00:00+01:00',
      Ok: false,
      Who: firm.adminId,
      Note: 'n',
      Price: { amount: '5.50', currency: 'EUR' },
    };
    const made = await post('/api/v1/items', { type: 'lead', title: 'x', fields: good });
    expect(made.body.fields).toEqual({ ...good, Size: 'L', At: '2026-02-28T09:00:00.000Z' });
    const bad = {
      Size: 'XL',
      Count: 'many',
      Due: '2026-02-30',
      At: 'soon',
      Ok: 'yes',
      Who: 999_999,
      Note: {},
      Price: 'cheap',
      repeat: true,
    };
    const refused = await post('/api/v1/items', { type: 'lead', title: 'x', fields: bad });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((one: { path: string }) => one.path)).toEqual(
      Object.keys(bad).map((code) => `fields.${code}`),
    );
    expect((await add('Size', 'text')).status).toBe(409);
    expect((await add('title', 'text')).status).toBe(422);
    const listed = (await get('/api/v1/fields?type=lead')).body.data;
    expect(listed.find((one: { code: string }) => one.code === 'amount')).toMatchObject({
      custom: false,
      kind: 'money',
    });
    expect(listed.find((one: { code: string }) => one.code === 'Size')).toMatchObject({
      custom: true,
      options: [
        { value: 'S', name: 'S' },
        { value: 'L', name: 'Large' },
      ],
    });
  });
  it('makes pipelines whose won and lost stages stand last', async () => {
    const stages = [
      { code: 'A', name: 'A', kind: 'open' },
      { code: 'Z', name: 'Z', kind: 'won' },
    ];
    expect(await post('/api/v1/pipelines', { type: 'deal', name: 'Second', stages })).toMatchObject({
      status: 201,
      body: { name: 'Second', stages: [{ code: 'A' }, { code: 'Z', kind: 'won' }] },
    });
    expect((await post('/api/v1/pipelines', { type: 'deal', name: 'second', stages })).status).toBe(409);
    expect(
      (await post('/api/v1/pipelines', { type: 'deal', name: 'Third', stages: [...stages].reverse() })).body.errors,
    ).toMatchObject([{ path: 'stages[0].kind' }]);
    expect(await post('/api/v1/items', { type: 'deal', title: 'x', pipeline: 'Second' })).toMatchObject({
      status: 201,
      body: { stage: 'A' },
    });
  });
  it('keeps departments as a tree with heads', async () => {
    const sales = (await post('/api/v1/departments', { name: 'Sales', head: firm.adminId })).body;
    const north = (await post('/api/v1/departments', { name: 'North', parent: 'Sales' })).body;
    expect(north).toMatchObject({ parent: sales.id, head: null });
    const circle = await server.call('PATCH', `/api/v1/departments/${sales.id}`, {
      key: firm.key,
      body: { parent: north.id },
    });
    expect(circle).toMatchObject({ status: 422, body: { errors: [{ path: 'parent', code: 'circle' }] } });
    const user = await post('/api/v1/users', { email: 'Jan@firm.test', name: 'Jan', department: 'North' });
    expect(user).toMatchObject({ status: 201, body: { department: { id: north.id }, role: 'employee' } });
    expect((await post('/api/v1/users', { email: 'jan@FIRM.test', name: 'Jan' })).status).toBe(409);
  });
  it('answers a write once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'abc' };
    const body = { type: 'deal', title: 'Once' };
    const [one, two] = [
      await post('/api/v1/items', body, firm.key, headers),
      await post('/api/v1/items', body, firm.key, headers),
    ];
    expect(two.body).toEqual(one.body);
    expect(two).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect((await post('/api/v1/items', { ...body, title: 'Twice' }, firm.key, headers)).status).toBe(422);
    const together = await Promise.all(
      [1, 2, 3, 4].map(() => post('/api/v1/items', body, firm.key, { 'idempotency-key': 'together' })),
    );
    expect(together.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const made = new Set(together.filter(({ status }) => status === 201).map((answer) => answer.body.id));
    expect(made.size).toBe(1);
  });
  it('forgets an Idempotency-Key after a day', async () => {
    const { system } = server.context.databases;
    const add = () => post('/api/v1/items', { type: 'deal', title: 'Daily' }, firm.key, { 'idempotency-key': 'daily' });
    const age = (interval: string) =>
      sql`update idempotency_keys set created_at = now() - ${interval}::interval where key = 'daily'`.execute(system);
    const kept = () => system.selectFrom('idempotency_keys').select('key').where('key', '=', 'daily').execute();
    const { id } = (await add()).body;
    await age('23 hours');
    await tidyUp(server.context);
    expect((await add()).body.id).toBe(id);
    await age('25 hours');
    expect((await add()).body.id).not.toBe(id);
    await age('25 hours');
    await tidyUp(server.context);
    expect(await kept()).toEqual([]);
  });
});
