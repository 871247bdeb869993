import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { rotateSecrets } from '../../connections/channel-secrets.ts';
import { inSystem } from '../../platform/db.ts';
import { listTotpSecrets } from '../factors/factors.store.ts';
import { sealTotpAgain } from '../factors/totp-secrets.ts';
import { createAuthenticator } from './testing-authenticator.ts';
import { createBrowser, type TestBrowser } from './testing-browser.ts';

const PASSWORD = 'correct horse battery';
const STEP_MS = 30_000;
const HALF_AN_HOUR_MS = 1_800_000;

let server: TestServer;
let firm: TestWorkspace;
let people = 0;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
});
afterAll(() => server.close());

/** A new employee, signed in. */
async function person(roles = ['employee']) {
  people += 1;
  const email = `person-${people}@firm.test`;
  const made = await server.call('POST', '/api/v1/users', {
    key: firm.key,
    body: { email, name: 'P', password: PASSWORD, roles },
  });
  expect(made.status).toBe(201);
  const browser = createBrowser(server);
  await enter(browser, email);
  return { email, id: Number(made.body.id), browser };
}
const enter = (browser: TestBrowser, email: string, password = PASSWORD) =>
  browser('POST', '/session', { email, password });

const codeAt = (secret: string, at = server.clock.now()) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });

async function setUpApp(browser: TestBrowser) {
  const { secret } = (await browser('POST', '/me/totp')).body;
  const confirmed = await browser('POST', '/me/totp/confirm', { code: codeAt(secret) });
  expect(confirmed.status).toBe(200);
  server.clock.advance(STEP_MS);
  return { secret: String(secret), recoveryCodes: confirmed.body.recoveryCodes.map(String) };
}
async function setUpPasskey(browser: TestBrowser, name = 'Laptop', key = createAuthenticator()) {
  const options = (await browser('POST', '/me/passkeys/options')).body;
  const kept = await browser('POST', '/me/passkeys', { name, passkey: key.attest(options) });
  expect(kept.status).toBe(201);
  return { key, recoveryCodes: kept.body.recoveryCodes };
}
const log = async (kind: string) =>
  (await server.call('GET', `/api/v1/audit?kind=${kind}`, { key: firm.key })).body.data;
const isRefused = { status: 403, body: { code: 'second-factor' } };
const isWrong = { status: 422, body: { errors: [{ code: 'wrong-code' }] } };

