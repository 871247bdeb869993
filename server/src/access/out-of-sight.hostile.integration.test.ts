import type { RoleRights } from '@signalbox/contract/people/rights.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { noRights, standardRights } from '../people/rights/standard-roles.ts';
import { createRecorder } from '../signals/recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
type Person = { id: number; key: string };
let people: Record<'noClients' | 'noInvoices' | 'noPapers' | 'writesUnread' | 'sales', Person>;
let deal: number;
let contact: number;
let pipeline: number;
let file: number;

type Method = 'GET' | 'POST' | 'PATCH';
const call = (method: Method, url: string, { key }: { key: string }, body?: unknown, type?: string) =>
  server.call(method, `/api/v1${url}`, {
    key,
    ...(body !== undefined && { body }),
    ...(type && { headers: { 'content-type': type } }),
  });
const filter = (field: string, is: string, value?: unknown) =>
  `/items?type=deal&filter=${encodeURIComponent(JSON.stringify({ field, is, value }))}`;
const preview = (text: string) => ['/templates/preview', { item: deal, text, as: 'text' }] as const;
const upload = (target: string, person: { key: string }) =>
  call('POST', `/imports?target=${target}`, person, 'title,margin\r\nRoof,555777\r\n', 'text/csv');

const everything = standardRights.employee;
const { all } = everything.items;
const roles: Record<Exclude<keyof typeof people, 'sales'>, RoleRights> = {
  noClients: { ...everything, clients: noRights.clients },
  noInvoices: { ...everything, items: { ...everything.items, types: { invoice: noRights.items.all } } },
  noPapers: { ...everything, fields: { deal: { paper: 'hidden', margin: 'hidden' } } },
  writesUnread: {
    ...everything,
    items: { ...everything.items, all: { ...all, read: 'own' } },
    clients: { ...everything.clients, read: 'own' },
  },
};

