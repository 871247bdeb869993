import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
let pipeline: { id: number; stages: { id: number; code: string }[] };
let other: { item: number; contact: number };

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  pipeline = (await get('/api/v1/pipelines?type=deal')).body.data[0];
  const theirs = (await server.call('GET', '/api/v1/pipelines?type=deal', { key: rival.key })).body.data[0];
  const item = await server.call('POST', '/api/v1/items', {
    key: rival.key,
    body: { type: 'deal', title: 'Theirs', pipeline: theirs.id },
  });
  const contact = await server.call('POST', '/api/v1/contacts', { key: rival.key, body: { name: 'Theirs' } });
  other = { item: item.body.id, contact: contact.body.id };
});
afterAll(() => server.close());

const get = (url: string) => server.call('GET', url, { key: firm.key });
const post = (url: string, body: unknown) => server.call('POST', url, { key: firm.key, body });
const patch = (url: string, body: unknown, key = firm.key) => server.call('PATCH', url, { key, body });
const addField = (field: object) => post('/api/v1/fields', { type: 'deal', name: 'A field', kind: 'text', ...field });
const addDeal = (fields: object) =>
  post('/api/v1/items', { type: 'deal', title: 'Big', pipeline: pipeline.id, fields });
const codesOf = async (type = 'deal') => {
  const { body } = await get(`/api/v1/fields?type=${type}`);
  return body.data.filter(({ custom }: { custom: boolean }) => custom).map(({ code }: { code: string }) => code);
};

describe('a custom field', () => {
  it('is renamed, asked for on stages and made to take several', async () => {
    await addField({ code: 'budget', kind: 'money' });
    const stage = pipeline.stages[1];
    const change = { name: 'Budget', requiredStages: [stage?.id], multiple: true };
    const { status, body } = await patch('/api/v1/fields/deal/budget', change);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Budget',
      kind: 'money',
      multiple: true,
      requiredStages: [stage?.code],
      requiredStageIds: [stage?.id],
    });
    expect((await patch('/api/v1/fields/deal/budget', { name: '  ' })).status).toBe(422);
    expect((await patch('/api/v1/fields/deal/budget', { requiredStages: [999_999] })).body.errors[0].code).toBe(
      'unknown-stage',
    );
    await patch('/api/v1/fields/deal/budget', { requiredStages: [] });
  });

  it('of several keeps each value once, as it was written first, for items and clients', async () => {
    const [number, link] = ['+48601100200', 'https://youtu.be/dQw4'];
    for (const type of ['deal', 'contact'])
      for (const kind of ['phone', 'email', 'link'])
        await addField({ type, code: `our_${kind}`, kind, multiple: true });
    const given = {
      our_phone: [number, '+48 601 100 200', '0048601100200', '+48601100201'],
      our_email: ['y@x.test', 'Y@x.test', 'z@x.test'],
      our_link: [link, 'HTTPS://YouTu.be/dQw4', 'youtu.be/dQw4', 'https://youtu.be/DQW4'],
    };
    const kept = {
      our_phone: [number, '+48601100201'],
      our_email: ['y@x.test', 'z@x.test'],
      our_link: [link, 'https://youtu.be/DQW4'],
    };
    const deal = await addDeal(given);
    expect(deal).toMatchObject({ status: 201, body: { fields: kept } });
    const contact = await post('/api/v1/contacts', {
      ...{ name: 'Cleo', emails: ['c@x.test', 'C@x.test', 'd@x.test'], fields: given },
      phones: [number, '+48 601-100-200', '+48601100201'],
    });
    const addresses = { emails: ['c@x.test', 'd@x.test'], phones: [number, '+48601100201'] };
    expect(contact).toMatchObject({ status: 201, body: { ...addresses, fields: kept } });
    for (const [path, { id }] of [
      ['items', deal.body],
      ['contacts', contact.body],
    ] as const) {
      await patch(`/api/v1/${path}/${id}`, { fields: { our_link: [] } });
      expect((await patch(`/api/v1/${path}/${id}`, { fields: given })).body.fields).toEqual(kept);
      expect((await patch(`/api/v1/${path}/${id}`, { fields: { our_phone: [number, 'none'] } })).status).toBe(422);
    }
  });

  it('keeps its options in order, without two of one value; only choices have them', async () => {
    await addField({ code: 'size', kind: 'choice', options: ['S', 'L'] });
    const options = [
      { value: 'L', name: 'Big' },
      { value: 'M', name: 'M' },
      { value: 'S', name: 'Small' },
    ];
    expect((await patch('/api/v1/fields/deal/size', { options })).body.options).toEqual(options);
    const twice = await patch('/api/v1/fields/deal/size', { options: ['a', 'a'] });
    expect(twice.body.errors).toMatchObject([{ path: 'options[1].value', code: 'twice' }]);
    expect((await patch('/api/v1/fields/deal/size', { options: [] })).status).toBe(422);
    expect((await patch('/api/v1/fields/deal/budget', { options: ['a'] })).body.errors[0].code).toBe('not-a-choice');
  });

  it('stands in the order that was given, which must name each once', async () => {
    const codes = (await codesOf()).toReversed();
    expect((await server.call('PUT', '/api/v1/fields/deal/order', { key: firm.key, body: { codes } })).status).toBe(
      204,
    );
    expect(await codesOf()).toEqual(codes);
    const half = await server.call('PUT', '/api/v1/fields/deal/order', {
      key: firm.key,
      body: { codes: codes.slice(1) },
    });
    expect(half.body.errors).toMatchObject([{ path: 'codes', code: 'not-all' }]);
  });

  it('says who would miss it, and goes; what was filled in comes back with the same code', async () => {
    await addField({ code: 'tags', kind: 'multiChoice', options: ['hot', 'cold'] });
    const { body: deal } = await addDeal({ tags: ['hot', 'cold'] });
    await addDeal({ tags: ['hot'] });
    const use = await get('/api/v1/fields/deal/tags/use');
    expect(use.body).toEqual({
      records: 2,
      options: [
        { value: 'hot', records: 2 },
        { value: 'cold', records: 1 },
      ],
      pipelines: [],
    });

    expect((await server.call('DELETE', '/api/v1/fields/deal/tags', { key: firm.key })).status).toBe(204);
    expect(await codesOf()).not.toContain('tags');
    expect((await get('/api/v1/fields/deal/tags/use')).status).toBe(404);
    await addField({ code: 'tags', kind: 'multiChoice', options: ['hot', 'cold'] });
    expect((await get(`/api/v1/items/${deal.id}`)).body.fields.tags).toEqual(['hot', 'cold']);
  });

  it('has a code of its own, however it is written; the same on another type is another field', async () => {
    await addField({ code: 'lone' });
    for (const code of ['lone', 'LONE'])
      expect(await addField({ code })).toMatchObject({
        status: 409,
        body: { code: 'code-taken', errors: [{ path: 'code', code: 'taken' }] },
      });
    expect((await addField({ type: 'lead', code: 'lone' })).status).toBe(201);
  });

  it('is missed by the pipelines of its own type that name it, and by no others', async () => {
    for (const type of ['deal', 'lead']) {
      await addField({ type, code: 'roof' });
      const { body } = await get(`/api/v1/pipelines?type=${type}`);
      const [{ id, name, stages }] = body.data;
      const rule = { id: 'r', do: 'alerts/comment', stage: stages[0].code, settings: { text: '{{ roof }}' } };
      const file = { type, pipeline: name, rules: [rule] };
      const saved = await server.call('PUT', `/api/v1/automation/${type}/${id}`, { key: firm.key, body: file });
      expect(saved.status, JSON.stringify(saved.body)).toBe(200);
      expect((await get(`/api/v1/fields/${type}/roof/use`)).body.pipelines).toEqual([name]);
    }
  });

  it('is for administrators to change, and of its own workspace', async () => {
    const { key } = await firm.addPerson('ben@firm.test');
    for (const [method, url, body] of [
      ['PATCH', '/api/v1/fields/deal/size', { name: 'x' }],
      ['PUT', '/api/v1/fields/deal/order', { codes: [] }],
      ['DELETE', '/api/v1/fields/deal/size', undefined],
    ] as const) {
      expect((await server.call(method, url, { key, body })).status, method).toBe(403);
    }
    expect((await patch('/api/v1/fields/deal/size', { name: 'x' }, rival.key)).status).toBe(404);
    expect((await patch('/api/v1/fields/deal/title', { name: 'x' })).status).toBe(404);
  });
});

