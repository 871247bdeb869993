import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { inSystem } from '../../platform/db.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { createBrowser } from '../second-factor/testing-browser.ts';

const PASSWORD = 'correct horse battery';
const NEW = 'a wholly new password';
const HOUR_MS = 3_600_000;

let server: TestServer;
let firm: TestWorkspace;
let people = 0;

beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL: 'http://crm.localhost' }, (context, all) =>
    makeRoutes(context, { people: all, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace();
});
afterAll(() => server.close());

async function person() {
  people += 1;
  const email = `forgets-${people}@firm.test`;
  const body = { email, name: 'Flora', password: PASSWORD };
  const { id } = (await server.call('POST', '/api/v1/users', { key: firm.key, body })).body;
  return { email, id };
}
const ask = (email: string, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/v1/password-resets', { body: { email }, headers });
const lettersTo = async (email: string): Promise<{ id: number; subject: string; text: string }[]> => {
  const { data } = (await server.call('GET', `/api/v1/sandbox/mail?q=${encodeURIComponent(email)}`, { key: firm.key }))
    .body;
  return data;
};
async function tokenFor(email: string, count = 1): Promise<string> {
  await expect.poll(async () => (await lettersTo(email)).length).toBeGreaterThanOrEqual(count);
  const [, token = ''] = /\/reset\/(\S+)/.exec((await lettersTo(email))[0]?.text ?? '') ?? [];
  return token;
}
const choose = (token: string, password = NEW) =>
  server.call('POST', `/api/v1/password-resets/${token}`, { body: { password } });
const log = async (kind: string) =>
  (await server.call('GET', `/api/v1/audit?kind=${kind}`, { key: firm.key })).body.data;

describe('a forgotten password', () => {
  it('is chosen anew by a link to the address, once, which ends all sessions and is told', async () => {
    const { email, id } = await person();
    const browser = createBrowser(server);
    await browser('POST', '/session', { email, password: PASSWORD });
    expect(await ask(email.toUpperCase())).toMatchObject({ status: 202, body: '' });
    const token = await tokenFor(email);
    expect((await server.call('GET', `/api/v1/password-resets/${token}`)).body).toEqual({ email });
    expect((await choose(token, 'short')).status).toBe(422);
    expect((await choose(token, 'qwertyuiop123')).status).toBe(422);
    const both = await Promise.all([choose(token), choose(token, 'another long password')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    const right = both[0].status === 204 ? NEW : 'another long password';
    expect(both.find(({ status }) => status === 204)?.headers).not.toHaveProperty('set-cookie');
    expect((await server.call('GET', `/api/v1/password-resets/${token}`)).status).toBe(404);
    expect((await browser('GET', '/me')).status).toBe(401);
    const signIn = (password: string) => browser('POST', '/session', { email, password });
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn(right)).status).toBe(204);
    expect((await browser('GET', '/notifications')).body.data[0].text).toContain('reset by a link');
    await expect.poll(async () => (await lettersTo(email))[0]?.subject).toBe('Your password was changed');
    expect((await log('password-reset'))[0]).toMatchObject({ on: { id: String(id) }, by: { person: null } });
    expect((await log('reset-asked'))[0]).toMatchObject({ on: { id: String(id) } });
  });

  it('asks for the second factor as before', async () => {
    const { email } = await person();
    const browser = createBrowser(server);
    await browser('POST', '/session', { email, password: PASSWORD });
    const { createAuthenticator } = await import('../second-factor/testing-authenticator.ts');
    const key = createAuthenticator('http://crm.localhost', 'crm.localhost');
    const options = (await browser('POST', '/me/passkeys/options')).body;
    expect((await browser('POST', '/me/passkeys', { name: 'x', passkey: key.attest(options) })).status).toBe(201);
    await ask(email);
    expect((await choose(await tokenFor(email))).status).toBe(204);
    expect((await browser('POST', '/session', { email, password: NEW })).body).toEqual({ owes: 'second-factor' });
  });

  it('has a link for an hour, and of a wrong one none', async () => {
    const { email } = await person();
    await ask(email);
    const token = await tokenFor(email);
    expect((await choose(`${token.slice(0, -1)}x`)).status).toBe(404);
    server.clock.advance(HOUR_MS + 1_000);
    expect((await choose(token)).status).toBe(404);
  });

  it('is answered alike whether somebody has the address, and nothing is sent to who has none or has left', async () => {
    const { email, id } = await person();
    await server.call('PATCH', `/api/v1/users/${id}`, { key: firm.key, body: { dismissed: true } });
    const invited = await firm.addPerson('only-invited@firm.test');
    expect(invited.id).toBeGreaterThan(0);
    const answers = await Promise.all(['nobody@firm.test', email, 'only-invited@firm.test'].map((one) => ask(one)));
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 202, body: '' });
    const known = await person();
    await ask(known.email);
    await tokenFor(known.email);
    for (const one of ['nobody@firm.test', email, 'only-invited@firm.test']) expect(await lettersTo(one)).toEqual([]);
  });

  it('leads to our own address, whatever Host or forwarded host the request claims, and is not asked for by other sites', async () => {
    const { email } = await person();
    const forged = { host: 'crm.localhost', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' };
    expect((await ask(email, forged)).status).toBe(202);
    await tokenFor(email);
    const [letter] = await lettersTo(email);
    expect(letter?.text).toContain('http://crm.localhost/reset/');
    expect(letter?.text).not.toContain('evil');
    expect((await ask(email, { host: 'evil.test' })).status).toBe(421);
    expect((await ask(email, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await lettersTo(email)).toHaveLength(1);
  });

  it('is read in the sandbox by administrators alone, and by no key that only reads', async () => {
    const { email } = await person();
    const colleague = await firm.addPerson(`curious-${people}@firm.test`);
    const made = { key: firm.key, body: { name: 'Reads', scope: 'read' } };
    const reader = (await server.call('POST', `/api/v1/users/${firm.adminId}/keys`, made)).body;
    await ask(email);
    await tokenFor(email);
    for (const { key } of [colleague, reader]) {
      const { status, body } = await server.call('GET', '/api/v1/sandbox/mail', { key });
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('/reset/');
    }
    const [kept] = await lettersTo(email);
    const open = (key: string) => server.call('POST', `/api/v1/sandbox/mail/${kept?.id}/open`, { key, body: {} });
    expect((await open(colleague.key)).status).toBe(404);
    expect((await open(firm.key)).status).toBe(422);
  });

  it('stays in no sandbox when the account works elsewhere too', async () => {
    const { email, id } = await person();
    const elsewhere = await (await server.addWorkspace()).addPerson(email);
    await inSystem(server.context.databases.system, (tx) =>
      tx
        .updateTable('employees')
        .set((to) => ({
          account_id: to.selectFrom('employees as e').select('e.account_id').where('e.id', '=', id),
        }))
        .where('id', '=', elsewhere.id)
        .execute(),
    );
    expect((await ask(email)).status).toBe(202);
    const alone = await person();
    await ask(alone.email);
    await tokenFor(alone.email);
    expect(await lettersTo(email)).toEqual([]);
  });

  it('gets three links an hour an account, and a network twenty', async () => {
    const { email } = await person();
    server.clock.advance(2 * HOUR_MS);
    for (let time = 0; time < 5; time += 1) expect((await ask(email)).status).toBe(202);
    const last = await person();
    await ask(last.email);
    await tokenFor(last.email);
    expect(await lettersTo(email)).toHaveLength(3);
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const statuses = [];
    for (let time = 0; time < 22; time += 1) statuses.push((await ask(`nobody-${time}@firm.test`, from)).status);
    expect(statuses).toEqual([...Array(20).fill(202), 429, 429]);
    expect((await ask('nobody@firm.test')).status).toBe(202);
  });

  it('is offered where mail can be sent, and else not', async () => {
    expect((await server.call('GET', '/api/v1/setup')).body).toMatchObject({ resets: true });
    const silent = await startTestServer({ SANDBOX: 'off' }, [], server.context.databases);
    expect((await silent.call('GET', '/api/v1/setup')).body).not.toHaveProperty('resets');
    await silent.app.close();
  });
});
