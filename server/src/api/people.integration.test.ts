import { channelKinds } from '@signalbox/automation/signals/channel-kinds.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SIGNALBOX_API_KEY: 'a-key-for-automated-set-up' });
});
afterAll(() => server.close());

const owner = { email: 'Anna@Firm.test', password: 'correct horse battery' };

function cookieOf(headers: Readonly<Record<string, unknown>>): string {
  const set = headers['set-cookie'];
  const all = Array.isArray(set) ? set : [set];
  return all.map((one) => String(one).split(';')[0]).join('; ');
}

async function signIn(credentials: { email: string; password: string }) {
  const answer = await server.call('POST', '/api/v1/session', { body: credentials });
  expect(answer.status).toBe(204);
  return cookieOf(answer.headers);
}

describe('the first account', () => {
  it('is made in the browser, once, with a board, channels and sample deals in its language', async () => {
    expect((await server.call('GET', '/api/v1/setup')).body).toEqual({ needsFirstAccount: true, sandbox: true });
    const body = {
      ...owner,
      name: 'Anna',
      workspaceName: 'Firma',
      timeZone: 'Europe/Warsaw',
      currency: 'PLN',
      language: 'pl',
      sampleData: true,
    };
    expect(
      (await server.call('POST', '/api/v1/setup', { body: { ...body, timeZone: 'Mars/Base' } })).body.errors,
    ).toMatchObject([{ path: 'timeZone' }]);
    const made = await server.call('POST', '/api/v1/setup', { body });
    expect(made).toMatchObject({ status: 201, body: { needsFirstAccount: false, workspaceName: 'Firma' } });
    expect(String(made.headers['set-cookie'])).toMatch(/HttpOnly/i);
    expect(String(made.headers['set-cookie'])).toMatch(/SameSite=Lax/i);
    const headers = { cookie: cookieOf(made.headers) };
    expect((await server.call('GET', '/api/v1/me', { headers })).body).toMatchObject({
      name: 'Anna',
      role: 'admin',
      language: 'pl',
      workspace: { name: 'Firma', currency: 'PLN' },
      unread: 0,
    });
    const board = (await server.call('GET', `/api/v1/board/${encodeURIComponent('Sprzedaż')}`, { headers })).body;
    expect(board.columns.map((column: { count: number }) => column.count)).toEqual([2, 1, 2, 1, 1, 1, 1, 1]);
    expect(board.columns[0].items[0]).toMatchObject({ currency: 'PLN', client: { kind: 'contact' } });
    expect((await server.call('GET', '/api/v1/channels', { headers })).body.data).toHaveLength(channelKinds.length);
    expect(await server.call('POST', '/api/v1/setup', { body })).toMatchObject({
      status: 409,
      body: { code: 'already-set-up' },
    });
    expect(await server.context.databases.system.selectFrom('workspaces').select('id').execute()).toHaveLength(1);
  });
  it('has the API key of the environment', async () => {
    expect((await server.call('GET', '/api/v1/me', { key: 'a-key-for-automated-set-up' })).body).toMatchObject({
      name: 'Anna',
    });
  });
});

