import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { inWorkspace } from '../platform/db.ts';
import { listRuleSecrets } from './kept/rule-secrets.store.ts';
import { sealRuleSecretsAgain, unsealRuleSecret } from './secrets/rule-vault.ts';
import { secretRoutes } from './secrets.routes.ts';

let server: TestServer;
let firm: TestWorkspace;
let other: TestWorkspace;
let employee: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer({}, (context) => secretRoutes(context));
  firm = await server.addWorkspace();
  other = await server.addWorkspace('Other');
  employee = await firm.addPerson('bob@firm.test');
});
afterAll(() => server.close());

const stages = [{ code: 'NEW', name: 'New', kind: 'open' }];
const SIGNING = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const HEADER = 'Bearer hush-hush-of-the-warehouse';
let boards = 0;
function boardOf(settings: object) {
  boards += 1;
  const name = `Board ${boards}`;
  const rule = {
    id: 'hook',
    do: 'outside/webhook',
    stage: 'NEW',
    settings: { url: 'https://erp.test/in', ...settings },
  };
  return {
    url: `/api/v1/automation/deal/${encodeURIComponent(name)}`,
    file: { type: 'deal', pipeline: name, stages, rules: [rule] },
  };
}
const plain = { signingSecret: SIGNING, headers: [{ name: 'Authorization', value: HEADER, secret: true }] };
const put = (url: string, file: object, key = firm.key) => server.call('PUT', url, { key, body: { ...file } });
const textOf = (answer: unknown) => JSON.stringify(answer);

describe('secrets of rules', () => {
  it('in plain words in a file are kept apart, and stand in no answer, version, comparison or record', async () => {
    const { url, file } = boardOf(plain);
    const saved = await put(url, file);
    expect(saved.status, textOf(saved.body)).toBe(200);
    const [{ settings }] = saved.body.rules;
    expect([settings.signingSecret, settings.headers[0].value]).toEqual([
      ...[expect.stringMatching(/^kept:/), expect.stringMatching(/^kept:/)],
    ]);
    const read = await server.call('GET', url, { key: firm.key });
    const changed = await put(url, { ...read.body, rules: [{ ...read.body.rules[0], name: 'Tell the warehouse' }] });
    const all = [
      ...[saved, read, changed, await server.call('GET', `${url}/versions`, { key: firm.key })],
      await server.call('GET', '/api/v1/audit', { key: firm.key }),
    ];
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    for (const answer of all) {
      expect(textOf(answer)).not.toContain('hush-hush');
      expect(textOf(answer)).not.toContain(SIGNING.slice(6));
    }
  });

  it('export and apply of the result is a no-op', async () => {
    const { url, file } = boardOf(plain);
    await put(url, file);
    const read = await server.call('GET', url, { key: firm.key });
    expect((await put(url, read.body)).body.version).toBe(read.body.version);
  });

  it('given by the form belong to the address with which the board is saved, and go nowhere else', async () => {
    const made = await server.call('POST', '/api/v1/automation/secrets', { key: firm.key, body: { secret: HEADER } });
    expect([made.status, made.body]).toEqual([201, { kept: expect.stringMatching(/^kept:[\w-]{22}$/) }]);
    const headers = [{ name: 'Authorization', value: made.body.kept, secret: true }];
    const { url, file } = boardOf({ headers });
    expect((await put(url, file)).status).toBe(200);
    const same = boardOf({ headers, url: 'https://ERP.test:443/elsewhere/{{ item.id }}' });
    expect((await put(same.url, same.file)).status).toBe(200);
    for (const elsewhere of ['https://thief.test/in', 'http://erp.test/in', 'https://erp.test:8443/in']) {
      const moved = boardOf({ headers, url: elsewhere });
      expect((await put(moved.url, moved.file)).body).toMatchObject({
        errors: [
          {
            path: 'rules[0].settings.headers[0].value',
            code: 'secret-elsewhere',
            params: { origin: 'https://erp.test' },
          },
        ],
      });
    }
  });

  it('are not there in another workspace, nor when they are made up', async () => {
    const { url, file } = boardOf(plain);
    const saved = await put(url, file);
    const there = boardOf(saved.body.rules[0].settings);
    expect((await put(there.url, there.file, other.key)).body.errors).toMatchObject([
      { path: 'rules[0].settings.headers[0].value', code: 'secret-gone' },
      { path: 'rules[0].settings.signingSecret', code: 'secret-gone' },
    ]);
    const madeUp = boardOf({ signingSecret: 'kept:AAAAAAAAAAAAAAAAAAAAAA' });
    expect((await put(madeUp.url, madeUp.file)).body.errors).toMatchObject([{ code: 'secret-gone' }]);
  });

  it('are refused when they are too weak to sign with, without being said', async () => {
    const { url, file } = boardOf({ signingSecret: 'whsec_c2hvcnQtb25l' });
    const { status, body } = await put(url, file);
    expect([status, body.errors]).toMatchObject([
      422,
      [{ path: 'rules[0].settings.signingSecret', code: 'signing-secret' }],
    ]);
    expect(textOf(body)).not.toContain('c2hvcnQtb25l');
  });

  it('a check keeps nothing', async () => {
    const { url, file } = boardOf(plain);
    const count = async () =>
      (
        await inWorkspace(server.context.databases.app, firm.id, (tx) =>
          tx.selectFrom('rule_secrets').select('token').execute(),
        )
      ).length;
    const before = await count();
    expect((await server.call('PUT', `${url}?dryRun=1`, { key: firm.key, body: file })).status).toBe(200);
    expect((await server.call('POST', '/api/v1/automation/check', { key: firm.key, body: { file } })).body).toEqual({
      errors: [],
      warnings: [],
    });
    expect(await count()).toBe(before);
  });

  it('are for those who edit automation', async () => {
    const ask = (key?: string) =>
      server.call('POST', '/api/v1/automation/secrets', {
        ...(key !== undefined && { key }),
        body: { secret: HEADER },
      });
    expect([(await ask(employee.key)).status, (await ask()).status]).toEqual([403, 401]);
  });

  it('are sealed anew with the newest key', async () => {
    const made = await server.call('POST', '/api/v1/automation/secrets', { key: firm.key, body: { secret: HEADER } });
    const read = () =>
      inWorkspace(server.context.databases.app, firm.id, async (tx) =>
        (await listRuleSecrets(tx, [made.body.kept])).get(made.body.kept),
      );
    expect(await sealRuleSecretsAgain(server.context)).toBe(0);
    const kept = await read();
    expect(kept?.sealed).not.toContain('hush-hush');
    expect(kept && unsealRuleSecret(server.context.config, firm.id, kept)).toBe(HEADER);
    expect(() => kept && unsealRuleSecret(server.context.config, other.id, kept)).toThrow();
  });
});