describe('what a field names', () => {
  it('is there: a client, an item', async () => {
    await addField({ code: 'agent', kind: 'client' });
    await addField({ code: 'linked', kind: 'item', multiple: true });
    const { body: contact } = await post('/api/v1/contacts', { name: 'Cleo' });
    const { body: company } = await post('/api/v1/companies', { name: 'Acme' });
    const { body: first } = await addDeal({ agent: `company:${company.id}` });
    const { status, body } = await addDeal({ agent: contact.id, linked: [first.id] });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.fields).toMatchObject({ agent: `contact:${contact.id}`, linked: [first.id] });
  });

  it('is not another workspace’s', async () => {
    const { status, body } = await addDeal({ agent: `contact:${other.contact}`, linked: [other.item] });
    expect(status).toBe(422);
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['fields.agent', 'unknown-client'],
      ['fields.linked', 'unknown-item'],
    ]);
  });

  it('is checked on clients, too', async () => {
    await addField({ type: 'contact', code: 'buddy', kind: 'client' });
    const wrong = await post('/api/v1/contacts', { name: 'Dan', fields: { buddy: 999_999 } });
    expect(wrong.body.errors).toMatchObject([{ path: 'fields.buddy', code: 'unknown-client' }]);
    const { body: friend } = await post('/api/v1/contacts', { name: 'Eve' });
    const right = await post('/api/v1/contacts', { name: 'Dan', fields: { buddy: friend.id } });
    expect(right.body.fields).toEqual({ buddy: `contact:${friend.id}` });
  });
});
