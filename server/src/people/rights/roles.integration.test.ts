import type { RoleRights } from '@signalbox/contract/people/rights.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { standardRights } from './standard-roles.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
let eve: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  eve = await firm.addPerson('eve@firm.test');
});
afterAll(() => server.close());

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown, key = firm.key) =>
  server.call(method, `/api/v1${url}`, { key, ...(body !== undefined && { body }) });
const { sales } = standardRights;
const managers: RoleRights = { ...sales, areas: { ...sales.areas, people: true } };

async function roleId(nameOrCode: string): Promise<number> {
  const { data } = (await call('GET', '/roles')).body;
  return data.find((one: { code: string; name: string }) => one.code === nameOrCode || one.name === nameOrCode).id;
}

describe('the standard roles', () => {
  it('are there from the start, in the language of who reads them', async () => {
    const { data } = (await call('GET', '/roles')).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual([
      ...['Administrator', 'Head of sales', 'Sales', 'Operator', 'Read only', 'Employee'],
    ]);
    expect(data[0]).toMatchObject({ code: 'admin', administrator: true, people: [{ id: firm.adminId }] });
    await call('PATCH', '/me', { language: 'pl' }, eve.key);
    server.people.gatekeeper.forget();
    const polish = (await call('GET', '/roles', undefined, eve.key)).body.data;
    expect(polish[2].name).toBe('Sprzedaż');
  });

  it('leave an employee what everybody could do before there were roles', async () => {
    const { body } = await call('GET', '/me', undefined, eve.key);
    expect(body.rights).toMatchObject({
      administrator: false,
      items: { all: { read: 'all', delete: 'all', export: 'all' } },
    });
    expect(body.rights.areas).toEqual({ automation: false, people: false, mail: true, settings: false });
  });

  it('cannot all be changed: administrators stay administrators, newcomers keep a role', async () => {
    const admin = await roleId('admin');
    expect(await call('PATCH', `/roles/${admin}`, { rights: sales })).toMatchObject({
      status: 409,
      body: { code: 'administrator-role' },
    });
    expect(await call('DELETE', `/roles/${admin}`)).toMatchObject({ status: 409 });
    expect(await call('DELETE', `/roles/${await roleId('employee')}`)).toMatchObject({
      status: 409,
      body: { code: 'first-role' },
    });
    expect((await call('DELETE', `/roles/${await roleId('read-only')}`)).status).toBe(204);
  });
});

it('gets its name in every language back when it is called so again', async () => {
  const id = await roleId('operator');
  const nameNow = async () => (await call('GET', '/roles')).body.data.find((one: { id: number }) => one.id === id).name;
  await call('PATCH', `/roles/${id}`, { name: 'Front desk' });
  expect(await nameNow()).toBe('Front desk');
  expect((await call('PATCH', `/roles/${id}`, { name: 'Verkauf' })).status).toBe(200);
  expect(await call('PATCH', `/roles/${id}`, { name: 'Ventas' })).toMatchObject({ status: 409 });
  expect((await call('PATCH', `/roles/${id}`, { name: 'operatore' })).status).toBe(200);
  expect(await nameNow()).toBe('Operator');
});

describe('a list of roles', () => {
  it('says which of them the reader may give, and as whose holder they may see', async () => {
    const flags = async (key: string) =>
      Object.fromEntries(
        (await call('GET', '/roles', undefined, key)).body.data.map(
          (one: { code: string | null; giveable: boolean; seeable: boolean }) => [
            one.code,
            [one.giveable, one.seeable],
          ],
        ),
      );
    expect(await flags(firm.key)).toMatchObject({ admin: [true, true], sales: [true, true], employee: [true, true] });
    expect(await flags(eve.key)).toMatchObject({ admin: [false, false], sales: [false, false] });
    const all = { ...sales.items.all, read: 'all' };
    const rights = { ...managers, items: { ...managers.items, all }, clients: { ...managers.clients, read: 'all' } };
    await call('POST', '/roles', { name: 'Watchers', rights });
    const watcher = await firm.addPerson('watcher@firm.test', 'Watchers');
    expect(await flags(watcher.key)).toMatchObject({ admin: [false, false], sales: [true, true] });
    const blinder = await call('POST', '/roles', { name: 'Blinder', rights: managers });
    const blind = await firm.addPerson('blind@firm.test', blinder.body.id);
    expect(await flags(blind.key)).toMatchObject({ sales: [true, false] });
  });
});

