import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { startIssuer, type TestIssuer } from '../oidc/testing-issuer.ts';
import { createAuthenticator } from '../second-factor/testing-authenticator.ts';
import { createBrowser, type TestBrowser } from '../second-factor/testing-browser.ts';

const THEIRS = 'chosen by the rival';
const OWN = 'known to the owner alone';

let issuer: TestIssuer;
let server: TestServer;
let rival: TestWorkspace;
let corp: TestWorkspace;
let people = 0;

beforeAll(async () => {
  issuer = await startIssuer();
  server = await startTestServer(issuer.environment, (context, all) =>
    makeRoutes(context, { people: all, recorder: createRecorder(context) }),
  );
  rival = await server.addWorkspace('Rival');
  corp = await server.addWorkspace('Corp');
});
afterAll(async () => {
  await issuer.stop();
  await server.close();
});

const newAddress = () => {
  people += 1;
  return `owner-${people}@corp.test`;
};
const post = (path: string, { key }: TestWorkspace, body: object) =>
  server.call('POST', `/api/v1${path}`, { key, body });
const make = async (workspace: TestWorkspace, email: string) =>
  (await post('/users', workspace, { email, name: 'The owner', password: THEIRS })).body.id;
/** The address at which an invitation is accepted, which whoever invites is shown. */
async function invite(workspace: TestWorkspace, email: string): Promise<string> {
  const made = await post('/invitations', workspace, { email, name: 'The owner' });
  expect(made.status).toBe(201);
  return new URL(made.body.url).pathname.slice(1);
}
const accept = (url: string, password: string, second?: object) =>
  createBrowser(server)('POST', `/${url}`, { password, ...(second && { second }) });
async function enter(email: string, password: string): Promise<{ browser: TestBrowser; status: number }> {
  const browser = createBrowser(server);
  return { browser, status: (await browser('POST', '/session', { email, password })).status };
}
async function addPasskey(browser: TestBrowser) {
  const key = createAuthenticator();
  const options = (await browser('POST', '/me/passkeys/options')).body;
  expect((await browser('POST', '/me/passkeys', { name: 'Theirs', passkey: key.attest(options) })).status).toBe(201);
  return async () => {
    const visitor = createBrowser(server);
    const asked = (await visitor('POST', '/session/passkey/options')).body;
    await visitor('POST', '/session/passkey', { passkey: key.assert(asked) });
    return visitor;
  };
}
/** Of the letter to the address, which the workspace's sandbox has taken. */
async function linkFor(email: string, workspace: TestWorkspace): Promise<string> {
  await server.call('POST', '/api/v1/password-resets', { body: { email } });
  const read = async () => {
    const url = `/api/v1/sandbox/mail?q=${encodeURIComponent(email)}`;
    const [, token] =
      /\/reset\/(\S+)/.exec((await server.call('GET', url, { key: workspace.key })).body.data[0]?.text) ?? [];
    if (token === undefined) throw new Error(`no letter to ${email}`);
    return `/api/v1/password-resets/${token}`;
  };
  return vi.waitFor(read, { timeout: 60_000 });
}
async function reset(email: string, workspace: TestWorkspace): Promise<void> {
  const url = await linkFor(email, workspace);
  expect((await server.call('POST', url, { body: { password: OWN } })).status).toBe(204);
}

