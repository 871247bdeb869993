import type { RoleRights } from '@signalbox/contract/people/rights.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { standardRights } from '../people/rights/standard-roles.ts';
import { createRecorder } from '../signals/recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
/** Sees neither amount, margin nor source of deals, and may not change their note and delivery date. */
let blind: { id: number; key: string };
let deal: number;
let contact: number;
let lead: number;

const fields: RoleRights['fields'] = {
  deal: { amount: 'hidden', margin: 'hidden', source: 'hidden', deliveryDate: 'read-only', note: 'read-only' },
  lead: { amount: 'hidden', margin: 'hidden', bonus: 'hidden', mail: 'hidden' },
  contact: { size: 'hidden', grade: 'read-only' },
};

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';
const call = (
  method: Method,
  url: string,
  { key }: { key: string },
  body?: unknown,
  headers?: Record<string, string>,
) => server.call(method, `/api/v1${url}`, { key, ...(body !== undefined && { body }), ...(headers && { headers }) });
const refused = (path: string, code: string) => ({
  status: 403,
  body: { code: 'no-field', errors: [{ path, code }] },
});

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  for (const type of ['deal', 'lead'])
    for (const code of ['margin', 'bonus'])
      await call('POST', '/fields', firm, { type, code, name: `The ${code}`, kind: 'number' });
  for (const [type, code, kind] of [
    ['deal', 'note', 'text'],
    ['lead', 'mail', 'email'],
    ['contact', 'size', 'number'],
    ['contact', 'grade', 'text'],
    ['deal', 'other', 'item'],
    ['deal', 'who', 'client'],
    ['deal', 'paper', 'file'],
  ])
    await call('POST', '/fields', firm, { type, code, name: `The ${code}`, kind, multiple: kind === 'item' });
  await call('POST', '/roles', firm, { name: 'Blind', rights: { ...standardRights.employee, fields } });
  blind = await firm.addPerson('blind@firm.test', 'Blind');
  contact = (await call('POST', '/contacts', firm, { name: 'Cleo', fields: { size: 777, grade: 'A' } })).body.id;
  const body = { title: 'Roof', amount: 4321, currency: 'EUR', contact };
  deal = (
    await call('POST', '/items', firm, {
      type: 'deal',
      ...body,
      fields: { margin: 1234, note: 'seen', source: 'fair 1234', deliveryDate: '2030-01-01' },
    })
  ).body.id;
  const values = { margin: 1234, bonus: 55, mail: 'x@secret.test' };
  lead = (await call('POST', '/items', firm, { type: 'lead', title: 'Lead', amount: 4321, fields: values })).body.id;
  await call('PATCH', `/items/${deal}`, firm, { fields: { margin: 1235, source: 'fair 1235' }, amount: 4322 });
});
afterAll(() => server.close());

/** Nothing in an answer gives a hidden value away. */
const secrets = /432[12]|123[45]|777|secret\.test/;

