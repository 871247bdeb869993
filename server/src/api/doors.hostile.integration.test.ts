import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRoutes } from '../compose/routes.ts';
import { inWorkspace } from '../platform/db.ts';
import { createRecorder } from '../signals/recorder.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let deal: number;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace();
  deal = (await post('/api/v1/items', { type: 'deal', title: 'Bread' })).body.id;
});
afterAll(() => server.close());

const json = { 'content-type': 'application/json' };
const post = (url: string, body: unknown, headers: Record<string, string> = json) =>
  server.call('POST', url, { key: firm.key, body, headers });
const get = (url: string) => server.call('GET', url, { key: firm.key });
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const countItems = async () => {
  const { rows } = await inWorkspace(server.context.databases.app, firm.id, (tx) =>
    sql<{ n: number }>`select (select count(*) from items) + (select count(*) from signals) as n`.execute(tx),
  );
  return rows[0]?.n;
};

describe('a body', () => {
  const item = (rest: string) => `{"type":"deal","title":"x",${rest}}`;

  it.each([
    ['nested 100,000 deep', item(`"fields":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 400, 'too-deep'],
    ['nested 101 deep', item(`"fields":${'{"a":'.repeat(101)}1${'}'.repeat(101)}`), 400, 'too-deep'],
    ['with a prototype', item('"__proto__":{"role":"admin"}'), 400, 'broken-json'],
    ['with a constructor', item('"constructor":{"prototype":{"role":"admin"}}'), 400, 'broken-json'],
    ['with NUL', item('"stage":"a\\u0000"'), 400, 'broken-text'],
    ['with half a pair', item('"stage":"\\ud800"'), 400, 'broken-text'],
    ['that stops', '{"type":"deal",', 400, 'broken-json'],
    ['of nothing', '', 422, 'invalid'],
    ['that is a list', '[]', 422, 'invalid'],
    ['with a number beyond all', item('"amount":1e999'), 422, 'invalid'],
    ['with an id beyond exactness', item('"contact":9007199254740993'), 422, 'invalid'],
    ['with a negative id', item('"contact":-1'), 422, 'invalid'],
    ['with a title of 5,000 letters', `{"type":"deal","title":"${'x'.repeat(5_000)}"}`, 422, 'invalid'],
    ['larger than 1 MiB', item(`"stage":"${'x'.repeat(1_100_000)}"`), 413, 'too_large'],
  ])('%s is refused, and nothing is written', async (_, body, status, code) => {
    const before = await countItems();

    const answer = await post('/api/v1/items', body);

    expect(answer).toMatchObject({ status, body: { code, detail: expect.any(String) } });
    if (status === 422)
      expect(answer.body.errors[0]).toMatchObject({ path: expect.any(String), message: expect.any(String) });
    expect(await countItems()).toBe(before);
  });

  it('of bytes that are no text, or of another type, is refused', async () => {
    const bytes = await server.app.inject({
      ...{ method: 'POST', url: '/api/v1/items', payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) },
      headers: { ...json, authorization: `Bearer ${firm.key}` },
    });
    expect(bytes.statusCode).toBe(400);
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'x']) {
      expect((await post('/api/v1/items', 'a=b', { 'content-type': type })).status, type).toBe(415);
    }
  });

  it('nested as deep as it may be is read', async () => {
    const body = { preferences: { a: JSON.parse('['.repeat(90) + ']'.repeat(90)) } };
    const { status } = await server.call('PATCH', '/api/v1/me', { key: firm.key, body });
    expect(status).toBe(200);
  });
});

describe('an address', () => {
  it.each([
    ['/api/v1/items/%ff', 400, 'broken-url'],
    ['/api/v1/items/%', 400, 'broken-url'],
    [`/api/v1/items/${'x'.repeat(2_000)}`, 414, 'too-long'],
    ['/api/v1/items/1e3', 404, 'not_found'],
    ['/api/v1/items/%00', 404, 'not_found'],
    ['/api/v1/automation/deal/%00', 404, 'not_found'],
    ['/api/v1/items?q=%00', 400, 'invalid'],
    ['/api/v1/items?stage=%00', 400, 'invalid'],
    ['/api/v1/items?limit=1&limit=2', 400, 'invalid'],
    ['/api/v1/items?limit=NaN', 400, 'invalid'],
    ['/api/v1/items?limit=100000', 400, 'invalid'],
    ['/api/v1/items?constructor=1', 400, 'invalid'],
    ['/api/v1/items?responsible=99999999999999999999', 422, 'invalid'],
    ['/api/v1/items?pipeline=99999999999999999999', 422, 'invalid'],
    ['/api/v1/items?cursor=x', 400, 'cursor'],
    [`/api/v1/items?cursor=${cursor(['x'])}`, 400, 'cursor'],
    [`/api/v1/items?cursor=${cursor([1e300])}`, 400, 'cursor'],
    [`/api/v1/items?cursor=${cursor({ length: 1 })}`, 400, 'cursor'],
    ['/api/v1/items?filter=%7B', 400, 'invalid'],
    [`/api/v1/items?filter=${encodeURIComponent('{"field":"__proto__.x","is":"equals","value":1}')}`, 400, 'invalid'],
    [
      `/api/v1/items?filter=${encodeURIComponent('{"field":"title","is":"equals","value":{"toString":1}}')}`,
      400,
      'invalid',
    ],
    [
      `/api/v1/items?filter=${encodeURIComponent('{"field":"createdAt","is":"within last","value":"99999999 days"}')}`,
      400,
      'invalid',
    ],
    ['/api/v1/nothing/etc/passwd', 404, 'no-such-route'],
    ['/assets/..%5c..%5cpackage.json', 404, 'no-such-route'],
  ])('%s is refused in so many words', async (url, status, code) => {
    const answer = await get(url);

    expect(answer).toMatchObject({ status, body: { code, detail: expect.any(String) } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (code === 'invalid') expect(answer.body.errors[0].path).not.toBe('');
  });

  it('with a forged cursor of the right form shows no more than it may', async () => {
    const far = await get(`/api/v1/items?cursor=${cursor([Number.MAX_SAFE_INTEGER])}`);
    expect(far.body.data.map(({ id }: { id: number }) => id)).toEqual([deal]);
    expect((await get(`/api/v1/items?cursor=${cursor([-1])}`)).body.data).toEqual([]);
  });
});

describe('a signal', () => {
  const hook = { kind: 'webhook.called', payload: { code: 'go' } };

  it.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-14:00',
    'yesterday',
    '2026-02-30T00:00:00Z',
  ])('that happened at %s is refused', async (occurredAt) => {
    const answer = await post('/api/v1/signals', { ...hook, item: deal, occurredAt });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'occurredAt' }] } });
  });

  it('under a key that is empty or too long is refused; one that fits is answered once', async () => {
    const body = { ...hook, item: deal };
    for (const key of ['', 'x'.repeat(256), 'x'.repeat(9_000)]) {
      const answer = await post('/api/v1/signals', body, { ...json, 'idempotency-key': key });
      expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency-key' } });
    }
    const again = () => post('/api/v1/signals', body, { ...json, 'idempotency-key': 'x'.repeat(255) });
    const first = await again();
    expect(first.status).toBe(202);
    expect((await again()).body).toEqual(first.body);
  });
});

describe('the compatible REST', () => {
  const url = () => `/rest/${firm.adminId}/${firm.key}/crm.automation.trigger`;
  const part = (name: string, value: string, file = '') =>
    `--q\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  const form = (body: string, type = 'multipart/form-data; boundary=q') =>
    server.call('POST', url(), { body, headers: { 'content-type': type } });
  const whole = () => `${part('target', `DEAL_${deal}`)}${part('code', 'go')}`;

  it('takes a form with files', async () => {
    const files = part('file', 'hello', '; filename="a.txt"').repeat(50);
    expect(await form(`${whole()}${files}--q--\r\n`)).toMatchObject({ status: 200, body: { result: true } });
  });

  const broken: readonly [string, () => string, number, string?][] = [
    ['that stops', () => whole(), 400],
    ['without boundary', () => 'x', 400, 'multipart/form-data'],
    ['of bytes', () => '\0'.repeat(1_000), 400],
    ['with thousands of parts', () => `${part('a', 'b').repeat(5_000)}--q--\r\n`, 413],
    ['with thousands of files', () => `${part('a', 'b', '; filename="a"').repeat(5_000)}--q--\r\n`, 413],
    ['with a field that would be cut', () => `${part('code', 'x'.repeat(3_000_000))}--q--\r\n`, 413],
    ['with a prototype', () => `${part('__proto__', 'x')}${whole()}--q--\r\n`, 400],
  ];
  it.each(broken)('refuses a form %s, and records nothing', async (_, body, status, type = undefined) => {
    const before = await countItems();
    expect(await form(body(), type)).toMatchObject({ status, body: { error: 'INVALID_REQUEST' } });
    expect(await countItems()).toBe(before);
  });

  it('keeps lists and prototypes in the query what they are', async () => {
    const { status } = await server.call('GET', `${url()}?target[]=DEAL_${deal}&code=go`);
    expect(status).toBe(400);
    const odd = `target=DEAL_${deal}&code=go&__proto__[a]=1&d[__proto__][x]=1&d${'[a]'.repeat(500)}=1&n[999999999]=1`;
    expect((await server.call('GET', `${url()}?${odd}`)).status).toBe(200);
    expect('a' in {} || 'x' in {}).toBe(false);
  });

  it.each([
    ['batch?cmd[a]=profile', 'ERROR_BATCH_METHOD_NOT_ALLOWED'],
    ['BATCH?cmd[a]=profile', 'ERROR_BATCH_METHOD_NOT_ALLOWED'],
    ['__proto__', 'ERROR_METHOD_NOT_FOUND'],
    ['constructor', 'ERROR_METHOD_NOT_FOUND'],
  ])('refuses %s inside a batch', async (command, error) => {
    const { body } = await server.call('POST', `/rest/${firm.adminId}/${firm.key}/batch`, {
      ...{ headers: json, body: { cmd: { a: command, b: 'server.time?x=$result[a][__proto__][x]' } } },
    });
    expect(body.result.result_error.a.error).toBe(error);
    expect(body.result.result.b).toEqual(expect.any(String));
  });
});
