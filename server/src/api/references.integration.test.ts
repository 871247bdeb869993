import { afterAll, beforeAll, expect, it } from 'vitest';
import { offerReferences } from '../parts/references.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
});
afterAll(() => server.close());

const list = async (kind: string, key: string | undefined = firm.key) => {
  const { status, body } = await server.call('GET', `/api/v1/references/${kind}`, key === undefined ? {} : { key });
  return { status, data: body.data };
};
const check = async (settings: object) => {
  const triggers = [{ id: 'filled', on: 'forms/submitted', stage: 'WARM', settings }];
  const stages = ['NEW', 'WARM'].map((code) => ({ code, name: code, kind: 'open' }));
  const file = { type: 'deal', pipeline: 'Sales', stages, triggers };
  return (await server.call('POST', '/api/v1/automation/check', { key: firm.key, body: { file } })).body.errors;
};

it('lists the channels of a kind, of the own company only', async () => {
  const body = { kind: 'phone-line', provider: 'sandbox', name: 'Hotline', settings: { number: '+48123456789' } };
  const { body: made } = await server.call('POST', '/api/v1/channels', { key: firm.key, body });
  const mine = await list('phone-line');
  expect(mine).toMatchObject({ status: 200, data: expect.arrayContaining([{ id: made.id, name: 'Hotline' }]) });
  const rival = await server.addWorkspace('Rival');
  expect((await list('phone-line', rival.key)).data).not.toContainEqual({ id: made.id, name: 'Hotline' });
});

it('knows nothing of other kinds, and tells nobody who has not signed in', async () => {
  expect((await list('unicorn')).status).toBe(404);
  const { status } = await server.call('GET', '/api/v1/references/mailbox');
  expect(status).toBe(401);
});

it('asks the part that keeps a kind, once there is one: for the form and for the check at saving', async () => {
  expect(await list('form')).toMatchObject({ status: 200, data: [] });
  expect(await check({ forms: [7, 'Contact'] })).toEqual([]);

  offerReferences({ form: async () => [{ id: 7, name: 'Contact', also: ['/contact'] }] });
  expect((await list('form')).data).toEqual([{ id: 7, name: 'Contact' }]);
  expect(await check({ forms: [7, 'contact', '/contact'] })).toEqual([]);
  expect(await check({ forms: [7, 8] })).toMatchObject([
    { path: 'triggers[0].settings.forms', code: 'unknown-reference', message: 'There is no form 8 here' },
  ]);
  expect(() => offerReferences({ form: async () => [] })).toThrow('form has a source already');
});