describe('a field that is hidden', () => {
  it('is in no answer about items and clients, and in those of who may see it', async () => {
    const { type, pipeline } = (await call('GET', `/items/${deal}`, blind)).body;
    for (const url of [
      ...[`/items/${deal}`, `/items?type=${type}`, '/search?q=Roof', `/board/${pipeline}`],
      ...[`/board/${pipeline}/NEW`, `/contacts/${contact}`, '/contacts', `/contacts/${contact}/items`],
      ...[`/items/${deal}/history`, `/items/${deal}/signals`, `/items/${deal}/timeline`, `/items/${deal}/runs`],
      ...['/items.csv?type=deal', '/items.csv', '/contacts.csv', `/items/${lead}/conversion`, '/fields?type=deal'],
    ]) {
      const { status, body } = await call('GET', url, blind);
      expect(status, url).toBe(200);
      expect(JSON.stringify(body), url).not.toMatch(secrets);
    }
    const own = (await call('GET', `/items/${deal}`, blind)).body;
    expect(own).toMatchObject({ amount: null, currency: 'EUR', fields: { note: 'seen', deliveryDate: '2030-01-01' } });
    expect(own.fields).not.toHaveProperty('source');
    expect(own.fields).not.toHaveProperty('margin');
    expect((await call('GET', `/items/${deal}`, firm)).body).toMatchObject({ amount: 4322, fields: { margin: 1235 } });
    expect((await call('GET', `/contacts/${contact}`, blind)).body.fields).toEqual({ grade: 'A' });
  });

  it('is not summed up on boards, and changes of it are told without values', async () => {
    const { pipeline } = (await call('GET', `/items/${deal}`, firm)).body;
    const sums = async (key: { key: string }) => (await call('GET', `/board/${pipeline}`, key)).body.columns[0];
    expect(await sums(blind)).toMatchObject({ count: 1, sums: [], items: [{ amount: null }] });
    expect(await sums(firm)).toMatchObject({ sums: [{ currency: 'EUR', amount: 4322 }] });
    const changes = (await call('GET', `/items/${deal}/history`, blind)).body.data;
    expect(changes.find(({ field }: { field: string }) => field === 'margin')).toMatchObject({
      ...{ from: null, to: null, hidden: true },
    });
    const [signal] = (await call('GET', `/items/${deal}/signals`, blind)).body.data;
    expect(signal.payload.changes).toContainEqual({ field: 'margin', from: null, to: null, hidden: true });
    const whole = (await call('GET', `/items/${deal}/history`, firm)).body.data;
    expect(JSON.stringify(whole)).toMatch(/1235/);
  });

  it('has no column in files, and no line in the list of fields', async () => {
    const headers = async (url: string, key: { key: string }) =>
      String((await call('GET', url, key)).body)
        .split('\r\n')[0]
        ?.split(',') ?? [];
    for (const url of ['/items.csv?type=deal', '/items.csv', '/contacts.csv']) {
      const hidden = await headers(url, blind);
      expect(hidden.filter((header) => ['margin', 'size'].includes(header))).toEqual([]);
      expect((await headers(url, firm)).length, url).toBeGreaterThan(hidden.length);
    }
    const ofDeals = await headers('/items.csv?type=deal', blind);
    expect(ofDeals.filter((header) => ['amount', 'source'].includes(header))).toEqual([]);
    expect(ofDeals).toContain('deliveryDate');
    const codes = async (key: { key: string }) =>
      (await call('GET', '/fields?type=deal&limit=1000', key)).body.data.map(({ code }: { code: string }) => code);
    expect(await codes(blind)).not.toContain('margin');
    expect(await codes(firm)).toContain('margin');
  });

  it('can neither be filtered, sorted nor searched by', async () => {
    const filter = (field: string, value: unknown = 1) =>
      `/items?type=deal&filter=${encodeURIComponent(JSON.stringify({ field, is: 'at least', value }))}`;
    for (const name of ['margin', 'item.margin', 'amount', 'amount.amount', 'source'])
      expect(await call('GET', filter(name), blind), name).toMatchObject(refused('filter', 'hidden-field'));
    for (const sort of ['amount', '-amount']) {
      expect(await call('GET', `/items?type=deal&sort=${sort}`, blind)).toMatchObject(refused('sort', 'hidden-field'));
      expect(await call('GET', `/items?sort=${sort}`, blind)).toMatchObject(refused('sort', 'hidden-field'));
      expect(await call('GET', `/items.csv?type=deal&sort=${sort}`, blind)).toMatchObject({ status: 403 });
    }
    expect((await call('GET', filter('margin'), firm)).body.data).toHaveLength(1);
    expect((await call('GET', filter('createdAt', '2020-01-01'), blind)).body.data).toHaveLength(1);
    for (const text of ['1235', '4322']) {
      expect((await call('GET', `/items?type=deal&q=${text}`, blind)).body.data).toEqual([]);
      expect((await call('GET', `/search?q=${text}`, blind)).body.items).toEqual([]);
    }
  });

  it('is not told by a text, nor by trying a draft', async () => {
    const preview = (text: string, key = blind) =>
      call('POST', '/templates/preview', key, { item: deal, text, as: 'text' });
    for (const text of ['{{ margin }}', '{{ item.margin }}', '{{ client.size }}', '{% if amount > 1 %}x{% endif %}'])
      expect(await preview(text), text).toMatchObject({ status: 422, body: { errors: [{ code: 'hidden-field' }] } });
    for (const text of [
      '{% assign x = item %}{{ x.margin }}{{ x.amount }}',
      '{% for pair in item %}{{ pair }}{% endfor %}',
    ])
      expect(JSON.stringify((await preview(text)).body), text).not.toMatch(secrets);
    expect((await preview('{{ title }}')).body.rendered).toBe('Roof');
    expect((await preview('{{ margin }} {{ client.size }}', firm)).body.rendered).toBe('1235 777');
    const { pipeline } = (await call('GET', `/items/${deal}`, firm)).body;
    const file = { type: 'deal', pipeline: 'x', stages: [{ code: 'NEW', name: 'New' }] };
    const signal = { kind: 'webhook.called', payload: { code: 'x' } };
    const test = (key: { key: string }) =>
      call('POST', `/automation/deal/${pipeline}/test`, key, { item: deal, signal, file });
    expect(await test(blind)).toMatchObject({ status: 403, body: { code: 'no-automation' } });
    expect((await test(firm)).status).toBe(200);
  });
});

