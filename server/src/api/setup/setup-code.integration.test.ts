import { expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import { setupCode } from './setup-code.ts';

const body = { name: 'Olga', email: 'olga@firm.test', password: 'a long password of Olga', workspaceName: 'Firm' };
const elsewhere = { 'x-forwarded-for': '203.0.113.9' };

it.each([
  ['from another machine', {}, elsewhere],
  ['of a server with a name of its own, even from its machine', { PUBLIC_URL: 'https://crm.firm.test' }, {}],
])('the first account needs the code that npm start prints: %s', async (_, env, headers) => {
  const server = await startTestServer(env);
  const make = (code?: string) => server.call('POST', '/api/v1/setup', { body: { ...body, code }, headers });
  expect((await server.call('GET', '/api/v1/setup', { headers })).body).toMatchObject({ needsCode: true });
  for (const wrong of [undefined, '', 'AAAA-AAAA-AAAA'])
    expect(await make(wrong)).toMatchObject({ status: 422, body: { errors: [{ path: 'code', code: 'setup-code' }] } });
  const code = setupCode(server.context.config);
  expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/);
  expect((await make(code.toLowerCase().replaceAll('-', ' '))).status).toBe(201);
  await server.close();
});

it('the first account is made without it at the machine itself', async () => {
  const server = await startTestServer();
  expect((await server.call('GET', '/api/v1/setup')).body).not.toHaveProperty('needsCode');
  expect((await server.call('POST', '/api/v1/setup', { body })).status).toBe(201);
  expect((await server.call('GET', '/api/v1/setup', { headers: elsewhere })).body).not.toHaveProperty('needsCode');
  await server.close();
});
