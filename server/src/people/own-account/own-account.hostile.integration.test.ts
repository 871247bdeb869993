import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';

const ada = { email: 'ada@firm.test', password: 'correct horse battery' };
const bob = { email: 'bob@firm.test', password: 'another horse battery' };
const QUARTER_MS = 15 * 60_000;

let server: TestServer;
let firm: TestWorkspace;
let adaId: number;

beforeAll(async () => {
  server = await startTestServer({ SESSION_IDLE_MINUTES: '60' });
  firm = await server.addWorkspace();
  const add = (body: object) => server.call('POST', '/api/v1/users', { key: firm.key, body });
  adaId = (await add({ ...ada, name: 'Ada', roles: ['admin'] })).body.id;
  await add({ ...bob, name: 'Bob' });
});
afterAll(() => server.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
async function browserOf(body: object = ada, headers: Record<string, string> = {}) {
  const signedIn = await server.call('POST', '/api/v1/session', { body, headers });
  expect(signedIn.status).toBe(204);
  const cookie = [signedIn.headers['set-cookie']]
    .flat()
    .map((one) => String(one).split(';')[0])
    .join('; ');
  return (method: Method, url: string, body?: object, more: Record<string, string> = {}) =>
    server.call(method, `/api/v1${url}`, { body, headers: { cookie, ...more } });
}
const log = async (kind: string) =>
  (await server.call('GET', `/api/v1/audit?kind=${kind}`, { key: firm.key })).body.data;

describe("one's sessions", () => {
  it('are listed with where they come from, whatever a header of the browser claims', async () => {
    const asked = await browserOf(ada, { 'user-agent': 'Lynx', 'x-forwarded-for': '203.0.113.7' });
    const { data } = (await asked('GET', '/me/sessions')).body;
    expect(data).toMatchObject([{ current: true, browser: 'Lynx', address: '203.0.113.7' }]);
    expect(JSON.stringify(data)).not.toContain('token');
  });

  it('end one by one and all others at once, and a stranger ends none', async () => {
    const [here, there, elsewhere] = [await browserOf(), await browserOf(), await browserOf()];
    const of = async (browser: typeof here) => (await browser('GET', '/me/sessions')).body.data;
    const { id } = (await of(there)).find(({ current }: { current: boolean }) => current);
    const stranger = await browserOf(bob);
    expect((await stranger('DELETE', `/me/sessions/${id}`)).status).toBe(404);
    expect((await here('DELETE', `/me/sessions/${id}`)).status).toBe(204);
    expect((await here('DELETE', `/me/sessions/${id}`)).status).toBe(404);
    expect((await there('GET', '/me')).status).toBe(401);
    expect((await here('DELETE', '/me/sessions')).status).toBe(204);
    expect((await elsewhere('GET', '/me')).status).toBe(401);
    expect(await of(here)).toHaveLength(1);
    expect((await stranger('GET', '/me')).status).toBe(200);
    expect(await log('sessions-ended')).toMatchObject([{ by: { person: { id: adaId } } }, {}]);
  });

  it('are not for keys', async () => {
    for (const [method, url] of [
      ['GET', '/api/v1/me/sessions'],
      ['DELETE', '/api/v1/me/sessions'],
    ] as const)
      expect((await server.call(method, url, { key: firm.key })).status).toBe(403);
  });

  it('are not used by a screen that follows what happens while nobody touches it', async () => {
    const left = await browserOf();
    for (let minutes = 0; minutes < 60; minutes += 20) {
      expect((await left('GET', '/me', undefined, { 'x-unattended': '1' })).status).toBe(200);
      server.clock.advance(20 * 60_000);
    }
    server.clock.advance(60_000);
    expect((await left('GET', '/me', undefined, { 'x-unattended': '1' })).status).toBe(401);
    expect((await left('GET', '/me')).status).toBe(401);
  });

  it('end by themselves when nobody has used them for as long as the setting says', async () => {
    const used = await browserOf();
    const left = await browserOf();
    server.clock.advance(40 * 60_000);
    expect((await used('GET', '/me')).status).toBe(200);
    server.clock.advance(40 * 60_000);
    expect((await used('GET', '/me')).status).toBe(200);
    expect((await left('GET', '/me')).status).toBe(401);
  });
});

describe('before what matters the password is asked for again', () => {
  const doors: [Method, string, object?][] = [
    ['GET', '/session/confirm'],
    ['POST', '/users/1/keys', { name: 'mine' }],
    ['POST', '/roles', { name: 'x' }],
    ['PATCH', '/users/1', { name: 'x' }],
    ['POST', '/users', { email: 'x@firm.test', name: 'X' }],
    ['POST', '/invitations', { email: 'x@firm.test', name: 'X' }],
    ['GET', '/items.csv?type=deal'],
    ['GET', '/contacts.csv'],
    ['GET', '/companies.csv'],
    ['GET', '/audit.csv'],
  ];

  it.each(doors)('%s %s', async (method, url, body) => {
    const browser = await browserOf();
    server.clock.advance(QUARTER_MS + 1_000);
    expect(await browser(method, url, body)).toMatchObject({ status: 403, body: { code: 'confirm-password' } });
    const confirm = (password: string) => browser('POST', '/session/confirm', { password });
    expect(await confirm('wrong horse battery')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'password', code: 'wrong-password' }] },
    });
    expect((await browser(method, url, body)).body).toMatchObject({ code: 'confirm-password' });
    expect((await confirm(ada.password)).status).toBe(204);
    expect((await browser(method, url, body)).body?.code).not.toBe('confirm-password');
  });

  it('not of a key, which has none, nor of who has just signed in', async () => {
    server.clock.advance(QUARTER_MS * 2);
    expect((await server.call('GET', '/api/v1/audit.csv', { key: firm.key })).status).toBe(200);
    expect((await (await browserOf())('GET', '/audit.csv')).status).toBe(200);
  });

  it('and guessed at no more often than at the door', async () => {
    const browser = await browserOf(bob);
    const statuses = [];
    for (let guess = 0; guess < 7; guess += 1)
      statuses.push((await browser('POST', '/session/confirm', { password: `wrong ${guess}` })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    server.clock.advance(QUARTER_MS);
  });
});