describe('sessions', () => {
  it('sign in with any case of the address, sign out', async () => {
    const headers = { cookie: await signIn({ ...owner, email: 'ANNA@firm.test' }) };
    expect((await server.call('GET', '/api/v1/me', { headers })).status).toBe(200);
    expect((await server.call('DELETE', '/api/v1/session', { headers })).status).toBe(204);
    expect((await server.call('GET', '/api/v1/me', { headers })).status).toBe(401);
  });
  it("tell whether the language was chosen by the person or is the workspace's", async () => {
    const headers = { cookie: await signIn(owner) };
    const key = 'a-key-for-automated-set-up';
    const user = { email: 'newcomer@firm.test', name: 'Newcomer', password: 'correct horse battery' };
    expect((await server.call('POST', '/api/v1/users', { key, body: user })).status).toBe(201);
    const own = { cookie: await signIn({ email: user.email, password: user.password }) };
    const me = async () => (await server.call('GET', '/api/v1/me', { headers: own })).body;
    expect(await me()).toMatchObject({ language: 'pl', languageChosen: false });
    await server.call('PATCH', '/api/v1/me', { headers: { ...headers, ...own }, body: { language: 'it' } });
    expect(await me()).toMatchObject({ language: 'it', languageChosen: true });
  });
  it('refuse changes that another site asks for', async () => {
    const cookie = await signIn(owner);
    const change = (more: Record<string, string>) =>
      server.call('PATCH', '/api/v1/me', { headers: { cookie, ...more }, body: { name: 'Anna' } });
    expect((await change({ origin: 'https://evil.test' })).body).toMatchObject({ code: 'cross-site' });
    expect((await change({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await change({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await change({ origin: 'null' })).status).toBe(403);
    expect((await change({ origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(
      (await server.call('POST', '/api/v1/session', { body: owner, headers: { origin: 'https://evil.test' } })).status,
    ).toBe(403);
  });
  it('refuse a cookie whose signature was tampered with', async () => {
    const cookie = await signIn(owner);
    expect(
      (await server.call('GET', '/api/v1/me', { headers: { cookie: `${cookie.slice(0, -4)}AAA%3D` } })).status,
    ).toBe(401);
  });
  it('say that the password is wrong, and after many guesses to wait', async () => {
    const guess = () => server.call('POST', '/api/v1/session', { body: { ...owner, password: 'wrong password' } });
    expect(await guess()).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
    const nobody = await server.call('POST', '/api/v1/session', {
      body: { email: 'nobody@firm.test', password: 'wrong password' },
    });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
    for (let n = 0; n < 7; n += 1) await guess();
    expect(await guess()).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    server.clock.advance(6 * 60_000);
    await signIn(owner);
  });
});

describe('colleagues', () => {
  it('are invited by an address that works once', async () => {
    const headers = { cookie: await signIn(owner) };
    const invited = await server.call('POST', '/api/v1/invitations', {
      headers,
      body: { email: 'bob@firm.test', name: 'Bob' },
    });
    expect(invited).toMatchObject({
      status: 201,
      body: { url: expect.stringMatching(/^http:\/\/localhost\/invitations\/.{40,}$/) },
    });
    const url = `/api/v1/invitations/${invited.body.url.split('/').at(-1)}`;
    expect((await server.call('GET', url)).body).toEqual({
      email: 'bob@firm.test',
      name: 'Bob',
      workspaceName: 'Firma',
    });
    expect((await server.call('POST', url, { body: { password: 'short' } })).status).toBe(422);
    expect((await server.call('POST', url, { body: { password: 'bobs password' } })).status).toBe(204);
    expect((await server.call('GET', url)).status).toBe(404);
    expect((await server.call('GET', '/api/v1/invitations/forged')).status).toBe(404);
    const own = { cookie: await signIn({ email: 'bob@firm.test', password: 'bobs password' }) };
    expect(
      (await server.call('POST', '/api/v1/invitations', { headers: own, body: { email: 'x@firm.test', name: 'X' } }))
        .status,
    ).toBe(403);
  });
  it.each([
    ['josé@firm.test', 'account-email'],
    ['łucja@firm.test', 'account-email'],
    ['ada@почта.рф', 'account-email'],
    ['ada', 'invalid-email'],
  ])('have an address by which they can sign in: %s is refused at its field (%s)', async (email, code) => {
    const headers = { cookie: await signIn(owner) };
    const { status, body } = await server.call('POST', '/api/v1/users', { headers, body: { email, name: 'Ada' } });
    expect({ status, errors: body.errors }).toMatchObject({ status: 422, errors: [{ path: 'email', code }] });

    // A domain of other letters is kept in punycode, and any address may be a further one.
    const ada = { email: `ada.${code}.${email.length}@müller.test`, name: 'Ada' };
    const made = await server.call('POST', '/api/v1/users', { headers, body: ada });
    expect(made).toMatchObject({ status: 201, body: { email: ada.email.replace('müller', 'xn--mller-kva') } });
    const further = { addresses: [`${made.body.id}.josé@firm.test`] };
    expect((await server.call('PATCH', `/api/v1/users/${made.body.id}`, { headers, body: further })).status).toBe(200);
  });

  it('cannot sign in, nor use their keys, once dismissed', async () => {
    const headers = { cookie: await signIn(owner) };
    const password = 'carols password';
    const carol = (
      await server.call('POST', '/api/v1/users', {
        headers,
        body: { email: 'carol@firm.test', name: 'Carol', password },
      })
    ).body;
    const { key } = (await server.call('POST', `/api/v1/users/${carol.id}/keys`, { headers, body: {} })).body;
    const session = { cookie: await signIn({ email: 'carol@firm.test', password }) };
    expect((await server.call('GET', '/api/v1/me', { key })).status).toBe(200);
    const dismissed = await server.call('PATCH', `/api/v1/users/${carol.id}`, { headers, body: { dismissed: true } });
    expect(dismissed.body).toMatchObject({ active: false, dismissedAt: expect.any(String) });
    expect((await server.call('GET', '/api/v1/me', { key })).status).toBe(401);
    expect((await server.call('GET', '/api/v1/me', { headers: session })).status).toBe(401);
    expect(
      (await server.call('POST', '/api/v1/session', { body: { email: 'carol@firm.test', password } })).status,
    ).toBe(403);
    const deal = { type: 'deal', title: 'x', responsible: 'carol@firm.test' };
    expect((await server.call('POST', '/api/v1/items', { headers, body: deal })).body.errors).toMatchObject([
      { path: 'responsible', code: 'dismissed' },
    ]);
  });
  it('keep one administrator', async () => {
    const headers = { cookie: await signIn(owner) };
    const { id } = (await server.call('GET', '/api/v1/me', { headers })).body;
    expect(await server.call('PATCH', `/api/v1/users/${id}`, { headers, body: { role: 'employee' } })).toMatchObject({
      status: 409,
      body: { code: 'last-admin' },
    });
  });
  it('see a key once; a revoked one stops at once', async () => {
    const headers = { cookie: await signIn(owner) };
    const { id } = (await server.call('GET', '/api/v1/me', { headers })).body;
    const made = (await server.call('POST', `/api/v1/users/${id}/keys`, { headers, body: { name: 'Shop' } })).body;
    const listed = (await server.call('GET', `/api/v1/users/${id}/keys`, { headers })).body.data;
    expect(JSON.stringify(listed)).not.toContain(made.key);
    expect(listed.at(-1)).toMatchObject({ name: 'Shop', kind: 'api', hint: `…${made.key.slice(-4)}` });
    expect((await server.call('GET', '/api/v1/me', { key: made.key })).status).toBe(200);
    expect((await server.call('DELETE', `/api/v1/users/${id}/keys/${made.id}`, { headers })).status).toBe(204);
    expect((await server.call('GET', '/api/v1/me', { key: made.key })).status).toBe(401);
    const hook = await server.call('POST', `/api/v1/users/${id}/keys`, { headers, body: { kind: 'webhook' } });
    expect(hook.body.url).toBe(`http://localhost/rest/${id}/${hook.body.key}/`);
  });
});

describe('further addresses, by which mail of ours is known', () => {
  const headers = { authorization: 'Bearer a-key-for-automated-set-up' };
  const patch = (url: string, addresses: readonly string[]) =>
    server.call('PATCH', url, { headers, body: { addresses } });

  it('are given by the person and by whoever manages people, and stand in the audit log', async () => {
    expect(await patch('/api/v1/me', ['Anna@Home.test'])).toMatchObject({
      status: 200,
      body: { addresses: ['anna@home.test'] },
    });
    const body = { email: 'bea@firm.test', name: 'Bea' };
    const { id } = (await server.call('POST', '/api/v1/users', { headers, body })).body;
    expect((await patch(`/api/v1/users/${id}`, ['bea@home.test'])).body.addresses).toEqual(['bea@home.test']);
    const { data } = (await server.call('GET', '/api/v1/audit?limit=2', { headers })).body;
    expect(data).toMatchObject([{ kind: 'person-changed' }, {}]);
  });

  it.each([
    ["a colleague's", ['x@home.test', 'BEA@firm.test'], 'addresses[1]', 'address-of-other'],
    ["a colleague's further one", ['bea@home.test'], 'addresses[0]', 'address-of-other'],
    ["a mailbox's", ['sales@sandbox.test'], 'addresses[0]', 'address-of-other'],
    ['what is none', ['home'], 'addresses[0]', 'invalid-email'],
  ])('are not %s', async (_, addresses, path, code) => {
    const { status, body } = await patch('/api/v1/me', addresses);
    expect({ status, errors: body.errors }).toMatchObject({ status: 422, errors: [{ path, code }] });
  });
});
