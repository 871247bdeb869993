import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { createBrowser } from '../second-factor/testing-browser.ts';
import { locationOf, startIssuer, type TestIssuer } from './testing-issuer.ts';

const olga = { email: 'olga@firm.test', password: 'correct horse battery' };
const pat = { email: 'pat@firm.test', password: 'another horse battery' };
const ofOlga = { sub: 'olga', email: olga.email, email_verified: true };

let issuer: TestIssuer;
let server: TestServer;
let firm: TestWorkspace;

beforeAll(async () => {
  issuer = await startIssuer();
  server = await startTestServer({ ...issuer.environment, OIDC_DOMAINS: 'firm.test' });
  firm = await server.addWorkspace();
  await server.call('POST', '/api/v1/users', { key: firm.key, body: { ...olga, name: 'Olga' } });
  await server.call('POST', '/api/v1/users', { key: firm.key, body: { ...pat, name: 'Pat' } });
});
afterAll(async () => {
  await issuer.stop();
  await server.close();
});
beforeEach(() => issuer.says(ofOlga));

describe('signing in at the issuer', () => {
  it('lets in whose verified address is known, by a browser that left from here', async () => {
    expect((await server.call('GET', '/api/v1/setup')).body).toMatchObject({ oidc: { name: 'Firm ID', isUp: true } });
    const browser = createBrowser(server);
    expect(await issuer.come(browser, '?next=/clients/contact')).toBe('/clients/contact');
    expect((await browser('GET', '/me')).body).toMatchObject({ email: olga.email });
    const tied = await server.call('GET', '/api/v1/audit?kind=identity-tied', { key: firm.key });
    expect(tied.body.data).toMatchObject([{ params: { provider: 'Firm ID' } }]);
    expect((await browser('GET', '/audit.csv')).status).toBe(403);
  });

  it.each([
    ['unverified', { email_verified: false, sub: 'other' }, 'oidc-unverified'],
    ['without an address', { email: undefined, sub: 'other' }, 'oidc-unverified'],
    ['of nobody here', { email: 'x@elsewhere.test', sub: 'other' }, 'oidc-nobody'],
    ['of somebody whom the issuer knows by another name already', { sub: 'another olga' }, 'oidc-other'],
    ['for another client', { aud: 'somebody else' }, 'oidc-failed'],
    ['of another issuer', { iss: 'https://evil.test' }, 'oidc-failed'],
    ['for another browser, by its nonce', { nonce: 'made up' }, 'oidc-failed'],
    ['of long ago', { exp: 1_000 }, 'oidc-failed'],
  ])('keeps out one %s', async (_, wrong, problem) => {
    issuer.says({ ...ofOlga, ...wrong });
    const browser = createBrowser(server);
    expect(await issuer.come(browser)).toBe(`/sign-in?problem=${problem}`);
    expect((await browser('GET', '/me')).status).toBe(401);
  });

  it('takes an answer once, and from the browser that asked alone, with the state that it was given', async () => {
    const browser = createBrowser(server);
    const answer = await issuer.visit(browser);
    const cookie = browser.cookie();
    const refused = '/sign-in?problem=oidc-failed';
    expect(locationOf(await createBrowser(server)('GET', answer))).toBe(refused);
    const forged = answer.replace(/state=[^&]+/, 'state=forged');
    expect(locationOf(await server.call('GET', forged, { headers: { cookie } }))).toBe(refused);
    const second = createBrowser(server);
    const fresh = await issuer.visit(second);
    const kept = second.cookie();
    expect(locationOf(await second('GET', fresh))).toBe('/');
    expect(locationOf(await server.call('GET', fresh, { headers: { cookie: kept } }))).toBe(refused);
  });

  it.each(['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)'])(
    'leads to no page of others: %s',
    async (next) => {
      expect(await issuer.come(createBrowser(server), `?next=${encodeURIComponent(next)}`)).toBe('/');
    },
  );

  it('makes an account for an address of the domains that the setting names', async () => {
    issuer.says({ ...ofOlga, sub: 'new', email: 'newcomer@firm.test', name: 'Nina' });
    const browser = createBrowser(server);
    expect(await issuer.come(browser)).toBe('/');
    expect((await browser('GET', '/me')).body).toMatchObject({
      name: 'Nina',
      role: 'employee',
      workspace: { id: firm.id },
    });
    expect((await browser('POST', '/session', { email: 'newcomer@firm.test', password: '' })).status).toBe(422);
  });

  it('says that the issuer is down, and passwords go on', async () => {
    const env = { ...issuer.environment, OIDC_NAME: 'SSO', OIDC_ISSUER: 'http://127.0.0.1:9' };
    const lonely = await startTestServer(env, [], server.context.databases);
    expect((await lonely.call('GET', '/api/v1/setup')).body).toMatchObject({ oidc: { name: 'SSO', isUp: false } });
    expect(locationOf(await lonely.call('GET', '/api/v1/session/oidc'))).toBe('/sign-in?problem=oidc-down');
    expect((await lonely.call('POST', '/api/v1/session', { body: pat })).status).toBe(204);
    await lonely.app.close();
  });
});
