import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../api/testing.ts';

const owner = { email: 'olga@firm.test', password: 'a long password' };
const colleague = { email: 'carl@firm.test', password: 'another password' };

let server: TestServer;
let key: string;
let carl: number;

beforeAll(async () => {
  server = await startTestServer({ SIGNALBOX_API_KEY: 'key-of-the-first-account' });
  key = 'key-of-the-first-account';
  const body = { ...owner, name: 'Olga', workspaceName: 'Firm' };
  expect((await server.call('POST', '/api/v1/setup', { body })).status).toBe(201);
  carl = (await server.call('POST', '/api/v1/users', { key, body: { ...colleague, name: 'Carl' } })).body.id;
});
afterAll(() => server.close());

const cookiesOf = (headers: Readonly<Record<string, unknown>>) => [headers['set-cookie'] ?? []].flat().map(String);
async function signIn(account = owner, headers: Record<string, string> = {}): Promise<string> {
  const answer = await server.call('POST', '/api/v1/session', { body: account, headers });
  expect(answer.status).toBe(204);
  return cookiesOf(answer.headers)
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
const me = (cookie: string) => server.call('GET', '/api/v1/me', { headers: { cookie } });
const addContact = (headers: Record<string, string>) =>
  server.call('POST', '/api/v1/contacts', { body: { name: 'Cleo' }, headers });
const countContacts = async () => (await server.call('GET', '/api/v1/contacts?limit=1000', { key })).body.data.length;

describe('a session', () => {
  it('is a cookie that scripts and other sites do not get', async () => {
    const { headers } = await server.call('POST', '/api/v1/session', { body: owner });
    expect(cookiesOf(headers)[0]).toMatch(/; HttpOnly/i);
    expect(cookiesOf(headers)[0]).toMatch(/; SameSite=Lax/i);
    const https = await startTestServer({ PUBLIC_URL: 'https://crm.test' });
    const first = await https.call('POST', '/api/v1/setup', { body: { ...owner, name: 'O', workspaceName: 'F' } });
    expect(cookiesOf(first.headers)[0]).toMatch(/^__Secure-.*; Secure/i);
    await https.close();
  });

  it('is a new one at every sign-in, whatever the browser brought along', async () => {
    const planted = 'signalbox.session_token=planted.by-somebody-else';
    const cookie = await signIn(owner, { cookie: planted });
    expect(cookie).not.toContain('planted');
    expect(await signIn(owner, { cookie })).not.toBe(cookie);
    expect((await me(planted)).status).toBe(401);
    expect((await me(cookie)).status).toBe(200);
  });

  it('ends with signing out, with a new password and with being dismissed', async () => {
    const cookie = await signIn();
    await server.call('DELETE', '/api/v1/session', { headers: { cookie } });
    expect((await me(cookie)).status).toBe(401);

    const his = await signIn(colleague);
    expect(
      (await server.call('PATCH', `/api/v1/users/${carl}`, { key, body: { password: 'changed password' } })).status,
    ).toBe(200);
    expect((await me(his)).status).toBe(401);

    const again = await signIn({ ...colleague, password: 'changed password' });
    await server.call('PATCH', `/api/v1/users/${carl}`, { key, body: { dismissed: true } });
    expect((await me(again)).status).toBe(401);
    await server.call('PATCH', `/api/v1/users/${carl}`, { key, body: { dismissed: false } });
  });

  it.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['a page without origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another port', { origin: 'http://localhost:9999', host: 'localhost' }],
    ['an origin that only begins alike', { origin: 'http://localhost.evil.test', host: 'localhost' }],
  ])('does nothing for %s', async (_, headers) => {
    const cookie = await signIn();
    const before = await countContacts();

    expect(await addContact({ cookie, ...headers })).toMatchObject({ status: 403, body: { code: 'cross-site' } });

    expect(await countContacts()).toBe(before);
    expect((await addContact({ cookie, origin: 'http://localhost', host: 'localhost' })).status).toBe(201);
  });

  it('does not open the compatible REST', async () => {
    const cookie = await signIn();
    expect((await server.call('GET', '/rest/1/x/profile', { headers: { cookie } })).status).toBe(403);
  });
});

describe('guessing a password', () => {
  it('many at once is slowed down like one after another', async () => {
    const guess = (number: number) =>
      server.call('POST', '/api/v1/session', { body: { email: 'Carl@Firm.test', password: `wrong ${number}` } });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => guess(number)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(8);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(22);
    expect((await signIn(owner)) !== '').toBe(true);
    server.clock.advance(6 * 60_000);
  });

  it('of many accounts from one address is slowed down too', async () => {
    const statuses = new Set<number>();
    for (let number = 0; number < 70; number += 1) {
      const body = { email: `nobody${number}@firm.test`, password: 'wrong password' };
      statuses.add((await server.call('POST', '/api/v1/session', { body })).status);
    }
    expect([...statuses]).toEqual([401, 429]);
    server.clock.advance(6 * 60_000);
    await signIn();
  });
});

describe('a key', () => {
  it('of a kind, of an owner and of a form that is not right opens nothing', async () => {
    const hook = (await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body: { kind: 'webhook' } })).body;
    const api = (await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body: {} })).body;
    expect((await server.call('GET', '/api/v1/me', { key: hook.key })).status).toBe(401);
    expect((await server.call('GET', `/rest/${carl}/${hook.key}/profile`)).status).toBe(200);
    expect((await server.call('GET', `/rest/${carl + 1}/${hook.key}/profile`)).status).toBe(403);
    for (const authorization of [
      'Bearer',
      'Bearer x',
      `Basic ${api.key}`,
      `Bearer ${'x'.repeat(8_000)}`,
      `Bearer ${api.key}x`,
    ]) {
      expect((await server.call('GET', '/api/v1/me', { headers: { authorization } })).status, authorization).toBe(401);
    }
    // A wrong key is not made good by a session beside it.
    const cookie = await signIn();
    expect((await server.call('GET', '/api/v1/me', { key: 'sb_wrong', headers: { cookie } })).status).toBe(401);
  });

  it('of an employee opens no door of an administrator, nor makes one', async () => {
    const { key: his } = (await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body: {} })).body;
    const doors: ['POST' | 'PATCH' | 'PUT' | 'DELETE', string, object][] = [
      ['POST', '/api/v1/users', { email: 'x@firm.test', name: 'X', role: 'admin' }],
      ['PATCH', `/api/v1/users/${carl}`, { role: 'admin' }],
      ['POST', '/api/v1/invitations', { email: 'x@firm.test', name: 'X' }],
      ['POST', '/api/v1/users/1/keys', {}],
      ['POST', '/api/v1/pipelines', { type: 'deal', name: 'X', stages: [] }],
      ['PUT', '/api/v1/automation/deal/1', { triggers: [], rules: [] }],
      ['POST', '/api/v1/channels', { kind: 'mailbox', provider: 'sandbox', name: 'X' }],
      ['POST', '/api/v1/departments', { name: 'X' }],
    ];
    for (const [method, url, body] of doors) {
      const answer = await server.call(method, url, { key: his, body });
      expect(answer, `${method} ${url}`).toMatchObject({ status: 403 });
      expect(answer.body.code, `${method} ${url}`).toMatch(/^(forbidden|no-(people|automation|settings))$/);
    }
    const promoted = await server.call('PATCH', '/api/v1/me', { key: his, body: { role: 'admin' } });
    expect(promoted).toMatchObject({ status: 422, body: { errors: [{ path: 'role', code: 'unknown-key' }] } });
    expect((await server.call('GET', '/api/v1/me', { key: his })).body.role).toBe('employee');
  });
});
