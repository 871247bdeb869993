import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { inWorkspace } from '../../platform/db.ts';

let server: TestServer;
let firm: TestWorkspace;

const STAGES = ['NEW', 'WARM', 'HOT'].map((code) => ({ code, name: code, kind: 'open' }));
const yaml = { 'content-type': 'text/yaml' };
const board = (more: object = {}) => ({
  type: 'deal',
  pipeline: 'Sales',
  stages: STAGES,
  triggers: [],
  rules: [],
  ...more,
});
const put = (
  body: unknown,
  { name = 'Sales', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
) => server.call('PUT', `/api/v1/automation/deal/${encodeURIComponent(name)}`, { key: firm.key, body, headers });
const comment = (settings: object, more: object = {}) => ({ do: 'alerts/comment', stage: 'WARM', settings, ...more });
const counts = async () => {
  const { rows } = await inWorkspace(server.context.databases.app, firm.id, (tx) =>
    sql`select (select count(*)::int from pipelines) as pipelines, (select count(*)::int from stages) as stages,
      (select count(*)::int from boards) as boards, (select count(*)::int from visits) as visits`.execute(tx),
  );
  return rows[0];
};

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  expect((await put(board())).status).toBe(200);
  for (const [code, kind] of [
    ['due', 'date'],
    ['moment', 'dateTime'],
  ]) {
    const body = { type: 'deal', code, name: code, kind };
    expect((await server.call('POST', '/api/v1/fields', { key: firm.key, body })).status).toBe(201);
  }
});
afterAll(() => server.close());

describe('a board that must not be saved', () => {
  const file = (lines: string) => `type: deal\npipeline: Sales\n${lines}`;

  it.each<[string, () => unknown, RegExp]>([
    ['nested 50,000 deep', () => file(`rules: ${'['.repeat(50_000)}`), /nested too deeply/],
    [
      'of anchors of anchors',
      () =>
        file(
          `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]`,
        ),
      /alias/,
    ],
    ['that contains itself', () => file('rules: &r\n  - *r'), /contains itself/],
    ['with a key twice', () => file('rules: []\nrules: []'), /rules stands there twice/],
    ['with a prototype', () => file('__proto__: { rules: [] }'), /__proto__/],
    [
      'of 5,000 triggers',
      () => board({ triggers: Array.from({ length: 5_000 }, () => ({ on: 'email/opened', stage: 'WARM' })) }),
      /1000/,
    ],
    ['with a rule of another planet', () => board({ rules: [{ do: '__proto__', stage: 'WARM' }] }), /__proto__/],
    [
      'with a trigger of another planet',
      () => board({ triggers: [{ on: 'constructor', stage: 'WARM' }] }),
      /constructor/,
    ],
    [
      'with a template that loops',
      () => board({ rules: [comment({ text: '{{ item.title }}'.repeat(2_000) })] }),
      /more than 1000/,
    ],
    [
      'with a template of the language',
      () => board({ rules: [comment({ text: '{{ item.constructor }}' })] }),
      /constructor/,
    ],
    ['with a tag that is not ours', () => board({ rules: [comment({ text: '{% include "x" %}' })] }), /include/],
    [
      'with a pattern that explodes',
      () =>
        board({
          triggers: [
            { on: 'email/opened', stage: 'WARM', when: { field: 'title', is: 'matches', value: '(a{1000}){1000}' } },
          ],
        }),
      /smaller counts/,
    ],
    [
      'with a list of 5,000 values',
      () =>
        board({
          triggers: [
            {
              on: 'email/opened',
              stage: 'WARM',
              when: { field: 'title', is: 'in', value: Array.from({ length: 5_000 }, String) },
            },
          ],
        }),
      /1000 values/,
    ],
    [
      'with a time beyond time',
      () => board({ rules: [comment({ text: 'x' }, { time: { after: '1000000000 days' } })] }),
      /duration/,
    ],
    ['under the name of another', () => board({ pipeline: 'Elsewhere' }), /address/],
  ])('%s is refused with its place, and nothing is written', async (_, body, message) => {
    const before = await counts();
    const given = body();

    const answer = await put(given, typeof given === 'string' ? { headers: yaml } : {});

    expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBe(422);
    expect(answer.body.errors.map((one: { message: string }) => one.message).join('\n')).toMatch(message);
    if (typeof given === 'string') expect(answer.body.errors[0]).toMatchObject({ line: expect.any(Number) });
    expect(await counts()).toEqual(before);
  });

  it('of 10 MB is refused before it is read', async () => {
    expect(await put(`# ${'x'.repeat(10_000_000)}`, { headers: yaml })).toMatchObject({ status: 413 });
  });

  it('is not made under another name than the address says', async () => {
    const before = await counts();
    expect(await put(board({ pipeline: 'Sales' }), { name: 'Brand new' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'pipeline', code: 'mismatch' }] },
    });
    expect(await counts()).toEqual(before);
  });
});

it('a date at the end of time stops no deal from moving', async () => {
  const times = [
    ...[
      { before: '36525 days', field: 'due' },
      { after: '36525 days', field: 'due' },
      { at: { field: 'due', time: '23:59' } },
    ],
    ...[
      { before: '876600 hours', field: 'moment' },
      { after: '876600 hours', field: 'moment' },
      { after: '36525 days' },
    ],
  ];
  expect((await put(board({ rules: times.map((time) => comment({ text: 'x' }, { time })) }))).status).toBe(200);
  for (const [due, moment] of [
    ['0000-01-01', '0000-01-01T00:00:00Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['9999-12-31', '9999-12-31T23:59:59Z'],
  ]) {
    const body = { type: 'deal', title: due, pipeline: 'Sales', fields: { due, moment } };
    const deal = await server.call('POST', '/api/v1/items', { key: firm.key, body });
    expect(deal.status, JSON.stringify(deal.body)).toBe(201);
    const moved = await server.call('POST', `/api/v1/items/${deal.body.id}/moves`, {
      key: firm.key,
      body: { stage: 'WARM' },
    });
    expect(moved.status, JSON.stringify(moved.body)).toBe(201);
    const { data } = (await server.call('GET', `/api/v1/items/${deal.body.id}/runs`, { key: firm.key })).body;
    expect(data).toHaveLength(times.length);
  }
});