describe('an account that another workspace has made', () => {
  it('is not taken over by who invites its address, for the inviter has the link too', async () => {
    const email = newAddress();
    await make(corp, email);
    const url = await invite(rival, email);
    expect(await accept(url, 'chosen by the second rival')).toMatchObject({
      status: 401,
      body: { code: 'wrong-password' },
    });
    expect((await enter(email, 'chosen by the second rival')).status).toBe(401);
    const { browser, status } = await enter(email, THEIRS);
    expect(status).toBe(204);
    expect((await browser('GET', '/me')).body.workspace.id).toBe(corp.id);
    expect((await accept(url, THEIRS)).status).toBe(204);
    expect((await accept(url, THEIRS)).status).toBe(404);
  });

  it('opens its new workspace to its owner alone, who proves the address by a link of a letter', async () => {
    const email = newAddress();
    const squat = await make(rival, email);
    const theirs = (await enter(email, THEIRS)).browser;
    const url = await invite(corp, email);
    await reset(email, rival);
    expect((await theirs('GET', '/me')).status).toBe(401);
    expect((await accept(url, THEIRS)).status).toBe(401);
    expect((await accept(url, OWN)).status).toBe(204);
    expect((await enter(email, THEIRS)).status).toBe(401);
    const body = { password: 'chosen by the rival again' };
    expect(await server.call('PATCH', `/api/v1/users/${squat}`, { key: rival.key, body })).toMatchObject({
      status: 409,
      body: { code: 'shared-account' },
    });
  });

  it('lets nobody in while a second factor is theirs, whoever has the password', async () => {
    const email = newAddress();
    const squat = await make(rival, email);
    const byPasskey = await addPasskey((await enter(email, THEIRS)).browser);
    const url = await invite(corp, email);
    await reset(email, rival);
    expect(await accept(url, OWN)).toMatchObject({ status: 403, body: { code: 'second-factor' } });
    expect((await accept(url, OWN, { recoveryCode: 'AAAA-AAAA-AAAA' })).status).toBe(422);
    const visitor = await byPasskey();
    expect((await visitor('GET', '/me')).body.workspace.id).toBe(rival.id);
    await server.call('PATCH', `/api/v1/users/${squat}`, { key: rival.key, body: { dismissed: true } });
    expect((await visitor('GET', '/me')).status).toBe(401);
  });

  it('joins with its second factor, once for each code', async () => {
    const email = newAddress();
    await make(rival, email);
    const { browser } = await enter(email, THEIRS);
    const { secret } = (await browser('POST', '/me/totp')).body;
    const codeNow = () => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: server.clock.now().getTime() });
    const { recoveryCodes } = (await browser('POST', '/me/totp/confirm', { code: codeNow() })).body;
    const url = await invite(corp, email);
    expect((await accept(url, THEIRS, { code: codeNow() })).status).toBe(422);
    expect((await accept(url, 'a wrong password!', { recoveryCode: recoveryCodes[0] })).status).toBe(401);
    expect((await accept(url, THEIRS, { recoveryCode: recoveryCodes[0] })).status).toBe(204);
    const sessions = (await browser('GET', '/me/sessions')).body.data;
    expect(sessions).toHaveLength(2);
  });
});

describe('an account that one’s own workspace has made', () => {
  it('is claimed by the issuer’s word, and what its maker had set up opens it no more', async () => {
    const email = newAddress();
    await make(corp, email);
    const theirs = (await enter(email, THEIRS)).browser;
    const byPasskey = await addPasskey(theirs);
    expect((await (await byPasskey())('GET', '/me')).status).toBe(200);
    issuer.says({ sub: email, email, email_verified: true });
    const owner = createBrowser(server);
    expect(await issuer.come(owner)).toBe('/');
    expect((await owner('GET', '/me')).status).toBe(200);
    expect((await (await byPasskey())('GET', '/me')).status).toBe(401);
    expect((await theirs('GET', '/me')).status).toBe(401);
    expect((await enter(email, THEIRS)).status).toBe(401);
  });

  it('stays shut to the issuer’s word about an address that is not verified', async () => {
    const email = newAddress();
    await make(corp, email);
    issuer.says({ sub: email, email, email_verified: false });
    expect(await issuer.come(createBrowser(server))).toBe('/sign-in?problem=oidc-unverified');
    expect((await enter(email, THEIRS)).status).toBe(204);
  });

  it('is not made anew by the issuer for who has left', async () => {
    const email = newAddress();
    const id = (await post('/users', corp, { email, name: 'Left' })).body.id;
    await server.call('PATCH', `/api/v1/users/${id}`, { key: corp.key, body: { dismissed: true } });
    issuer.says({ sub: email, email, email_verified: true });
    expect(await issuer.come(createBrowser(server))).toMatch(/^\/sign-in\?problem=/);
  });
});

describe('a link for a new password', () => {
  it('sets none after another way has set one', async () => {
    const email = newAddress();
    await make(corp, email);
    const { browser } = await enter(email, THEIRS);
    const link = await linkFor(email, corp);
    expect((await browser('POST', '/me/password', { current: THEIRS, password: OWN })).status).toBe(200);
    const taken = { password: 'of who reads the mail' };
    expect((await server.call('POST', link, { body: taken })).status).toBe(404);
    expect((await enter(email, OWN)).status).toBe(204);
  });
});

describe('once claimed', () => {
  it('an account is asked for its own password', async () => {
    const email = newAddress();
    await make(corp, email);
    await reset(email, corp);
    const url = await invite(rival, email);
    expect((await accept(url, 'a password of the thief')).status).toBe(401);
    expect((await accept(url, OWN)).status).toBe(204);
  });
});
