import { type FieldKind, fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../api/server.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { insertField } from '../crm/fields/fields.store.ts';
import { createKey } from '../people/keys.store.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let key: string;
beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const { workspaceId, employeeId } = fixture;
  await fixture.inside(async (tx) => {
    for (const kind of fieldKinds) await insertField(tx, fieldOf(kind));
  });
  ({ key } = await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' })));
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

async function call(method: 'GET' | 'PATCH', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, text: answer.body };
}

async function written(field: string, value: unknown) {
  await fixture.saveBoard({
    rules: [{ id: 'write', do: 'items/modify', stage: 'NEW', settings: { changes: [{ field, value }] } }],
  });
  const item = await fixture.create({ amount: 1_000, currency: 'EUR' });
  await fixture.work();
  const run = await fixture.run(item, 'write');
  return { item, state: run.state, code: run.reason?.code ?? null };
}

const codeOf = (kind: FieldKind) => `cf_${kind.toLowerCase()}`;
const fieldOf = (kind: FieldKind) => ({
  ...{ type: 'deal', code: codeOf(kind), name: kind, kind, multiple: false, requiredStages: [] },
  options: kind.toLowerCase().includes('choice') ? [{ value: 's', name: 'Small' }] : [],
});

describe('a rule writes what a person may write, and fails with the reason at the rest', () => {
  test.each([
    ['amount', '5 zł', 'misfit'],
    ['currency', 'zzzz', 'misfit'],
    ['title', '{{ item.source }}', 'title-empty'],
    ['deliveryDate', '2026-02-31', 'misfit'],
    ['responsible', 999_999, 'nobody-here'],
    ['observers', [999_999], 'nobody-here'],
    ['contact', 999_999, 'target-gone'],
    [codeOf('date'), '2026-02-31', 'misfit'],
    [codeOf('choice'), 'Medium', 'misfit'],
    [codeOf('email'), 'anna', 'misfit'],
    [codeOf('link'), 'javascript:alert(1)', 'misfit'],
    [codeOf('person'), 999_999, 'nobody-here'],
    [codeOf('client'), 'contact:999999', 'target-gone'],
  ])('%s: %j fails as %s', async (field, value, code) => {
    expect(await written(field, value)).toMatchObject({ state: 'failed', code });
  });

  test('a rule adds no number or link that is there in another spelling, and one with other letters behind the host', async () => {
    const numbers = { ...fieldOf('phone'), code: 'numbers', multiple: true };
    const links = { ...fieldOf('link'), code: 'links', multiple: true };
    await fixture.inside(async (tx) => {
      for (const field of [numbers, links]) await insertField(tx, field);
    });
    const changes = [
      { field: 'numbers', value: '+48 601 100 200', mode: 'append' },
      { field: 'links', value: 'https://Youtu.be/dQw4', mode: 'append' },
      { field: 'links', value: 'https://youtu.be/DQW4', mode: 'append' },
    ];
    await fixture.saveBoard({ rules: [{ id: 'write', do: 'items/modify', stage: 'NEW', settings: { changes } }] });
    const item = await fixture.create({ fields: { numbers: ['+48601100200'], links: ['https://youtu.be/dQw4'] } });
    await fixture.work();
    expect(await fixture.run(item, 'write')).toMatchObject({ state: 'done' });
    expect(JSON.parse((await call('GET', `/api/v1/items/${item}`)).text).fields).toEqual({
      numbers: ['+48601100200'],
      links: ['https://youtu.be/dQw4', 'https://youtu.be/DQW4'],
    });
  });

  test.each([
    ['amount', '5', { amount: 5, currency: 'EUR' }],
    ['amount', '7.50 pln', { amount: 7.5, currency: 'PLN' }],
    ['currency', 'USD', { amount: 1_000, currency: 'USD' }],
    ['deliveryDate', '2026-02-28', { fields: { deliveryDate: '2026-02-28' } }],
    ['observers', '{{ item.responsible }}', { observers: [{ name: 'Anna' }] }],
    [codeOf('person'), 'anna', {}],
    [
      codeOf('text'),
      'by {{ item.responsible }} for {{ item.creator }}',
      { fields: { [codeOf('text')]: 'by Anna for Anna' } },
    ],
    [codeOf('choice'), 'Small', { fields: { [codeOf('choice')]: 's' } }],
    [codeOf('email'), 'Anna <Anna@Firm.test>', { fields: { [codeOf('email')]: 'anna@firm.test' } }],
  ])('%s: %j is done', async (field, value, shown) => {
    const { item, state } = await written(field, value);
    expect(state).toBe('done');
    expect(JSON.parse((await call('GET', `/api/v1/items/${item}`)).text)).toMatchObject(shown);
  });

  test('and the API refuses the same to a person', async () => {
    const item = await fixture.create();
    for (const body of [
      { currency: 'zzzz' },
      { amount: '5 zł' },
      { responsible: 999_999 },
      { contact: 999_999 },
      { fields: { deliveryDate: '2026-02-31' } },
      { fields: { [codeOf('choice')]: 'Medium' } },
    ])
      expect((await call('PATCH', `/api/v1/items/${item}`, body)).status).toBe(422);
  });
});

describe('whatever is stored', () => {
  const odd = ['zł', '2026-02-31', -1, 1e300, true, { amount: 'many', currency: 'zł' }, { a: [1] }, [null, ['x']], ''];

  test('board, card, list, filters and exports are answered, the other rows with them', async () => {
    const good = await fixture.addItem({ title: 'Good' });
    const bad: number[] = [];
    for (const value of odd)
      bad.push(
        await fixture.addItem({
          fields: Object.fromEntries(
            [...fieldKinds.map(codeOf), 'deliveryDate', 'source'].map((code) => [code, value]),
          ),
        }),
      );
    await fixture.inside((tx) =>
      tx.updateTable('items').set({ currency: 'zł', responsible_id: 999_999 }).where('id', 'in', bad).execute(),
    );
    const equal = (kind: FieldKind) => JSON.stringify({ field: codeOf(kind), is: 'is filled' });
    const asked = [
      ...bad.map((id) => `/api/v1/items/${id}`),
      `/api/v1/board/${fixture.pipelineId}`,
      '/api/v1/items?type=deal&limit=1000',
      '/api/v1/items.csv?type=deal',
      ...fieldKinds.map((kind) => `/api/v1/items?type=deal&filter=${encodeURIComponent(equal(kind))}`),
      ...[
        { field: codeOf('number'), is: 'at least', value: 5 },
        { field: codeOf('date'), is: 'at least', value: '2026-01-01' },
        { field: codeOf('dateTime'), is: 'within last', value: '7 days' },
        { field: codeOf('money'), is: 'at least', value: 5 },
        { field: 'amount', is: 'at least', value: 5 },
      ].map((filter) => `/api/v1/items?type=deal&filter=${encodeURIComponent(JSON.stringify(filter))}`),
    ];
    for (const url of asked) expect({ url, status: (await call('GET', url)).status }).toEqual({ url, status: 200 });
    expect((await call('GET', '/api/v1/items?type=deal&limit=1000')).text).toContain(`"id":${good},`);
  });
});
