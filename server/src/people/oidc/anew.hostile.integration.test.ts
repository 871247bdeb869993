import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { createBrowser, type TestBrowser } from '../second-factor/testing-browser.ts';
import { locationOf, startIssuer, type TestIssuer } from './testing-issuer.ts';

const QUARTER_MS = 15 * 60_000;

let issuer: TestIssuer;
let server: TestServer;
let firm: TestWorkspace;
let people = 0;

beforeAll(async () => {
  issuer = await startIssuer();
  server = await startTestServer({ ...issuer.environment, OIDC_DOMAINS: 'firm.test' });
  firm = await server.addWorkspace();
});
afterAll(async () => {
  await issuer.stop();
  await server.close();
});

const seconds = (agoMs = 0) => Math.floor((Date.now() - agoMs) / 1_000);

/** Somebody of the issuer, who has never had a password here. */
function subject() {
  people += 1;
  return { sub: `s-${people}`, email: `s-${people}@firm.test`, email_verified: true };
}
async function enter(claims: Record<string, unknown>): Promise<TestBrowser> {
  issuer.says(claims);
  const browser = createBrowser(server);
  expect(await issuer.come(browser)).toBe('/');
  return browser;
}
const mayDoWhatMatters = async (browser: TestBrowser) => (await browser('GET', '/session/confirm')).status === 204;
const ownOf = async (browser: TestBrowser) => (await browser('GET', '/me/sessions')).body.data;

describe('confirming at the issuer who one is', () => {
  it('opens what matters to who has no password, in the session that stays', async () => {
    const who = subject();
    const browser = await enter(who);
    expect((await browser('GET', '/session/second')).body).toMatchObject({ password: false, elsewhere: true });
    expect(await mayDoWhatMatters(browser)).toBe(false);
    const [before] = await ownOf(browser);
    issuer.says({ ...who, auth_time: seconds() });
    expect(await issuer.come(browser, '?anew=1')).toBe('/confirmed');
    expect(await mayDoWhatMatters(browser)).toBe(true);
    expect(await ownOf(browser)).toMatchObject([{ id: before.id, current: true }]);
  });

  it.each([
    ['from before it was asked', { auth_time: seconds(QUARTER_MS) }, 'oidc-failed'],
    ['that does not say when', {}, 'oidc-failed'],
    ['of somebody else whom we know', { sub: 's-known', auth_time: seconds() }, 'oidc-not-you'],
    ['of a newcomer', { sub: 's-new', email: 'new@firm.test', auth_time: seconds() }, 'oidc-not-you'],
    ['of the same address by another name', { sub: 's-alias', auth_time: seconds() }, 'oidc-not-you'],
  ])('is refused by an answer %s', async (_, wrong, problem) => {
    const who = subject();
    const browser = await enter(who);
    await enter({ ...subject(), sub: 's-known' });
    issuer.says({ ...who, ...wrong });
    expect(await issuer.come(browser, '?anew=1')).toBe(`/confirmed?problem=${problem}`);
    expect(await mayDoWhatMatters(browser)).toBe(false);
    expect((await browser('GET', '/me')).body).toMatchObject({ email: who.email });
    const { body } = await server.call('GET', '/api/v1/users?limit=200', { key: firm.key });
    expect(body.data.map(({ email }: { email: string }) => email)).not.toContain('new@firm.test');
  });

  it('fits the state that was given, and the session that asked alone', async () => {
    const who = subject();
    const [one, other] = [await enter(who), await enter(who)];
    issuer.says({ ...who, auth_time: seconds() });
    const refused = '/confirmed?problem=oidc-failed';
    const forged = (await issuer.visit(one, '?anew=1')).replace(/state=[^&]+/, 'state=forged');
    expect(locationOf(await one('GET', forged))).toBe(refused);
    const answer = await issuer.visit(one, '?anew=1');
    other.jar.set('signalbox.oidc', one.jar.get('signalbox.oidc') ?? '');
    expect(locationOf(await other('GET', answer))).toBe(refused);
    expect([await mayDoWhatMatters(one), await mayDoWhatMatters(other)]).toEqual([false, false]);
    expect(await issuer.come(createBrowser(server), '?anew=1')).toBe(refused);
  });

  it('counts from when the password was given there, never from a time to come', async () => {
    const who = subject();
    const browser = await enter({ ...who, auth_time: seconds(-10 * QUARTER_MS) });
    expect(await mayDoWhatMatters(browser)).toBe(true);
    expect(await mayDoWhatMatters(await enter({ ...who, auth_time: seconds(2 * QUARTER_MS) }))).toBe(false);
    server.clock.advance(QUARTER_MS + 1_000);
    expect(await mayDoWhatMatters(browser)).toBe(false);
  });
});

describe('a second factor that the issuer has asked for', () => {
  it('counts when it says so (amr), and else ours is asked for', async () => {
    const who = subject();
    const browser = await enter({ ...who, auth_time: seconds(-QUARTER_MS) });
    const { secret } = (await browser('POST', '/me/totp')).body;
    const timestamp = server.clock.now().getTime();
    const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
    expect((await browser('POST', '/me/totp/confirm', { code })).status).toBe(200);
    expect((await (await enter({ ...who, amr: ['pwd', 'mfa'] }))('GET', '/me')).status).toBe(200);
    for (const amr of [undefined, [], ['pwd'], ['otp', 'MFA']]) {
      const half = await enter({ ...who, amr });
      expect(await half('GET', '/me')).toMatchObject({ status: 403, body: { code: 'second-factor' } });
    }
    issuer.says({ ...who, amr: 'mfa' });
    expect(await issuer.come(createBrowser(server))).toBe('/sign-in?problem=oidc-failed');
  });

  it('is given by no confirmation: a half session stays one', async () => {
    const who = subject();
    const browser = await enter({ ...who, auth_time: seconds(-QUARTER_MS) });
    const { secret } = (await browser('POST', '/me/totp')).body;
    const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: server.clock.now().getTime() });
    await browser('POST', '/me/totp/confirm', { code });
    const half = await enter(who);
    issuer.says({ ...who, amr: ['mfa'], auth_time: seconds() });
    await issuer.come(half, '?anew=1');
    expect(await half('GET', '/me')).toMatchObject({ status: 403, body: { code: 'second-factor' } });
  });
});