describe('a role that was made', () => {
  it('is given, counts at once and is taken away again', async () => {
    const made = await call('POST', '/roles', { name: 'Interns', rights: sales });
    expect(made).toMatchObject({ status: 201, body: { code: null, name: 'Interns', people: [] } });
    const given = await call('PATCH', `/users/${eve.id}`, { roles: [made.body.id] });
    expect(given.body).toMatchObject({ role: 'employee', roles: [{ name: 'Interns' }] });
    expect((await call('GET', '/me', undefined, eve.key)).body.rights.items.all.read).toBe('own');
    expect(await call('DELETE', `/roles/${made.body.id}`)).toMatchObject({
      status: 409,
      body: { code: 'role-in-use' },
    });

    const wider = { ...sales, items: { ...sales.items, all: { ...sales.items.all, read: 'department' } } };
    await call('PATCH', `/roles/${made.body.id}`, { rights: wider });
    expect((await call('GET', '/me', undefined, eve.key)).body.rights.items.all.read).toBe('department');
    await call('PATCH', `/users/${eve.id}`, { role: 'employee' });
    expect((await call('DELETE', `/roles/${made.body.id}`)).status).toBe(204);
  });

  it('together with another allows what either allows', async () => {
    const both = await firm.addPerson('both@firm.test', 'sales');
    await call('PATCH', `/users/${both.id}`, { roles: ['sales', 'Operator'] });
    const { rights, roles } = (await call('GET', `/users/${both.id}/rights`)).body;
    expect(roles).toHaveLength(2);
    expect(rights).toMatchObject({
      items: { all: { read: 'all', change: 'own', delete: 'none' } },
      areas: { mail: true },
    });
  });

  it.each([
    ['a name that is taken', { name: 'sales', rights: sales }, 409],
    ['a standard name in another language', { name: 'Sprzedaż', rights: sales }, 409],
    [
      'a type that is not there',
      { name: 'x', rights: { ...sales, items: { ...sales.items, types: { nope: sales.items.all } } } },
      422,
    ],
    [
      'a pipeline that is not there',
      { name: 'x', rights: { ...sales, items: { ...sales.items, pipelines: { 99999: sales.items.all } } } },
      422,
    ],
    ['a field that is not there', { name: 'x', rights: { ...sales, fields: { deal: { nope: 'hidden' } } } }, 422],
    [
      'a field that every screen needs hidden',
      { name: 'x', rights: { ...sales, fields: { deal: { title: 'hidden' } } } },
      422,
    ],
    ['half a matrix', { name: 'x', rights: { items: { all: sales.items.all } } }, 422],
  ])('is refused with %s', async (_, body, status) => {
    expect((await call('POST', '/roles', body)).status).toBe(status);
  });

  it('is made by administrators alone, and of another workspace is not there', async () => {
    expect(await call('POST', '/roles', { name: 'Mine', rights: sales }, eve.key)).toMatchObject({
      status: 403,
      body: { code: 'admin-only' },
    });
    const id = await roleId('sales');
    expect((await call('PATCH', `/roles/${id}`, { name: 'Owned' }, rival.key)).status).toBe(404);
    expect((await call('DELETE', `/roles/${id}`, undefined, rival.key)).status).toBe(404);
    expect((await call('PATCH', `/users/${rival.adminId}`, { roles: [id] }, rival.key)).status).toBe(422);
  });
});

