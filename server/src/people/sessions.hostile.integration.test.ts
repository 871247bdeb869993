import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePeople } from '../api/make-people.ts';
import { createServer } from '../api/server.ts';
import { setupCode } from '../api/setup/setup-code.ts';
import { startTestServer, type TestServer } from '../api/testing.ts';

const owner = { email: 'olga@firm.test', password: 'a long password of Olga' };
const colleague = { email: 'carl@firm.test', password: 'another password of Carl' };

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
    const code = setupCode(https.context.config);
    const body = { ...owner, code, name: 'O', workspaceName: 'F' };
    const first = await https.call('POST', '/api/v1/setup', { body });
    for (const cookie of cookiesOf(first.headers))
      expect(cookie).toMatch(/^__Host-signalbox\.(?=.*; Path=\/;)(?=.*; HttpOnly)(?=.*; Secure)(?!.*; Domain)/i);
    const signedIn = await https.call('POST', '/api/v1/session', { body: owner });
    const names = cookiesOf(signedIn.headers).map((cookie) => cookie.split('=')[0]);
    expect(names.toSorted()).toEqual(['__Host-signalbox.device', '__Host-signalbox.session_token']);
    const own = cookiesOf(signedIn.headers).map((cookie) => cookie.split(';')[0] ?? '');
    const meBy = async (cookie: string) => (await https.call('GET', '/api/v1/me', { headers: { cookie } })).status;
    expect(await meBy(own.join('; '))).toBe(200);
    // What a neighbour on another name of the domain could plant is called otherwise.
    for (const prefix of ['', '__Secure-']) expect(await meBy(own.join('; ').replaceAll('__Host-', prefix))).toBe(401);
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
      (await server.call('PATCH', `/api/v1/users/${carl}`, { key, body: { password: 'a changed password' } })).status,
    ).toBe(200);
    expect((await me(his)).status).toBe(401);

    const again = await signIn({ ...colleague, password: 'a changed password' });
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

/** With the password that he was given above. */
const current = { ...colleague, password: 'a changed password' };
const DAY_MS = 25 * 3_600_000;

describe('guessing a password', () => {
  const guessFromEverywhere = async (count: number) => {
    const answers = Array.from({ length: count }, (_, number) =>
      server.call('POST', '/api/v1/session', {
        body: { ...current, password: `wrong ${number}` },
        headers: { 'x-forwarded-for': number % 2 === 0 ? `203.0.113.${number}` : `2001:db8:0:${number}::1` },
      }),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const deviceOf = async (body: object) => {
    const { headers } = await server.call('POST', '/api/v1/session', { body });
    return cookiesOf(headers)
      .map((cookie) => cookie.split(';')[0] ?? '')
      .filter((cookie) => cookie.startsWith('signalbox.device='))
      .join('');
  };

  it('many at once is slowed down like one after another', async () => {
    const guess = (number: number) =>
      server.call('POST', '/api/v1/session', { body: { email: 'Carl@Firm.test', password: `wrong ${number}` } });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => guess(number)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
    expect((await signIn(owner)) !== '').toBe(true);
    server.clock.advance(DAY_MS);
  });

  it('from a hundred addresses counts as guessing at one account, also in another process and after a restart', async () => {
    const statuses = await guessFromEverywhere(100);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    const restarted = await createServer(server.context, { people: makePeople(server.context) });
    const again = await restarted.inject({ method: 'POST', url: '/api/v1/session', payload: current });
    expect(again.statusCode).toBe(429);
    await restarted.close();
  });

  it('makes the account wait longer and longer, and tells its owner', async () => {
    server.clock.advance(DAY_MS);
    const right = () => server.call('POST', '/api/v1/session', { body: current });
    await guessFromEverywhere(5);
    expect(await right()).toMatchObject({ status: 429, body: { detail: expect.stringContaining('5 seconds') } });
    server.clock.advance(5_000);
    expect(await guessFromEverywhere(1)).toEqual([401]);
    expect(await right()).toMatchObject({ status: 429, body: { detail: expect.stringContaining('10 seconds') } });
    server.clock.advance(10_000);
    const cookie = await signIn(current);
    const bell = async () => (await server.call('GET', '/api/v1/notifications', { headers: { cookie } })).body.data;
    const texts = async () => (await bell()).map(({ text }: { text: string }) => text);
    await expect.poll(texts).toContainEqual(expect.stringMatching(/^5 wrong passwords in a row/));
    const owners = (await server.call('GET', '/api/v1/notifications', { key })).body.data;
    expect(owners).toEqual([]);
  });

  it('does not keep out the browser in which the owner has signed in before, and a stolen cookie is no way to guess', async () => {
    server.clock.advance(DAY_MS);
    const cookie = await deviceOf(current);
    await guessFromEverywhere(20);
    const sign = (body: object) => server.call('POST', '/api/v1/session', { body, headers: { cookie } });
    expect((await server.call('POST', '/api/v1/session', { body: current })).status).toBe(429);
    expect((await sign(current)).status).toBe(204);

    const guesses = await Promise.all(Array.from({ length: 10 }, () => sign({ ...current, password: 'wrong' })));
    expect(guesses.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429]);
    // Of another account it is no known browser.
    const forged = cookie.replace(/\.[^.]+$/, `.${'A'.repeat(43)}`);
    const answer = await server.call('POST', '/api/v1/session', { body: current, headers: { cookie: forged } });
    expect(answer.status).toBe(429);
  });

  it('of many accounts from one address makes answers slow, and a right password is let in all the same', async () => {
    server.clock.advance(DAY_MS);
    const guess = (number: number) =>
      server.call('POST', '/api/v1/session', {
        body: { email: `nobody${number}@firm.test`, password: 'wrong password' },
      });
    for (let number = 0; number < 3; number += 1) expect((await guess(number)).status).toBe(401);
    const sofar = server.context.databases.system.updateTable('sign_in_guesses').set({ failures: 61 });
    await sofar.where('failures', '=', 3).where('last_at', '=', server.clock.now()).execute();
    const begun = performance.now();
    expect((await guess(4)).status).toBe(401);
    expect(performance.now() - begun).toBeGreaterThan(250);
    await signIn();
    await signIn(current);
  });
});

describe('another name than our own', () => {
  it.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test:3000'])('is refused: %s', async (host) => {
    expect(await server.call('GET', '/api/v1/setup', { headers: { host } })).toMatchObject({
      status: 421,
      body: { code: 'other-host' },
    });
    const forwarded = { host, 'x-forwarded-host': 'localhost' };
    expect((await server.call('GET', '/api/v1/me', { key, headers: forwarded })).status).toBe(421);
  });
});

