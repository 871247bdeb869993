import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';

let server: TestServer;
let firm: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  firm = await server.addWorkspace();
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const call = (method: Method, path: string, body?: object) =>
  server.call(method, `/api/v1${path}`, { key: firm.key, ...(body !== undefined && { body }) });
const make = (name: string, more: object = {}) => call('POST', '/item-types', { name, plural: `${name} all`, ...more });

describe('names of smart processes that the database takes for one, and JavaScript for two', () => {
  it.each([
    ['ΛΑΜΒΔΑΣ', 'λαμβδασ'],
    ['ΛΑΜΒΔΑΣ', 'λαμβδας'],
    ['İş', 'iş'],
    ['STRAẞE', 'straße'],
  ])('%s and then %s: the answer comes at once', async (one, other) => {
    expect(await make(one)).toMatchObject({ status: 201 });
    const second = await Promise.race([make(other), sleep(8_000, { status: 'none', body: {} })]);
    expect([201, 409]).toContain(second.status);
    if (second.status === 409) expect(second.body).toMatchObject({ code: 'name-taken', errors: [{ path: 'name' }] });
  });

  it('are kept apart when one is renamed to the other, and its own name in other letters is no other', async () => {
    await make('ΛΑΜΒΔΑΣ', { code: 'lambda' });
    await make('Other', { code: 'other' });
    expect(await call('PATCH', '/item-types/other', { name: 'λαμβδασ' })).toMatchObject({ status: 409 });
    expect(await call('PATCH', '/item-types/lambda', { name: 'λαμβδασ' })).toMatchObject({ status: 200 });
  });
});

describe('what every object has', () => {
  it('is no code of a smart process', async () => {
    const refused = { status: 422, body: { errors: [{ path: 'code', code: 'reserved' }] } };
    expect(await make('Thing', { code: 'constructor' })).toMatchObject(refused);
    expect((await make('Constructor')).body.code).not.toBe('constructor');
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'])(
    'is no code of a field: %s',
    async (code) => {
      const body = { type: 'deal', code, name: code, kind: 'text' };
      expect(await call('POST', '/fields', body)).toMatchObject({ status: 422, body: { errors: [{ path: 'code' }] } });
    },
  );

  it('is a code that a stage may have: its automation stays unless it is said that it goes', async () => {
    const stages = [
      { code: 'NEW', name: 'New', kind: 'open' },
      { code: 'constructor', name: 'Builder', kind: 'open' },
      { code: 'toString', name: 'Writer', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
    ];
    const { body } = await call('POST', '/pipelines', { type: 'deal', name: 'P', stages });
    const rules = ['constructor', 'toString'].map((stage) => ({
      ...{ id: `of-${stage}`, do: 'alerts/comment', stage, settings: { text: 'x' } },
    }));
    const file = { type: 'deal', pipeline: 'P', rules };
    expect(await call('PUT', `/automation/deal/${body.id}`, file)).toMatchObject({ status: 200 });
    const without = { stages: [stages[0], stages[3]] };
    expect(await call('PUT', `/pipelines/${body.id}/stages`, without)).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'left.constructor' }, { path: 'left.toString' }] },
    });
    const left = { constructor: { moveTo: 'NEW', automation: 'move' }, toString: {} };
    expect(await call('PUT', `/pipelines/${body.id}/stages`, { ...without, left })).toMatchObject({
      status: 200,
      body: { dropped: 1 },
    });
  });
});