describe('the addresses of a client', () => {
  it('are not told with an item to who reads no clients', async () => {
    const address = { emails: ['cleo@firm.test'], phones: ['+48600100200'] };
    const body = { name: 'Reachable', ...address };
    const reachable = (await call('POST', '/contacts', firm, body)).body.id;
    const item = (await call('POST', '/items', firm, { type: 'deal', title: 'Roof', contact: reachable })).body.id;
    const clients = { read: 'none', add: 'none', change: 'none', delete: 'none', export: 'none' };
    await call('POST', '/roles', firm, { name: 'No clients', rights: { ...standardRights.employee, clients } });
    const { key } = await firm.addPerson('none@firm.test', 'No clients');
    const seen = async (who: { key: string }) => (await call('GET', `/items/${item}`, who)).body.clients;
    expect(await seen({ key })).toEqual([
      { kind: 'contact', id: reachable, name: 'Reachable', emails: [], phones: [] },
    ]);
    expect(await seen(firm)).toMatchObject([address]);
    for (const url of [`/items/${item}/timeline`, '/items.csv?type=deal', '/items?type=deal', '/search?q=Roof'])
      expect(JSON.stringify((await call('GET', url, { key })).body), url).not.toMatch(/cleo@|600100200/);
  });
});

describe('a field that is held back', () => {
  it('is not changed, by the name of the field, and nothing else of that save either', async () => {
    const before = (await call('GET', `/items/${deal}`, firm)).body;
    const change = (body: object) => call('PATCH', `/items/${deal}`, blind, body);
    expect(await change({ title: 'x', fields: { margin: 9 } })).toMatchObject(refused('fields.margin', 'hidden-field'));
    expect(await change({ title: 'x', fields: { margin: 'no number' } })).toMatchObject(
      refused('fields.margin', 'hidden-field'),
    );
    expect(await change({ title: 'x', amount: 9 })).toMatchObject(refused('amount', 'hidden-field'));
    expect(await change({ title: 'x', currency: 'PLN' })).toMatchObject(refused('currency', 'read-only-field'));
    expect(await change({ title: 'x', fields: { note: 'y' } })).toMatchObject(
      refused('fields.note', 'read-only-field'),
    );
    expect(await change({ fields: { deliveryDate: '2031-01-01' } })).toMatchObject(
      refused('fields.deliveryDate', 'read-only-field'),
    );
    expect((await call('GET', `/items/${deal}`, firm)).body).toEqual(before);
    expect(await change({ title: 'Roof', fields: { bonus: 5 } })).toMatchObject({
      status: 200,
      body: { amount: null },
    });
  });

  it('is not filled in where something is added, of clients neither', async () => {
    const add = (body: object) => call('POST', '/items', blind, { type: 'deal', title: 'New', ...body });
    expect(await add({ amount: 5 })).toMatchObject(refused('amount', 'hidden-field'));
    expect(await add({ fields: { note: 'y' } })).toMatchObject(refused('fields.note', 'read-only-field'));
    expect((await add({ fields: { bonus: 1 } })).status).toBe(201);
    const client = (body: object) => call('PATCH', `/contacts/${contact}`, blind, body);
    expect(await client({ fields: { size: 1 } })).toMatchObject(refused('fields.size', 'hidden-field'));
    expect(await client({ fields: { grade: 'B' } })).toMatchObject(refused('fields.grade', 'read-only-field'));
    expect(await client({ name: 'Cleo' })).toMatchObject({ status: 200, body: { fields: { grade: 'A' } } });
    const made = await call('POST', '/contacts', blind, { name: 'New', fields: { size: 1 } });
    expect(made).toMatchObject(refused('fields.size', 'hidden-field'));
    expect((await call('GET', `/contacts/${contact}`, firm)).body.fields).toEqual({ size: 777, grade: 'A' });
  });

  it('goes along unseen when a lead is converted, and stays behind where the deal would show it', async () => {
    const convert = (body: object) => call('POST', `/items/${lead}/convert`, blind, body);
    expect(await convert({ amount: 9 })).toMatchObject(refused('amount', 'hidden-field'));
    expect(await convert({ fields: { bonus: 'margin' } })).toMatchObject(refused('fields.bonus', 'hidden-field'));
    expect(await convert({ fields: { note: 'source' } })).toMatchObject(refused('fields.note', 'read-only-field'));
    const { status, body } = await convert({});
    expect(status).toBe(201);
    expect(JSON.stringify(body)).not.toMatch(secrets);
    const made = (await call('GET', `/items/${body.deal.id}`, firm)).body;
    expect(made).toMatchObject({ amount: 4321, fields: { margin: 1234 } });
    expect(made.fields).not.toHaveProperty('bonus');
  });

  it('is no column of an import', async () => {
    const csv = { 'content-type': 'text/csv' };
    const { body } = await call('POST', '/imports?target=deal', blind, 'title,margin,note,bonus\r\nX,1,y,2\r\n', csv);
    expect(body.columns.map(({ guess }: { guess: { to: string } }) => guess.to)).toEqual(['title', '', '', 'bonus']);
    const settings = (to: string) => ({
      columns: [
        { column: 0, to: 'title' },
        { column: 1, to },
      ],
      runRules: false,
    });
    for (const step of ['preview', 'start'])
      for (const [to, code] of [
        ['margin', 'hidden-field'],
        ['amount', 'hidden-field'],
        ['note', 'read-only-field'],
      ])
        expect(await call('POST', `/imports/${body.id}/${step}`, blind, settings(to ?? ''))).toMatchObject({
          ...{ status: 422, body: { errors: [{ path: 'columns[1].to', code }] } },
        });
    expect((await call('POST', `/imports/${body.id}/preview`, blind, settings('bonus'))).status).toBe(200);
  });
});