describe('an authenticator app', () => {
  it('is asked for after the password, and half of it opens nothing', async () => {
    const { email, id, browser } = await person();
    const { secret, recoveryCodes } = await setUpApp(browser);
    expect(recoveryCodes).toHaveLength(10);
    expect((await browser('GET', '/me')).status).toBe(200);
    const other = createBrowser(server);
    expect(await enter(other, email)).toMatchObject({ status: 200, body: { owes: 'second-factor' } });
    expect([...other.jar.keys()].some((name) => name.includes('device'))).toBe(false);
    expect(await other('GET', '/me')).toMatchObject(isRefused);
    expect((await other('GET', '/session/second')).body).toEqual({
      owes: 'second-factor',
      password: true,
      elsewhere: false,
      totp: true,
      passkeys: false,
      recoveryCodes: true,
    });
    expect(
      (await log('signed-in')).filter((row: { by: { person: { id: number } } }) => row.by.person.id === id),
    ).toHaveLength(1);
    const before = other.cookie();
    expect((await other('POST', '/session/second', { code: codeAt(secret) })).status).toBe(204);
    expect((await other('GET', '/me')).status).toBe(200);
    expect((await server.call('GET', '/api/v1/me', { headers: { cookie: before } })).status).toBe(401);
    expect((await log('app-added'))[0]).toMatchObject({ by: { person: { id } } });
  });

  it('gives each code once, also to two who have it at the same moment, and takes none of a minute ago', async () => {
    const { email, browser } = await person();
    const { secret } = await setUpApp(browser);
    const code = codeAt(secret);
    const both = await Promise.all(
      [1, 2].map(async () => {
        const one = createBrowser(server);
        await enter(one, email);
        return (await one('POST', '/session/second', { code })).status;
      }),
    );
    expect(both.toSorted()).toEqual([204, 422]);
    const late = createBrowser(server);
    await enter(late, email);
    expect(await late('POST', '/session/second', { code })).toMatchObject(isWrong);
    const old = codeAt(secret);
    server.clock.advance(3 * STEP_MS);
    expect(await late('POST', '/session/second', { code: old })).toMatchObject(isWrong);
    expect((await late('POST', '/session/second', { code: codeAt(secret) })).status).toBe(204);
  });

  it('is guessed at no more often than a password, though the password is known and given in between', async () => {
    const { email, browser } = await person();
    const { secret } = await setUpApp(browser);
    const thief = createBrowser(server);
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      await enter(thief, email);
      statuses.push((await thief('POST', '/session/second', { code: `00000${guess}` })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect((await browser('GET', '/notifications')).body.data[0].text).toContain('Somebody who knows your password');
    server.clock.advance(HALF_AN_HOUR_MS);
    await enter(thief, email);
    expect((await thief('POST', '/session/second', { code: codeAt(secret) })).status).toBe(204);
  });

  it('is sealed in the database, each for its account, and stays readable when the key is changed', async () => {
    const { browser, email } = await person();
    const { secret } = await setUpApp(browser);
    const stored = () => inSystem(server.context.databases.system, listTotpSecrets);
    const sealed = (await stored()).map((one) => one.secret);
    expect(sealed.every((one) => one.startsWith('sealed:'))).toBe(true);
    expect(JSON.stringify(sealed)).not.toContain(secret);
    expect(await rotateSecrets(server.context, sealTotpAgain)).toBeGreaterThanOrEqual(sealed.length);
    expect((await stored()).map((one) => one.secret)).not.toEqual(sealed);
    const other = createBrowser(server);
    await enter(other, email);
    expect((await other('POST', '/session/second', { code: codeAt(secret) })).status).toBe(204);
  });

  it('counts for sessions that were open before, and is not replaced without being removed', async () => {
    const { email, browser } = await person();
    const open = createBrowser(server);
    await enter(open, email);
    expect((await open('GET', '/me')).status).toBe(200);
    const { secret } = await setUpApp(browser);
    expect(await open('GET', '/me')).toMatchObject(isRefused);
    expect(await open('DELETE', '/me/totp')).toMatchObject(isRefused);
    expect(await open('POST', '/me/password', { current: PASSWORD, password: 'a wholly new password' })).toMatchObject(
      isRefused,
    );
    expect(await browser('POST', '/me/totp')).toMatchObject({ status: 409, body: { code: 'totp-in-use' } });
    expect((await open('POST', '/session/second', { code: codeAt(secret) })).status).toBe(204);
    expect((await browser('DELETE', '/me/totp')).status).toBe(204);
    expect((await browser('DELETE', '/me/totp')).status).toBe(404);
    expect((await enter(createBrowser(server), email)).status).toBe(204);
  });

  it('does not begin, nor end, at a screen that was left open', async () => {
    const { browser } = await person();
    server.clock.advance(HALF_AN_HOUR_MS);
    for (const [method, url] of [
      ['POST', '/me/totp'],
      ['DELETE', '/me/totp'],
      ['POST', '/me/passkeys/options'],
      ['POST', '/me/recovery-codes'],
    ] as const)
      expect(await browser(method, url)).toMatchObject({ status: 403, body: { code: 'confirm-password' } });
  });
});

describe('recovery codes', () => {
  it('open once each, also for two at the same moment, however they are typed', async () => {
    const { email, browser } = await person();
    const { recoveryCodes } = await setUpApp(browser);
    const [first = '', second = ''] = recoveryCodes;
    const both = await Promise.all(
      [first, first.toLowerCase().replaceAll('-', ' ')].map(async (recoveryCode) => {
        const one = createBrowser(server);
        await enter(one, email);
        return (await one('POST', '/session/second', { recoveryCode })).status;
      }),
    );
    expect(both.toSorted()).toEqual([204, 422]);
    expect((await browser('GET', '/me/factors')).body).toMatchObject({ recoveryCodes: 9 });
    const renewed = (await browser('POST', '/me/recovery-codes')).body.recoveryCodes;
    expect(renewed).toHaveLength(10);
    const other = createBrowser(server);
    await enter(other, email);
    expect(await other('POST', '/session/second', { recoveryCode: second })).toMatchObject(isWrong);
    expect((await other('POST', '/session/second', { recoveryCode: renewed[0] })).status).toBe(204);
    expect(await log('recovery-codes-made')).toHaveLength(1);
  });

  it('of somebody else open nothing, and there are none without a second factor', async () => {
    const [one, two] = [await person(), await person()];
    const [theirs] = (await setUpApp(one.browser)).recoveryCodes;
    expect(await two.browser('POST', '/me/recovery-codes')).toMatchObject({
      status: 409,
      body: { code: 'no-factor-yet' },
    });
    await setUpApp(two.browser);
    const other = createBrowser(server);
    await enter(other, two.email);
    expect(await other('POST', '/session/second', { recoveryCode: theirs })).toMatchObject(isWrong);
    await two.browser('DELETE', '/me/totp');
    expect((await two.browser('GET', '/me/factors')).body).toMatchObject({ totp: false, recoveryCodes: 0 });
  });
});

describe('a passkey', () => {
  it('is a second factor, is called by a name, and says when it was last used', async () => {
    const { email, browser } = await person();
    const { key, recoveryCodes } = await setUpPasskey(browser);
    expect(recoveryCodes).toHaveLength(10);
    const { recoveryCodes: none } = await setUpPasskey(browser, 'Key ring');
    expect(none).toEqual([]);
    const [first, second] = (await browser('GET', '/me/factors')).body.passkeys;
    expect([first, second]).toMatchObject([{ name: 'Laptop', lastUsedAt: null }, { name: 'Key ring' }]);
    expect((await browser('PATCH', `/me/passkeys/${second.id}`, { name: 'Ring' })).status).toBe(204);

    const other = createBrowser(server);
    await enter(other, email);
    const options = (await other('POST', '/session/second/passkey')).body;
    expect(options.allowCredentials).toHaveLength(2);
    const assertion = key.assert(options, { verifies: false });
    expect((await other('POST', '/session/second', { passkey: assertion })).status).toBe(204);
    expect((await browser('GET', '/me/factors')).body.passkeys[0].lastUsedAt).not.toBeNull();
    expect((await browser('DELETE', `/me/passkeys/${first.id}`)).status).toBe(204);
    expect((await log('passkey-removed'))[0]).toMatchObject({ params: { name: 'Laptop' } });
    const gone = createBrowser(server);
    await enter(gone, email);
    const asked = (await gone('POST', '/session/second/passkey')).body;
    expect((await gone('POST', '/session/second', { passkey: key.assert(asked) })).status).toBe(422);
  });

  it('signs in without a password, where it has asked for a finger or a PIN', async () => {
    const { browser, id } = await person();
    const { key } = await setUpPasskey(browser);
    const enterBy = async (way: Parameters<typeof key.assert>[1], challenge?: string) => {
      const one = createBrowser(server);
      const options = (await one('POST', '/session/passkey/options')).body;
      expect(options.allowCredentials).toBeUndefined();
      const passkey = key.assert({ challenge: challenge ?? options.challenge }, way);
      return { one, passkey, answer: await one('POST', '/session/passkey', { passkey }) };
    };
    const { one, passkey, answer } = await enterBy({});
    expect(answer.status).toBe(204);
    expect((await one('GET', '/me')).body).toMatchObject({ id });
    const refused = { status: 422, body: { errors: [{ code: 'wrong-passkey' }] } };
    expect(await one('POST', '/session/passkey', { passkey })).toMatchObject(refused);
    expect((await enterBy({ verifies: false })).answer).toMatchObject(refused);
    expect((await enterBy({ origin: 'https://evil.test' })).answer).toMatchObject(refused);
    expect((await enterBy({ rpId: 'evil.test' })).answer).toMatchObject(refused);
    expect((await enterBy({ userHandle: 'somebody-else' })).answer).toMatchObject(refused);
    expect((await enterBy({}, Buffer.from('made up by a thief').toString('base64url'))).answer).toMatchObject(refused);
    const asked = (await one('POST', '/session/passkey/options')).body;
    server.clock.advance(6 * 60_000);
    expect(await one('POST', '/session/passkey', { passkey: key.assert(asked) })).toMatchObject(refused);
    const half = (await one('POST', '/session/second/passkey')).body;
    expect(await one('POST', '/session/passkey', { passkey: key.assert(half) })).toMatchObject(refused);
    const stranger = createAuthenticator().assert((await one('POST', '/session/passkey/options')).body);
    expect(await one('POST', '/session/passkey', { passkey: stranger })).toMatchObject(refused);
  });

  it('of another account, also in another workspace, or copied by its counter, opens nothing', async () => {
    const rival = await server.addWorkspace('Rival');
    const thief = { email: 'thief@rival.test', password: PASSWORD };
    await server.call('POST', '/api/v1/users', { key: rival.key, body: { ...thief, name: 'T' } });
    const theirs = createBrowser(server);
    await theirs('POST', '/session', thief);
    const { key: foreign } = await setUpPasskey(theirs);
    const { email, browser } = await person();
    const { key } = await setUpPasskey(browser);
    const half = createBrowser(server);
    await enter(half, email);
    const answer = async (one: typeof key, way = {}) => {
      const options = (await half('POST', '/session/second/passkey')).body;
      return (await half('POST', '/session/second', { passkey: one.assert(options, way) })).status;
    };
    expect(await answer(foreign)).toBe(422);
    const ofThief = (await theirs('POST', '/session/second/passkey')).body;
    expect((await half('POST', '/session/second', { passkey: key.assert(ofThief) })).status).toBe(422);
    expect(await answer(key, { counter: 5 })).toBe(204);
    await enter(half, email);
    expect(await answer(key, { counter: 4 })).toBe(422);
    expect(await answer(key, { counter: 6 })).toBe(204);
    const made = (await browser('POST', '/me/passkeys/options')).body;
    expect((await browser('POST', '/me/passkeys', { name: 'x', passkey: foreign.attest(made) })).status).toBe(409);
    const stolen = (await theirs('POST', '/me/passkeys/options')).body;
    expect(
      (await browser('POST', '/me/passkeys', { name: 'x', passkey: createAuthenticator().attest(stolen) })).status,
    ).toBe(422);
    const { id } = (await theirs('GET', '/me/factors')).body.passkeys[0];
    expect((await browser('DELETE', `/me/passkeys/${id}`)).status).toBe(404);
    expect((await browser('PATCH', `/me/passkeys/${id}`, { name: 'x' })).status).toBe(404);
  });

  it('stands in for the password before what matters', async () => {
    const { browser } = await person(['admin']);
    const { key } = await setUpPasskey(browser);
    server.clock.advance(HALF_AN_HOUR_MS);
    expect(await browser('GET', '/audit.csv')).toMatchObject({ status: 403, body: { code: 'confirm-password' } });
    const options = (await browser('POST', '/session/second/passkey')).body;
    const foreign = createAuthenticator().assert(options);
    expect((await browser('POST', '/session/confirm', { passkey: foreign })).status).toBe(422);
    expect((await browser('POST', '/session/confirm', { passkey: key.assert(options) })).status).toBe(204);
    expect((await browser('GET', '/audit.csv')).status).toBe(200);
  });

  it('does not work on a server that is called by an address', async () => {
    const numbered = await startTestServer({ PUBLIC_URL: 'http://127.0.0.1:3000' }, [], server.context.databases);
    const refused = await numbered.call('POST', '/api/v1/session/passkey/options');
    expect(refused).toMatchObject({ status: 409, body: { code: 'no-passkeys' } });
    await numbered.app.close();
  });
});

describe('a role that asks for a second factor', () => {
  it('leads whoever has none to set one up, also in sessions that are open, and takes the last one from nobody', async () => {
    const roles = (await server.call('GET', '/api/v1/roles', { key: firm.key })).body.data;
    const sales = roles.find(({ code }: { code: string }) => code === 'sales');
    expect(sales.secondFactor).toBe(false);
    const { email, browser } = await person(['sales']);
    expect((await browser('GET', '/me')).status).toBe(200);
    const change = (body: object) => server.call('PATCH', `/api/v1/roles/${sales.id}`, { key: firm.key, body });
    expect((await change({ secondFactor: true })).body).toMatchObject({ secondFactor: true });
    expect((await log('role-changed'))[0].changes).toMatchObject([
      { field: 'secondFactor', from: 'false', to: 'true' },
    ]);
    const missing = { status: 403, body: { code: 'no-second-factor' } };
    expect(await browser('GET', '/me')).toMatchObject(missing);
    const other = createBrowser(server);
    expect(await enter(other, email)).toMatchObject({ status: 200, body: { owes: 'set-up' } });
    expect(await other('GET', '/items?type=deal')).toMatchObject(missing);
    await setUpApp(other);
    expect((await other('GET', '/me')).status).toBe(200);
    expect(await browser('GET', '/me')).toMatchObject(isRefused);
    expect((await other('GET', '/me/factors')).body).toMatchObject({ required: true });
    expect(await other('DELETE', '/me/totp')).toMatchObject({ status: 409, body: { code: 'last-factor' } });
    await setUpPasskey(other);
    expect((await other('DELETE', '/me/totp')).status).toBe(204);
    await change({ secondFactor: false });
  });

  it('is that of administrators too, of which nothing else is changed; keys go on', async () => {
    const roles = (await server.call('GET', '/api/v1/roles', { key: firm.key })).body.data;
    const admin = roles.find(({ code }: { code: string }) => code === 'admin');
    const { browser } = await person(['admin']);
    const change = (body: object) => server.call('PATCH', `/api/v1/roles/${admin.id}`, { key: firm.key, body });
    expect((await change({ name: 'X' })).status).toBe(409);
    expect((await change({ secondFactor: true })).status).toBe(200);
    expect(await browser('GET', '/me')).toMatchObject({ status: 403, body: { code: 'no-second-factor' } });
    expect((await server.call('GET', '/api/v1/me', { key: firm.key })).status).toBe(200);
    expect((await change({ secondFactor: false })).status).toBe(200);
    expect((await browser('GET', '/me')).status).toBe(200);
  });
});

describe('second factors that are lost', () => {
  it('are taken away by who could set the password, which is written down and told, and ends the sessions', async () => {
    const [lost, admin, other] = [await person(), await person(['admin']), await person()];
    await setUpApp(lost.browser);
    expect((await other.browser('DELETE', `/users/${lost.id}/factors`)).status).toBe(403);
    expect((await admin.browser('DELETE', `/users/${other.id}/factors`)).body).toMatchObject({ code: 'no-factors' });
    expect((await admin.browser('DELETE', '/users/987654/factors')).status).toBe(404);
    expect((await admin.browser('DELETE', `/users/${lost.id}/factors`)).status).toBe(204);
    expect((await lost.browser('GET', '/me')).status).toBe(401);
    expect((await enter(lost.browser, lost.email)).status).toBe(204);
    expect((await lost.browser('GET', '/notifications')).body.data[0].text).toContain('second factors were taken away');
    expect((await log('factors-taken'))[0]).toMatchObject({
      by: { person: { id: admin.id } },
      on: { id: String(lost.id) },
    });
  });
});

describe('a password that could not be chosen today', () => {
  it('is replaced at the next sign-in, before anything else', async () => {
    const { email, browser } = await person();
    const { setAccountPassword, findAccountByEmail } = await import('../accounts.store.ts');
    const { hashPassword } = await import('better-auth/crypto');
    const hash = await hashPassword('eight888');
    await inSystem(server.context.databases.system, async (tx) =>
      setAccountPassword(tx, (await findAccountByEmail(tx, email)) ?? '', hash),
    );
    expect(await enter(browser, email, 'eight888')).toMatchObject({ status: 200, body: { owes: 'password' } });
    expect(await browser('GET', '/me')).toMatchObject({ status: 403, body: { code: 'weak-password' } });
    expect((await browser('POST', '/me/password', { current: 'eight888', password: 'short' })).status).toBe(422);
    expect((await browser('POST', '/me/password', { current: 'eight888', password: PASSWORD })).status).toBe(200);
    expect((await browser('GET', '/me')).status).toBe(200);
    expect((await enter(browser, email)).status).toBe(204);
  });
});