describe('who manages people without being an administrator', () => {
  it('gives no more than they have themselves, and takes nobody over who has more', async () => {
    await call('POST', '/roles', { name: 'Managers', rights: managers });
    const mia = await firm.addPerson('mia@firm.test', 'Managers');
    const tom = await firm.addPerson('tom@firm.test', 'sales');
    expect((await call('PATCH', `/users/${tom.id}`, { name: 'Tom T.' }, mia.key)).status).toBe(200);
    const added = await call('POST', '/users', { email: 'new@firm.test', name: 'New', role: 'sales' }, mia.key);
    expect(added.status).toBe(201);
    const tooMuch: [string, unknown][] = [
      [`/users/${tom.id}`, { role: 'admin' }],
      [`/users/${tom.id}`, { roles: ['employee'] }],
      [`/users/${mia.id}`, { role: 'admin' }],
      [`/users/${firm.adminId}`, { password: 'taken over by me!' }],
      [`/users/${eve.id}`, { dismissed: true }],
    ];
    for (const [url, body] of tooMuch) {
      const answer = await call('PATCH', url, body, mia.key);
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 403, body: { code: 'more-than-own' } });
    }
    const invited = await call('POST', '/invitations', { email: 'i@firm.test', name: 'I', role: 'admin' }, mia.key);
    expect(invited).toMatchObject({ status: 403, body: { code: 'more-than-own' } });
    expect((await call('GET', `/users/${eve.id}/rights`, undefined, mia.key)).status).toBe(200);
    expect((await call('GET', `/users/${eve.id}/rights`, undefined, tom.key)).status).toBe(403);
  });

  it('opens and moves nobody of a department that is not theirs', async () => {
    const rows = { read: 'department', add: 'department', change: 'department', delete: 'none', export: 'none' };
    const heads = { ...managers, items: { all: rows, types: {}, pipelines: {} } };
    expect((await call('POST', '/roles', { name: 'Heads', rights: heads })).status).toBe(201);
    for (const name of ['North', 'South']) await call('POST', '/departments', { name });
    const hal = await firm.addPerson('hal@firm.test', 'Heads');
    const [near, far] = [
      await firm.addPerson('near@firm.test', 'sales'),
      await firm.addPerson('far@firm.test', 'sales'),
    ];
    for (const [person, department] of [
      [hal, 'North'],
      [near, 'North'],
      [far, 'South'],
    ] as const)
      expect((await call('PATCH', `/users/${person.id}`, { department })).status).toBe(200);
    const { data } = (await call('GET', '/departments', undefined, hal.key)).body;
    const south = data.find((one: { name: string }) => one.name === 'South').id;
    // Of the North, and at the head of the South.
    const both = await firm.addPerson('at-both-ends@firm.test', 'sales');
    await call('PATCH', `/users/${both.id}`, { department: 'North' });
    await call('PATCH', `/departments/${south}`, { head: both.id });
    const refused: ['PATCH' | 'POST', string, object][] = [
      ['PATCH', `/users/${far.id}`, { password: 'taken over by Hal' }],
      ['PATCH', `/users/${near.id}`, { password: 'taken over by Hal' }],
      ['PATCH', `/users/${far.id}`, { department: 'North' }],
      ['PATCH', `/users/${far.id}`, { roles: ['Heads'] }],
      ['PATCH', `/users/${far.id}`, { dismissed: true }],
      ['PATCH', `/users/${far.id}`, { name: 'Another' }],
      ['PATCH', `/users/${hal.id}`, { department: 'South' }],
      ['POST', '/users', { email: 'spy@firm.test', name: 'Spy', role: 'sales', department: 'South' }],
      ['POST', '/invitations', { email: 'spy@firm.test', name: 'Spy', role: 'sales', department: 'South' }],
      ['PATCH', `/departments/${south}`, { head: hal.id }],
      ['PATCH', `/departments/${south}`, { parent: 'North' }],
      ['POST', '/departments', { name: 'Below', parent: 'South' }],
      ['POST', `/users/${far.id}/hand-over`, { to: hal.id }],
      ['POST', `/users/${both.id}/hand-over`, { to: hal.id }],
    ];
    for (const [method, url, body] of refused) {
      const answer = await call(method, url, body, hal.key);
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 403, body: { code: 'more-than-own' } });
    }
    const allowed: ['PATCH' | 'POST', string, object][] = [
      ['POST', '/departments', { name: 'Far north', parent: 'North' }],
      ['PATCH', `/users/${near.id}`, { department: 'Far north' }],
      ['POST', '/users', { email: 'ned@firm.test', name: 'Ned', role: 'sales', department: 'North' }],
      ['PATCH', `/users/${hal.id}`, { password: 'my own new words' }],
      ['POST', `/users/${near.id}/hand-over`, { to: hal.id }],
    ];
    for (const [method, url, body] of allowed)
      expect((await call(method, url, body, hal.key)).status, JSON.stringify(body)).toBeLessThan(300);
  });
});
