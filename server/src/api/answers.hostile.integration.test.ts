import net from 'node:net';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePeople } from './make-people.ts';
import { createServer } from './server.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let port = 0;
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => server.close());

/** Answers of every kind there is: JSON, a problem, a table, a page, a script, a text, the other interface, nothing. */
const everyKind = [
  ...['/api/v1/me', '/api/v1/nothing', '/api/v1/contacts.csv', '/api/docs', '/api/docs/page.js', '/api/openapi.json'],
  ...['/healthz', '/metrics', '/rest/1/x/profile', '/t/o/forged.gif', '/t/c/forged', '/', '/welcome', '/%zz'],
];

describe('every answer', () => {
  it.each(everyKind)('tells browsers to guess, frame and keep nothing: %s', async (url) => {
    const { headers } = await server.call('GET', url, { key: firm.key });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
    expect(headers['content-security-policy']).toMatch(/object-src 'none'; base-uri 'none'.*frame-ancestors 'none'/);
    expect(headers['cache-control']).toMatch(/^no-(store|cache)$/);
    expect(headers['content-type'] ?? 'nothing').toMatch(/^(nothing|[a-z]+\/[a-z+.-]+)/);
    const telling = ['server', 'x-powered-by', 'access-control-allow-origin'];
    expect(telling.filter((name) => name in headers)).toEqual([]);
  });

  it('of text names its characters', async () => {
    for (const url of ['/api/v1/contacts.csv', '/api/docs', '/metrics', '/api/v1/me'])
      expect((await server.call('GET', url, { key: firm.key })).headers['content-type'], url).toMatch(/charset=utf-8/i);
  });

  it('of a server behind TLS keeps browsers to TLS for a year, subdomains too, and none of one without', async () => {
    const secure = await startTestServer({ PUBLIC_URL: 'https://crm.firm.test' });
    const { headers } = await secure.call('GET', '/api/v1/me', { headers: { host: 'crm.firm.test' } });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    await secure.close();
    expect((await server.call('GET', '/api/v1/me')).headers['strict-transport-security']).toBeUndefined();
  });

  it('is for no other origin, whoever asks from there', async () => {
    for (const origin of ['https://evil.test', 'null', 'http://localhost.evil.test']) {
      const headers = {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      };
      const asked = await server.call('OPTIONS', '/api/v1/me', { headers });
      expect(asked.status, origin).toBe(404);
      expect(asked.headers['access-control-allow-origin']).toBeUndefined();
      const read = await server.call('GET', '/api/v1/me', { key: firm.key, headers: { origin } });
      expect(read.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('what is not served', () => {
  it.each([
    ...['/.git/config', '/.env', '/package.json', '/server/src/main.ts', '/data/secrets', '/assets', '/assets/'],
    ...['/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/assets/..%5c..%5cpackage.json', '/%2e%2e/package.json'],
    ...['/api/v1/files/../../../etc/passwd', '/api/docs/../../../../package.json', '/main.js.map', '/server-status'],
  ])('%s', async (url) => {
    const text = await plainly(`GET ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 (404|200) /);
    expect(text).not.toMatch(/root:|"workspaces"|\[core\]|Index of|sourcesContent/);
    // The first page of the web app is the answer to addresses of its own, never to those of files.
    if (/\.[a-z]+$|etc/.test(url)) expect(text).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(['TRACE', 'TRACK', 'PROPFIND', 'CONNECT', 'LINK'])('the method %s', async (method) => {
    const text = await plainly(
      `${method} /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Secret: hunter2\r\nConnection: close\r\n\r\n`,
    );
    expect(text).not.toMatch(/^HTTP\/1\.1 [23]/);
    expect(text).not.toContain('hunter2');
  });
});

describe('a request that two servers would read differently', () => {
  const head = 'POST /api/v1/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  it.each([
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{"a":1`],
    [
      'a length beside chunks',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    ],
    ['chunks that are not called so', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    [
      'a header line that begins with a blank',
      `GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n Content-Length: 4\r\n\r\n`,
    ],
    ['a break within a header', `GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-A: a\rB: c\r\n\r\n`],
  ])('is refused: %s', async (_what, text) => {
    const answer = await plainly(text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('because a value is said twice is refused or read once', async () => {
    const ask = async (query: string) => (await server.call('GET', `/api/v1/items?${query}`, { key: firm.key })).status;
    expect(await ask('limit=1&limit=500')).toBe(400);
    expect(await ask('type=deal&type=lead')).toBe(400);
    expect(await ask('limit[]=1')).toBe(400);
    expect(await ask('limit=1')).toBe(200);
  });
});

it.each([
  "' or '1'='1",
  "x'; drop table items; --",
  '1) union select 1,2,3 --',
  '$1',
  "\\'; select pg_sleep(9)--",
  '%',
  '_',
])('a text that means something to the database finds nothing and breaks nothing: %s', async (text) => {
  const ask = (url: string) => server.call('GET', `/api/v1${url}`, { key: firm.key });
  const said = encodeURIComponent(text);
  for (const url of [`/items?q=${said}`, `/contacts?q=${said}`, `/search?q=${said}`, `/audit?q=${said}`]) {
    const { status, body } = await ask(url);
    expect(status, url).toBeLessThan(500);
    // Only what has these signs in its name.
    const signs = JSON.stringify(text).slice(1, -1);
    expect((body.data ?? []).filter((found: object) => !JSON.stringify(found).includes(signs))).toEqual([]);
  }
  for (const url of [`/items?type=${said}`, `/items?stage=${said}`, `/items?sort=${said}`, `/pipelines?type=${said}`])
    expect((await ask(url)).status, url).toBeLessThan(500);
  const filter = encodeURIComponent(JSON.stringify({ field: text, is: 'equals', value: text }));
  expect((await ask(`/items?filter=${filter}`)).status).toBe(400);
  const made = await server.call('POST', '/api/v1/contacts', { key: firm.key, body: { name: text } });
  expect((await ask(`/contacts/${made.body.id}`)).body.name).toBe(text);
});

it('nobody writes lines of their own into the log', async () => {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const context = { ...server.context, log: pino({ level: 'debug' }, output) };
  const app = await createServer(context, { people: makePeople(context) });
  const forged = '{"level":60,"msg":"forged"}';
  const big = 'x'.repeat(20_000);
  for (const url of [
    `/api/v1/setup?a=%0A${encodeURIComponent(forged)}`,
    `/api/v1/setup/%0d%0a${encodeURIComponent(forged)}`,
  ]) {
    const headers = { 'user-agent': `a\u2028${forged}`, 'content-type': 'application/json' };
    await app.inject({ method: 'POST', url, payload: JSON.stringify({ email: big }), headers });
  }
  await app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: big,
    headers: { 'content-type': 'application/json' },
  });
  await app.close();
  const lines = Buffer.concat(chunks).toString().trim().split('\n');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.map((line) => JSON.parse(line).msg)).not.toContain('forged');
});

/** What is answered to these bytes, as they are. */
async function plainly(text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(text);
  const timer = setTimeout(() => socket.destroy(), 5_000);
  await new Promise((resolve) => socket.once('close', resolve));
  clearTimeout(timer);
  return Buffer.concat(chunks).toString();
}
