import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
const ada = { email: 'ada@firm.test', password: 'correct horse battery' };
let adaId: number;
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  const made = await server.call('POST', '/api/v1/users', {
    key: firm.key,
    body: { ...ada, name: 'Ada', roles: ['sales'] },
  });
  adaId = made.body.id;
});
afterAll(() => server.close());

const log = async (query: string, key = firm.key) =>
  (await server.call('GET', `/api/v1/audit?${query}`, { key })).body.data;
const signIn = (password = ada.password) => server.call('POST', '/api/v1/session', { body: { ...ada, password } });
const cookieOf = (headers: Readonly<Record<string, unknown>>) =>
  [headers['set-cookie']]
    .flat()
    .map((one) => String(one).split(';')[0])
    .join('; ');

it('tells who signed in and out, by one session, and by nothing that could be used', async () => {
  const cookie = cookieOf((await signIn()).headers);
  const [entered] = await log('kind=signed-in');
  expect(entered).toMatchObject({
    by: { via: 'session', person: { id: adaId, name: 'Ada' }, addresses: ['127.0.0.1'] },
  });
  expect(entered.by.session).toMatch(/^[0-9a-f]{12}$/);
  expect(cookie).not.toContain(entered.by.session);

  await server.call('POST', '/api/v1/roles', { body: {}, headers: { cookie } });
  expect(await log('kind=refused')).toMatchObject([{ by: { session: entered.by.session } }]);

  expect((await server.call('DELETE', '/api/v1/session', { headers: { cookie } })).status).toBe(204);
  expect(await log('kind=signed-out')).toMatchObject([{ by: { person: { id: adaId }, session: entered.by.session } }]);
  expect((await server.call('GET', '/api/v1/me', { headers: { cookie } })).status).toBe(401);
  expect((await server.call('DELETE', '/api/v1/session', { headers: { cookie } })).status).toBe(204);
  expect(await log('kind=signed-out')).toHaveLength(1);
});

it('counts wrong passwords in one row, where the person works, and keeps no password', async () => {
  for (let guess = 0; guess < 3; guess += 1) expect((await signIn('wrong password')).status).toBe(401);
  await server.call('POST', '/api/v1/session', { body: { email: 'nobody@else.test', password: 'wrong password' } });
  // Nobody waits for the row; it comes soon.
  let rows = await log('kind=sign-in-failed');
  for (let turn = 0; rows[0]?.times !== 3 && turn < 200; turn += 1) {
    await sleep(25);
    rows = await log('kind=sign-in-failed');
  }
  expect(rows).toMatchObject([
    { times: 3, on: { id: String(adaId), name: 'Ada' }, by: { via: 'nobody', person: null } },
  ]);
  expect(JSON.stringify(rows)).not.toContain('wrong password');
  expect(await log('kind=sign-in-failed', rival.key)).toEqual([]);
});

it('tells of each change of a person apart, and never the password', async () => {
  await signIn();
  const change = (body: object) => server.call('PATCH', `/api/v1/users/${adaId}`, { key: firm.key, body });
  expect((await change({ name: 'Ada L.', roles: ['operator'], password: 'a new secret word' })).status).toBe(200);
  expect(await log(`objectId=${adaId}&kind=person-changed`)).toMatchObject([
    { changes: [{ field: 'name', from: 'Ada', to: 'Ada L.' }] },
  ]);
  expect(await log('kind=roles-given')).toMatchObject([{ on: { name: 'Ada' }, params: { roles: 'Operator' } }]);
  expect(await log('kind=roles-taken')).toMatchObject([{ on: { name: 'Ada' }, params: { roles: 'Sales' } }]);
  expect(await log('kind=password-set')).toHaveLength(1);
  expect(await log('kind=sessions-ended')).toMatchObject([{ params: { count: 1 } }]);
  await change({ dismissed: true });
  await change({ dismissed: false });
  expect(await log('kind=person-dismissed')).toHaveLength(1);
  expect(await log('kind=person-returned')).toHaveLength(1);
  expect(JSON.stringify(await log('limit=1000'))).not.toContain('a new secret word');
});

it('masks the secrets of channels', async () => {
  const { body } = await server.call('GET', '/api/v1/channels/kinds', { key: firm.key });
  const kinds: { kind: string; providers: { provider: string; settings: { code: string; control: string }[] }[] }[] =
    body.data;
  const smtp = kinds.flatMap(({ providers }) => providers).find(({ provider }) => provider === 'smtp');
  const secret = smtp?.settings.find(({ control }) => control === 'secret')?.code ?? '';
  const settings = {
    address: 'box@firm.test',
    smtpHost: 'smtp.firm.test',
    smtpUser: 'u',
    [secret]: 'hunter2hunter2',
  };
  const made = await server.call('POST', '/api/v1/channels', {
    ...{ key: firm.key, body: { kind: 'mailbox', provider: 'smtp', name: 'Box', settings } },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const again = { settings: { [secret]: 'another secret' } };
  await server.call('PATCH', `/api/v1/channels/${made.body.id}`, { key: firm.key, body: again });
  const [changed, first] = await log('object=channel');
  expect(changed.changes).toEqual([{ field: secret, from: '••••', to: '••••' }]);
  expect(first.changes).toContainEqual({ field: secret, from: null, to: '••••' });
  expect(JSON.stringify([changed, first])).not.toMatch(/hunter2|another secret/);
});
