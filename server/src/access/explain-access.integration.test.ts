import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { standardRights } from '../people/rights/standard-roles.ts';

let server: TestServer;
let firm: TestWorkspace;
/** By name; their department and role say what they see. */
const people = new Map<string, { id: number; key: string }>();
let deal: number;
let contact: number;
let company: number;

const cast: [name: string, role: string, department?: string][] = [
  ['ann', 'sales', 'Sales'],
  ['bob', 'sales', 'Sales'],
  ['dora', 'head-of-sales', 'Sales'],
  ['otto', 'operator'],
  ['rita', 'read-only'],
  ['emma', 'employee'],
  ['nora', 'Nobody'],
  ['max', 'head-of-sales', 'Workshop'],
];

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  const { sales } = standardRights;
  const none = { read: 'none', add: 'none', change: 'none', delete: 'none', export: 'none' };
  await post('/roles', { name: 'Nobody', rights: { ...sales, items: { all: none }, clients: none } });
  for (const name of ['Sales', 'Workshop']) await post('/departments', { name });
  for (const [name, role, department] of cast) {
    const made = await firm.addPerson(`${name}@firm.test`, role);
    people.set(name, made);
    if (department !== undefined) await send('PATCH', `/users/${made.id}`, { department });
  }
  const { id: ofBob } = await post('/companies', { name: 'Client Ltd', responsible: idOf('bob') });
  company = ofBob;
  contact = (await post('/contacts', { name: 'Cleo' })).id;
  const body = {
    type: 'deal',
    title: 'Roof',
    responsible: idOf('ann'),
    observers: [idOf('bob'), idOf('nora')],
    contact,
  };
  deal = (await post('/items', body)).id;
});
afterAll(() => server.close());

const idOf = (name: string) => people.get(name)?.id ?? 0;
async function send(method: 'POST' | 'PATCH', url: string, body: object) {
  const answer = await server.call(method, `/api/v1${url}`, { key: firm.key, body });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}
const post = (url: string, body: object) => send('POST', url, body);

interface Told {
  readonly person: { readonly id: number };
  readonly because: string;
  readonly roles: readonly { readonly name: string }[];
  readonly change: boolean;
  readonly delete: boolean;
}

async function explained(path: string, key = firm.key): Promise<Told[]> {
  const answer = await server.call('GET', `/api/v1${path}/access`, { key });
  expect(answer.status).toBe(200);
  return answer.body.data;
}

async function reasons(path: string) {
  const told = await explained(path);
  const names = new Map([...people].map(([name, { id }]) => [id, name]));
  return Object.fromEntries(told.map(({ person, because }) => [names.get(person.id) ?? 'admin', because]));
}

/** Whom the server itself lets see it, and change it. */
async function asked(path: string) {
  const holds = async (method: 'GET' | 'PATCH') => {
    const names: number[] = [];
    for (const { id, key } of [...people.values(), { id: firm.adminId, key: firm.key }]) {
      const body = method === 'GET' ? undefined : {};
      const { status } = await server.call(method, `/api/v1${path}`, { key, ...(body && { body }) });
      if (status === 200) names.push(id);
    }
    return names.toSorted((a, b) => a - b);
  };
  return { see: await holds('GET'), change: await holds('PATCH') };
}

describe('who can see it, and why', () => {
  it('of an item: by being responsible, observing it, one’s department, a role that sees all', async () => {
    expect(await reasons(`/items/${deal}`)).toEqual({
      ...{ admin: 'administrator', ann: 'responsible', bob: 'observer', dora: 'department' },
      ...{ otto: 'all', rita: 'all', emma: 'all' },
    });
  });

  it('of a client: by its items too', async () => {
    expect(await reasons(`/contacts/${contact}`)).toEqual({
      ...{ admin: 'administrator', ann: 'item', bob: 'item', dora: 'all', max: 'all' },
      ...{ otto: 'all', rita: 'all', emma: 'all' },
    });
    expect(await reasons(`/companies/${company}`)).toEqual({
      ...{ admin: 'administrator', bob: 'responsible', dora: 'all', max: 'all' },
      ...{ otto: 'all', rita: 'all', emma: 'all' },
    });
  });

  it('is told of exactly those whom the server lets see and change it', async () => {
    for (const path of [`/items/${deal}`, `/contacts/${contact}`, `/companies/${company}`]) {
      const told = await explained(path);
      const ids = (some: readonly Told[]) => some.map(({ person }) => person.id).toSorted((a, b) => a - b);
      const found = { see: ids(told), change: ids(told.filter((one) => one.change)) };
      expect(found, path).toEqual(await asked(path));
    }
  });

  it('names the role by which somebody with several sees it', async () => {
    await send('PATCH', `/users/${idOf('rita')}`, { roles: ['read-only', 'sales'] });
    const rita = (await explained(`/items/${deal}`)).find(({ person }) => person.id === idOf('rita'));
    expect(rita).toMatchObject({ because: 'all', change: false, delete: false });
    expect(rita?.roles.map(({ name }) => name)).toEqual(['Read only']);
  });

  it('is told to whoever may see it, and to nobody else', async () => {
    expect(await explained(`/items/${deal}`, people.get('bob')?.key)).not.toHaveLength(0);
    for (const [name, path] of [
      ['max', `/items/${deal}`],
      ['nora', `/contacts/${contact}`],
      ['ann', `/companies/${company}`],
    ]) {
      const { status } = await server.call('GET', `/api/v1${path}/access`, { key: people.get(name ?? '')?.key ?? '' });
      expect(status, `${name} ${path}`).toBe(404);
    }
  });
});