describe('a password of words that others know', () => {
  it.each(['Signalbox 2026!', 'Carl-firm-2026', 'firmfirmfirm.test'])('is not taken: %s', async (password) => {
    const refused = { status: 422, body: { errors: [{ path: 'password', code: 'own-words' }] } };
    const made = await server.call('POST', '/api/v1/users', {
      key,
      body: { email: 'carl2@firm.test', name: 'Carl', password },
    });
    expect(made).toMatchObject(refused);
    expect(await server.call('PATCH', `/api/v1/users/${carl}`, { key, body: { password } })).toMatchObject(refused);
    const cookie = await signIn();
    const change = { current: owner.password, password };
    expect(
      await server.call('POST', '/api/v1/me/password', {
        headers: { cookie },
        body: { ...change, password: `olga ${password}` },
      }),
    ).toMatchObject(refused);
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

  it('to read changes nothing, opens no compatible REST, and makes no other key', async () => {
    const make = (body: object) => server.call('POST', `/api/v1/users/${carl}/keys`, { key, body });
    const { key: his, id } = (await make({ scope: 'read' })).body;
    expect((await server.call('GET', '/api/v1/me', { key: his })).status).toBe(200);
    const writes: ['POST' | 'PATCH' | 'DELETE', string, object][] = [
      ['POST', '/api/v1/items', { type: 'deal', title: 'x' }],
      ['PATCH', '/api/v1/me', { name: 'X' }],
      ['POST', `/api/v1/users/${carl}/keys`, {}],
      ['DELETE', `/api/v1/users/${carl}/keys/${id}`, {}],
    ];
    for (const [method, url, body] of writes)
      expect(await server.call(method, url, { key: his, body }), url).toMatchObject({
        status: 403,
        body: { code: 'key-only-reads' },
      });
    expect((await server.call('GET', `/rest/${carl}/${his}/profile`)).status).toBe(403);
    expect((await make({ kind: 'webhook', scope: 'read' })).body.errors).toMatchObject([{ path: 'scope' }]);
  });

  it('for /api alone does all that its owner may, and opens no compatible REST, as one for all does', async () => {
    const make = async (scope?: string) =>
      (await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body: scope === undefined ? {} : { scope } }))
        .body;
    const [own, outside] = [await make('api'), await make()];
    const body = { type: 'deal', title: 'By its key' };
    expect((await server.call('POST', '/api/v1/items', { key: own.key, body })).status).toBe(201);
    const rest = (secret: string) => server.call('GET', `/rest/${carl}/${secret}/profile`);
    expect([(await rest(own.key)).status, (await rest(outside.key)).status]).toEqual([403, 200]);
    const { data } = (await server.call('GET', `/api/v1/users/${carl}/keys`, { key })).body;
    expect(data.slice(-2)).toMatchObject([{ scope: 'api' }, { scope: 'all' }]);
  });

  it('ends when it was said to', async () => {
    const hour = new Date(server.clock.now().getTime() + 3_600_000).toISOString();
    const body = { expiresAt: hour };
    const { key: his } = (await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body })).body;
    const hook = await server.call('POST', `/api/v1/users/${carl}/keys`, { key, body: { ...body, kind: 'webhook' } });
    const opens = async () => [
      (await server.call('GET', '/api/v1/me', { key: his })).status,
      (await server.call('GET', `/rest/${carl}/${hook.body.key}/profile`)).status,
    ];
    expect(await opens()).toEqual([200, 200]);
    const { data } = (await server.call('GET', `/api/v1/users/${carl}/keys`, { key })).body;
    expect(data.at(-1)).toMatchObject({ scope: 'all', expiresAt: hour, lastUsedAt: expect.any(String) });
    server.clock.advance(3_600_001);
    server.people.gatekeeper.forget();
    expect(await opens()).toEqual([401, 403]);
  });
});
