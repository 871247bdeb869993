import fs from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { route } from '../platform/http/http.ts';
import { startTestServer, type TestServer } from './testing.ts';

const broken = route({
  method: 'GET',
  path: '/api/v1/broken',
  summary: 'Fails',
  tag: 'Test',
  access: 'public',
  answers: { 200: null },
  handle: async () => {
    throw new Error('password of the database: hunter2');
  },
});
const lying = route({
  method: 'GET',
  path: '/api/v1/lying',
  summary: 'Answers something else than it says',
  tag: 'Test',
  access: 'public',
  answers: { 200: z.object({ id: z.int() }) },
  handle: async () => ({ status: 200, body: { id: 'one' } }),
});

const failing = (name: string, code: string) =>
  route({
    method: 'GET',
    path: `/api/v1/${name}`,
    summary: 'Fails as the house does',
    tag: 'Test',
    access: 'public',
    answers: { 200: null },
    handle: async () => {
      throw Object.assign(new Error('of the house'), { code });
    },
  });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, [broken, lying, failing('full', '53100'), failing('away', 'ECONNREFUSED')]);
});
afterAll(() => server.close());

it('tells nothing about an error of ours but the id under which it is logged', async () => {
  const answer = await server.call('GET', '/api/v1/broken');
  expect(answer).toMatchObject({
    status: 500,
    body: { code: 'internal', detail: expect.stringMatching(/[0-9a-f-]{36}$/) },
  });
  expect(JSON.stringify(answer.body)).not.toContain('hunter2');
});

it('in tests, an answer that is not as described is an error', async () => {
  expect((await server.call('GET', '/api/v1/lying')).status).toBe(500);
});

it('gives up a request whose URL cannot be read', async () => {
  expect(await server.call('GET', '/api/v1/items/%E0%A4%A')).toMatchObject({ status: 400 });
});

it.each([
  ['/api/v1/full', { status: 507, body: { code: 'disk-full' } }],
  ['/api/v1/away', { status: 503, body: { code: 'database-away' }, headers: { 'retry-after': '5' } }],
])('says what is wrong with the house, and that nothing was saved: %s', async (path, answer) => {
  const { status, body, headers } = await server.call('GET', path);
  expect({ status, body, headers }).toMatchObject(answer);
  expect(body.detail).toContain('nothing of this was saved');
});

it('is unhealthy, and says why, when its folder is gone', async () => {
  const gone = await startTestServer();
  fs.rmSync(gone.context.config.dataDir, { recursive: true });
  expect(await gone.call('GET', '/healthz')).toMatchObject({
    status: 503,
    body: { status: 'failing', database: 'ok', disk: 'unreachable', why: ['DATA_DIR cannot be read'] },
  });
  await gone.close();
});

it('is unhealthy when the database does not answer', async () => {
  const sick = await startTestServer();
  expect((await sick.call('GET', '/healthz')).status).toBe(200);
  await sick.context.databases.system.destroy();
  expect(await sick.call('GET', '/healthz')).toMatchObject({
    status: 503,
    body: { status: 'failing', database: 'unreachable', why: ['The database does not answer'] },
  });
  await sick.app.close();
});
