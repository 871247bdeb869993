import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { inSystem } from '../../platform/db.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { findAccountByEmail, setWeak } from '../accounts.store.ts';
import { createBrowser, type TestBrowser } from './testing-browser.ts';

const PASSWORD = 'correct horse battery';
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

let server: TestServer;
let firm: TestWorkspace;
let doors: string[];

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace();
  const { paths } = (await server.call('GET', '/api/openapi.json')).body;
  doors = Object.entries<object>(paths).flatMap(([path, of]) =>
    methods.filter((method) => method in of).map((method) => `${method.toUpperCase()} ${path}`),
  );
});
afterAll(() => server.close());

async function signIn(email: string) {
  const browser = createBrowser(server);
  const { body } = await browser('POST', '/session', { email, password: PASSWORD });
  return { browser, owes: body?.owes };
}

async function addPerson(email: string, roles: (string | number)[]) {
  const body = { email, name: 'P', password: PASSWORD, roles };
  expect((await server.call('POST', '/api/v1/users', { key: firm.key, body })).status).toBe(201);
}

/** What a session opens: every route of the document that says neither 401 without it nor 403 with what it owes. */
async function opened(browser: TestBrowser, code: string): Promise<string[]> {
  const open: string[] = [];
  for (const door of doors) {
    const [method, path = ''] = door.split(' ');
    const url = path.replace(/\{\w+\}/g, '1');
    const [, verb] = /^(GET|POST|PUT|PATCH|DELETE)$/.exec(method ?? '') ?? [];
    const call =
      verb === 'GET' || verb === 'POST' || verb === 'PUT' || verb === 'PATCH' || verb === 'DELETE' ? verb : 'GET';
    const isPublic = (await server.call(call, url, call === 'GET' ? {} : { body: {} })).status !== 401;
    if (isPublic) continue;
    const answer = await browser(
      call,
      url.startsWith('/api/') ? url : `/api/v1${url}`,
      call === 'GET' ? undefined : {},
    );
    if (answer.status !== 403 || answer.body.code !== code) open.push(door);
  }
  return open.toSorted();
}

const own = ['GET /api/v1/session/second'];
const settingUp = [
  ...['GET /api/v1/me/factors', 'POST /api/v1/me/totp', 'POST /api/v1/me/totp/confirm', 'DELETE /api/v1/me/totp'],
  ...['POST /api/v1/me/passkeys/options', 'POST /api/v1/me/passkeys', 'DELETE /api/v1/me/passkeys/{passkey}'],
  ...['GET /api/v1/session/confirm', 'POST /api/v1/session/confirm', 'POST /api/v1/session/second/passkey'],
];

it('a session without its second factor opens what gives it, of all routes of the document', async () => {
  await addPerson('half@firm.test', ['admin']);
  const { browser } = await signIn('half@firm.test');
  const { secret } = (await browser('POST', '/me/totp')).body;
  const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: server.clock.now().getTime() });
  expect((await browser('POST', '/me/totp/confirm', { code })).status).toBe(200);
  const half = await signIn('half@firm.test');
  expect(half.owes).toBe('second-factor');
  expect(doors.length).toBeGreaterThan(150);
  expect(await opened(half.browser, 'second-factor')).toEqual(
    [...own, 'POST /api/v1/session/second', 'POST /api/v1/session/second/passkey'].toSorted(),
  );
});

it('a session whose role asks for a second factor opens what sets one up', async () => {
  const body = { name: 'Careful', rights: (await roles())[0].rights, secondFactor: true };
  const made = (await server.call('POST', '/api/v1/roles', { key: firm.key, body })).body;
  await addPerson('none@firm.test', [made.id]);
  const none = await signIn('none@firm.test');
  expect(none.owes).toBe('set-up');
  expect(await opened(none.browser, 'no-second-factor')).toEqual([...own, ...settingUp].toSorted());
});

it('a session by a weak password opens what changes it', async () => {
  await addPerson('weak@firm.test', ['admin']);
  await inSystem(server.context.databases.system, async (tx) =>
    setWeak(tx, (await findAccountByEmail(tx, 'weak@firm.test')) ?? '', true),
  );
  const weak = await signIn('weak@firm.test');
  expect(weak.owes).toBe('password');
  expect(await opened(weak.browser, 'weak-password')).toEqual([...own, 'POST /api/v1/me/password'].toSorted());
});

const roles = async () => (await server.call('GET', '/api/v1/roles', { key: firm.key })).body.data;