describe("one's own password", () => {
  const next = 'a wholly new password';

  it('is changed by who knows it, ends the other sessions, and shows the keys that still open', async () => {
    const [here, there] = [await browserOf(), await browserOf()];
    const { key } = (await here('POST', `/users/${adaId}/keys`, { name: 'n8n' })).body;
    const change = (body: object) => here('POST', '/me/password', body);
    expect(await change({ current: 'wrong horse battery', password: next })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'current', code: 'wrong-password' }] },
    });
    expect((await change({ current: ada.password, password: 'qwertyuiop123' })).body.errors).toMatchObject([
      { path: 'password', code: 'common-password' },
    ]);
    expect((await there('GET', '/me')).status).toBe(200);
    const changed = await change({ current: ada.password, password: next });
    expect(changed).toMatchObject({ status: 200, body: { keys: [{ name: 'n8n' }] } });
    expect(JSON.stringify(changed.body)).not.toContain(key);
    expect((await there('GET', '/me')).status).toBe(401);
    expect((await here('GET', '/me')).status).toBe(200);
    expect((await server.call('POST', '/api/v1/session', { body: ada })).status).toBe(401);
    expect((await server.call('GET', '/api/v1/me', { key })).status).toBe(200);
    expect(await log('password-changed')).toMatchObject([{ by: { via: 'session', person: { id: adaId } } }]);

    const again = await browserOf({ ...ada, password: next });
    const body = { current: next, password: ada.password, revokeKeys: true };
    expect((await again('POST', '/me/password', body)).body).toEqual({ keys: [] });
    expect((await server.call('GET', '/api/v1/me', { key })).status).toBe(401);
  });

  it('is not for keys', async () => {
    const body = { current: ada.password, password: next };
    expect((await server.call('POST', '/api/v1/me/password', { key: firm.key, body })).status).toBe(403);
  });
});