describe('a field that names something', () => {
  it('takes only what is there for whoever fills it in; what stands there already may stay', async () => {
    const rights = { ...standardRights.sales, clients: { ...standardRights.sales.clients, read: 'own' } };
    await call('POST', '/roles', firm, { name: 'Own', rights });
    const own = await firm.addPerson('own@firm.test', 'Own');
    const mine = (await call('POST', '/items', own, { type: 'deal', title: 'Mine' })).body.id;
    const also = (await call('POST', '/items', own, { type: 'deal', title: 'Also' })).body.id;
    const upload = (key: { key: string }) =>
      call('POST', '/files?name=a.txt', key, 'bytes', { 'content-type': 'application/octet-stream' });
    const [theirs, ours] = [(await upload(firm)).body.id, (await upload(own)).body.id];
    const fill = (values: object, key = own) => call('PATCH', `/items/${mine}`, key, { fields: values });
    for (const [values, code] of [
      [{ other: [deal] }, 'unknown-item'],
      [{ who: `contact:${contact}` }, 'unknown-client'],
      [{ paper: theirs }, 'unknown-file'],
    ] as const)
      expect(await fill(values)).toMatchObject({ status: 422, body: { errors: [{ code }] } });
    expect((await call('GET', `/files/${theirs}`, own)).status).toBe(404);
    expect((await fill({ other: [also], paper: ours })).status).toBe(200);
    expect((await fill({ other: [deal] }, firm)).status).toBe(200);
    expect((await fill({ other: [deal, also] })).status).toBe(200);
    const mail = (files: number[]) =>
      call('POST', `/items/${mine}/emails`, own, { subject: 'x', text: 'x', to: 'x@y.test', files });
    expect(await mail([theirs])).toMatchObject({ status: 422, body: { errors: [{ code: 'unknown-file' }] } });
    expect((await mail([ours])).status).toBe(201);
  });
});