beforeAll(async () => {
  server = await startTestServer({}, (context, given) =>
    makeRoutes(context, { people: given, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  for (const [type, code, kind] of [
    ['deal', 'margin', 'number'],
    ['deal', 'paper', 'file'],
    ['lead', 'paper', 'file'],
    ['contact', 'size', 'number'],
  ])
    await call('POST', '/fields', firm, { type, code, name: `The ${code}`, kind });
  const withRole = async (name: keyof typeof roles) => {
    await call('POST', '/roles', firm, { name, rights: roles[name] });
    return firm.addPerson(`${name}@firm.test`, name);
  };
  people = {
    noClients: await withRole('noClients'),
    noInvoices: await withRole('noInvoices'),
    noPapers: await withRole('noPapers'),
    writesUnread: await withRole('writesUnread'),
    sales: await firm.addPerson('sal@firm.test', 'sales'),
  };
  const cleo = { name: 'Cleo', emails: ['cleo@secret.test'], phones: ['+48600700800'], fields: { size: 777 } };
  contact = (await call('POST', '/contacts', firm, cleo)).body.id;
  file = (await call('POST', '/files?name=secret.txt', firm, 'bytes', 'application/octet-stream')).body.id;
  const roof = { type: 'deal', title: 'Roof', contact, fields: { paper: file } };
  ({ id: deal, pipeline } = (await call('POST', '/items', firm, roof)).body);
  const fields = { dueDate: '2031-02-03' };
  await call('POST', '/items', firm, { type: 'invoice', title: 'Bill', amount: 4321, parent: deal, fields });
});
afterAll(() => server.close());

describe('whoever reads no clients', () => {
  it.each([['cleo@sec'], ['600700']])('finds none of their items by an address: %s', async (text) => {
    const found = async (person: { key: string }) => [
      (await call('GET', `/items?q=${text}`, person)).body.data.length,
      (await call('GET', `/items?sort=title&q=${text}`, person)).body.data.length,
      (await call('GET', `/search?q=${text}`, person)).body.items.length,
      (await call('GET', `/board/${pipeline}?q=${text}`, person)).body.columns[0].count,
    ];
    expect(await found(people.noClients)).toEqual([0, 0, 0, 0]);
    expect(await found(firm)).toEqual([1, 1, 1, 1]);
  });

  it('finds them by the name that stands on the item', async () => {
    for (const url of ['/items?q=Cleo', '/items?q=Cl', filter('client.name', 'contains', 'Cle')])
      expect((await call('GET', url, people.noClients)).body.data, url).toHaveLength(1);
  });

  it.each(['client.email', 'contact.phones', 'item.client.email'])('filters and writes by no %s', async (field) => {
    const answer = await call('GET', filter(field, 'is filled'), people.noClients);
    expect(answer).toMatchObject({ status: 403, body: { code: 'no-field' } });
    expect((await call('GET', filter(field, 'is filled'), firm)).body.data).toHaveLength(1);
    const [url, body] = preview(`{{${field}}}`);
    expect((await call('POST', url, people.noClients, body)).status).toBe(422);
    expect((await call('POST', url, firm, body)).status).toBe(200);
  });

  it('is shown none however a text comes to them', async () => {
    const [url, body] = preview('{{ client.name }}{% assign c = contact %}{{ c.email }}{{ c.size }}');
    const text = async (person: { key: string }) => JSON.stringify((await call('POST', url, person, body)).body);
    expect(await text(people.noClients)).not.toMatch(/secret|777/);
  });
});

describe('whoever does not see what is tied to an item', () => {
  it('neither filters by it nor writes of it', async () => {
    const count = async (url: string, person: { key: string }) => (await call('GET', url, person)).body.data.length;
    for (const person of [people.noInvoices, people.writesUnread]) {
      expect(await count(filter('invoice.amount', 'at least', 4000), person)).toBe(0);
      const [url, body] = preview('{{invoice.amount}}|{{invoice.dueDate}}|{{item.invoice.title}}');
      const { body: written } = await call('POST', url, person, body);
      expect(JSON.stringify(written)).not.toMatch(/4321|2031|Bill/);
    }
    expect(await count(filter('invoice.amount', 'at least', 4000), firm)).toBe(1);
    expect(await count(filter('invoice.amount', 'is empty'), people.noInvoices)).toBe(1);
    const [url, body] = preview('{{invoice.dueDate}}');
    expect((await call('POST', url, firm, body)).body).toEqual({ rendered: '2031-02-03' });
  });

  it('tries no draft that asks for it', async () => {
    const file = (value: number) => ({
      ...{ type: 'deal', pipeline: 'Sales', stages: ['NEW', 'WARM'].map((code) => ({ code, name: code })), rules: [] },
      triggers: [
        {
          ...{ on: 'apps/webhook', stage: 'WARM', settings: { code: 'x' } },
          when: { field: 'invoice.amount', is: 'at least', value },
        },
      ],
    });
    const tried = async (person: { key: string }, value: number) => {
      const signal = { kind: 'webhook.called', payload: { code: 'x' } };
      const wish = { item: deal, signal, file: file(value) };
      const { move, verdicts } = (await call('POST', `/automation/deal/${pipeline}/test`, person, wish)).body;
      return { move, verdict: verdicts[0].verdict, got: verdicts[0].detail?.got };
    };
    expect(await tried(people.noInvoices, 4000)).toEqual(await tried(people.noInvoices, 5000));
    expect(await tried(firm, 4000)).not.toEqual(await tried(firm, 5000));
    const rehearse = async ({ key }: { key: string }, payload: object) => {
      const headers = { authorization: `Bearer ${key}` };
      const url = `/api/v1/automation/deal/${pipeline}/rehearse`;
      return (await server.app.inject({ method: 'POST', url, headers, payload })).statusCode;
    };
    expect(await rehearse(people.noInvoices, { days: 7, file: file(4000) })).toBe(403);
    expect(await rehearse(people.noInvoices, { days: 7 })).toBe(200);
    expect(await rehearse(firm, { days: 7, file: file(4000) })).toBe(200);
  });
});

it('a repeat is one to who sees the earlier item', async () => {
  const client = { name: 'Again', responsible: people.sales.id };
  const again = (await call('POST', '/contacts', firm, client)).body.id;
  const won = { type: 'deal', title: 'Earlier', contact: again, stage: 'WON' };
  const earlier = (await call('POST', '/items', firm, { ...won, responsible: people.noClients.id })).body.id;
  const mine = { type: 'deal', title: 'Mine again', contact: again };
  const { id } = (await call('POST', '/items', people.sales, mine)).body;
  const found = async (person: { key: string }, is: boolean) =>
    (await call('GET', filter('repeat', 'equals', is), person)).body.data.map((item: { id: number }) => item.id);
  expect(await found(firm, true)).toContain(id);
  expect(await found(people.sales, true)).not.toContain(id);
  expect(await found(people.sales, false)).toContain(id);
  await call('PATCH', `/items/${earlier}`, firm, { responsible: people.sales.id });
  expect(await found(people.sales, true)).toContain(id);
});

describe('whoever does not see every field', () => {
  it('opens no file of a hidden one, though it shares its code with a field that is seen', async () => {
    expect((await call('GET', `/files/${file}`, people.noPapers)).status).toBe(404);
    expect((await call('GET', '/files', people.noPapers)).body.data).toEqual([]);
    expect((await call('GET', `/files?ids=${file}`, people.noPapers)).body.data).toEqual([]);
    await call('POST', '/items', firm, { type: 'lead', title: 'Seen', fields: { paper: file } });
    expect((await call('GET', `/files/${file}`, people.noPapers)).status).toBe(200);
  });

  it("reads no colleague's import", async () => {
    const { id } = (await upload('deal', firm)).body;
    for (const url of [`/imports/${id}`, `/imports/${id}/rows.csv`])
      expect((await call('GET', url, people.noPapers)).status, url).toBe(404);
    expect((await call('GET', '/imports', people.noPapers)).body.data).toEqual([]);
    const admin = await firm.addPerson('second@firm.test', 'admin');
    expect(JSON.stringify((await call('GET', `/imports/${id}`, admin)).body)).toMatch(/555777/);
  });
});

describe('what may not be read', () => {
  it('is not changed by an import or a signal of who may change all', async () => {
    const signal = { kind: 'webhook.called', item: deal, payload: { code: 'x' } };
    expect((await call('POST', '/signals', people.writesUnread, signal)).status).toBe(404);
    expect((await call('POST', '/signals', firm, signal)).status).toBe(202);
    for (const target of ['deal', 'contact'])
      expect(await upload(target, people.writesUnread)).toMatchObject({ status: 403, body: { code: 'no-import' } });
    expect((await upload('deal', people.noInvoices)).status).toBe(201);
  });

  it('is not reached by a conversion that knows its address', async () => {
    const lead = (await call('POST', '/items', people.sales, { type: 'lead', title: 'Mine' })).body.id;
    const person = { name: 'Guess', emails: ['cleo@secret.test'], phones: [] };
    const made = await call('POST', `/items/${lead}/convert`, people.sales, { contact: person });
    expect(made.status).toBe(201);
    expect(made.body.deal.contact).not.toBe(contact);
    expect((await call('GET', `/contacts/${contact}`, people.sales)).status).toBe(404);
    const theirs = (await call('POST', '/items', firm, { type: 'lead', title: 'Theirs' })).body.id;
    const known = await call('POST', `/items/${theirs}/convert`, firm, { contact: person });
    expect(known.body.deal.contact).toBe(contact);
  });
});
