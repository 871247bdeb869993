import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { inWorkspace } from '../../platform/db.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { drainWorkspace } from '../drain/drain.ts';

let server: TestServer;
let firm: TestWorkspace;
let board: string;

const stages = [
  { code: 'NEW', name: 'New' },
  { code: 'OFFER', name: 'Offer' },
  { code: 'WARM', name: 'Warm' },
  { code: 'WON', name: 'Won', kind: 'won' },
];
const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object) =>
  server.call(method, url, { key: firm.key, ...(body !== undefined && { body }) });
const put = (triggers: object[], more: object = {}, query = '') =>
  call('PUT', `${board}${query}`, { type: 'deal', pipeline: 'Sales', stages, triggers, ...more });
const addDeal = async (more: object = {}) =>
  (await call('POST', '/api/v1/items', { type: 'deal', pipeline: 'Sales', title: 'Bread', amount: 100, ...more })).body
    .id;
const drain = () => drainWorkspace(server.context, firm.id, { bindSignals: async () => {} });
const rows = async <T>(query: RawBuilder<T>) =>
  (await inWorkspace(server.context.databases.app, firm.id, (tx) => query.execute(tx))).rows;
const list = async (id: number, what: string) => (await call('GET', `/api/v1/items/${id}/${what}`)).body.data;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace();
  board = '/api/v1/automation/deal/Sales';
});
afterAll(() => server.close());

it('3.8 verdicts are shown as they were after triggers, stages and the item’s pipeline have changed', async () => {
  const go = { on: 'apps/webhook', settings: { code: 'go' } };
  const rich = { when: { field: 'amount', is: 'at least', value: 5000 } };
  const saved = await put([
    { ...go, id: 'rich', stage: 'OFFER', ...rich },
    { ...go, id: 'warm', stage: 'WARM', name: 'Called from outside' },
    { ...go, id: 'won', stage: 'WON', settings: { code: 'paid' } },
  ]);
  expect(saved.status).toBe(200);
  const deal = await addDeal();
  const { id } = (
    await call('POST', '/api/v1/signals', { kind: 'webhook.called', item: deal, payload: { code: 'go' } })
  ).body;
  await drain();
  const before = await list(deal, 'signals');
  expect(before).toMatchObject([
    {
      id,
      kind: 'webhook.called',
      verdicts: [
        { trigger: 'rich', key: 'apps/webhook', stage: 'OFFER', verdict: 'condition', detail: { part: rich.when } },
        { trigger: 'warm', name: 'Called from outside', stage: 'WARM', verdict: 'moves', detail: null },
        { trigger: 'won', stage: 'WON', verdict: 'outrun', detail: null },
      ],
    },
  ]);

  const without = stages.filter(({ code }) => code !== 'WARM');
  expect((await put([], { stages: without }, '?moveTo=OFFER')).status).toBe(200);
  expect(await list(deal, 'signals')).toEqual(before);
  const other = { type: 'deal', name: 'Service', stages: [{ code: 'OPEN', name: 'Open', kind: 'open' }] };
  expect((await call('POST', '/api/v1/pipelines', other)).status).toBe(201);
  const moved = await call('POST', `/api/v1/items/${deal}/moves`, { stage: 'OPEN', pipeline: 'Service' });
  expect(moved.status).toBe(201);
  expect(await list(deal, 'signals')).toEqual(before);
});

describe('3.8 a signal that a thousand triggers hear', () => {
  const THOUSAND = Array.from({ length: 1_000 }, (_, at) => `code ${at}`);
  const thousand = THOUSAND.map((code, at) => ({
    ...{ id: `t${at}`, on: 'apps/webhook', stage: at < 500 ? 'OFFER' : 'WARM', settings: { code } },
    ...(at === 700 ? { when: { field: 'amount', is: 'at least', value: 5000 } } : {}),
  }));
  const hear = async (code: string) => {
    const item = await addDeal();
    await call('POST', '/api/v1/signals', { kind: 'webhook.called', item, payload: { code } });
    await drain();
    const [stored] = await rows(
      sql<{ bytes: number; hearers: string }>`
        select length(verdicts::text) as bytes, hearers from decisions where item_id = ${item}`,
    );
    return { item, verdicts: (await list(item, 'signals'))[0].verdicts, ...stored };
  };

  it('has a verdict for each of them, and keeps what differs', async () => {
    expect((await put(thousand)).status).toBe(200);
    const [first, second] = [await hear('code 700'), await hear('code 999')];
    expect(first.verdicts).toEqual(
      THOUSAND.map((code, at) => ({
        ...{ trigger: `t${at}`, key: 'apps/webhook', name: 'Webhook', stage: thousand[at]?.stage },
        ...(at === 700
          ? {
              verdict: 'condition',
              detail: { part: thousand[at]?.when, got: { amount: '100.00', currency: 'PLN' } },
            }
          : { verdict: 'settings', detail: { setting: 'code', wanted: code, got: 'code 700' } }),
      })),
    );
    expect(second.verdicts.map(({ verdict }: { verdict: string }) => verdict)).toEqual(
      THOUSAND.map((_, at) => (at < 999 ? 'settings' : 'moves')),
    );
    expect(Math.max(first.bytes ?? 0, second.bytes ?? 0)).toBeLessThan(500);
    expect(second.hearers).toBe(first.hearers);
  });

  it('is read as it was judged after its triggers have been changed', async () => {
    await put(thousand);
    const { item, verdicts } = await hear('code 3');
    await put(thousand.toReversed().map((one) => ({ ...one, settings: { code: 'other' } })));
    expect((await list(item, 'signals'))[0].verdicts).toEqual(verdicts);
  });

  it('names each trigger, as decisions from before lists were kept do', async () => {
    await put(thousand.slice(0, 2));
    const { item, verdicts } = await hear('code 1');
    const old = JSON.stringify([
      ['t0', 'settings', { setting: 'code', wanted: 'code 0', got: 'code 1' }],
      ['t1', 'moves'],
    ]);
    await rows(sql`update decisions set hearers = null, verdicts = ${old}::json where item_id = ${item}`);
    expect((await list(item, 'signals'))[0].verdicts).toEqual(verdicts);
  });
});

it('4 history and timeline name the trigger and link the signal', async () => {
  await put([{ on: 'apps/webhook', stage: 'WARM', name: 'Called', settings: { code: 'go' } }]);
  const deal = await addDeal();
  const { id } = (
    await call('POST', '/api/v1/signals', { kind: 'webhook.called', item: deal, payload: { code: 'go' } })
  ).body;
  await drain();
  const [moved] = await list(deal, 'timeline');
  expect(moved).toMatchObject({
    kind: 'moved',
    from: 'NEW',
    to: 'WARM',
    trigger: 'Called',
    signal: id,
    by: { id: firm.adminId },
  });
  expect((await list(deal, 'history'))[0]).toMatchObject({
    field: 'stage',
    from: 'NEW',
    to: 'WARM',
    trigger: 'Called',
    rule: null,
  });
  const [signal] = await list(deal, 'signals');
  expect(signal.move).toEqual(expect.any(Number));
});

it('4 a save that changes stage and fields: the move first, then its one signal is judged from there', async () => {
  const onAmount = { on: 'crm/field-changed', settings: { fields: ['amount', 'responsible'] } };
  await put([
    { ...onAmount, id: 'offer', stage: 'OFFER' },
    { ...onAmount, id: 'warm', stage: 'WARM' },
    { ...onAmount, id: 'won', stage: 'WON' },
  ]);
  const eve = await firm.addPerson('eve@firm.test');
  const deal = await addDeal();
  const patch = { stage: 'OFFER', amount: 9000, responsible: eve.id, title: 'Rolls' };
  expect(await call('PATCH', `/api/v1/items/${deal}`, patch)).toMatchObject({ status: 200, body: { stage: 'OFFER' } });
  await drain();

  const signals = await list(deal, 'signals');
  expect(signals).toHaveLength(1);
  expect(signals[0]).toMatchObject({
    kind: 'item.changed',
    verdicts: [
      { trigger: 'offer', verdict: 'already-here' },
      { trigger: 'warm', verdict: 'moves' },
      { trigger: 'won', verdict: 'outrun' },
    ],
  });
  const changed = signals[0].payload.changes.map(({ field }: { field: string }) => field);
  expect(changed.toSorted()).toEqual(['amount', 'responsible', 'title']);
  const inOrder = (await list(deal, 'history'))
    .toReversed()
    .map(({ field, to }: { field: string; to: unknown }) => (field === 'stage' ? to : field));
  expect(inOrder.slice(0, 3)).toEqual(['NEW', 'OFFER', expect.stringMatching(/amount|responsible|title/)]);
  expect(inOrder.at(-1)).toBe('WARM');
  const moves = (await list(deal, 'timeline')).filter(({ kind }: { kind: string }) => kind === 'moved');
  expect(moves).toMatchObject([
    { from: 'OFFER', to: 'WARM', signal: signals[0].id, by: { id: eve.id } },
    { from: 'NEW', to: 'OFFER', trigger: null, signal: null, by: { id: firm.adminId } },
  ]);
});

it('4 a save that only moves is no signal; one that a required field stops changes nothing at all', async () => {
  await put([]);
  const deal = await addDeal();
  await call('PATCH', `/api/v1/items/${deal}`, { stage: 'OFFER' });
  expect(await list(deal, 'signals')).toEqual([]);
  const { data } = (await call('GET', '/api/v1/pipelines?type=deal')).body;
  const sales = data.find(({ name }: { name: string }) => name === 'Sales');
  const warm = sales.stages.find(({ code }: { code: string }) => code === 'WARM');
  const field = { type: 'deal', code: 'Budget', name: 'Budget', kind: 'number', requiredStages: [warm.id] };
  expect((await call('POST', '/api/v1/fields', field)).status).toBe(201);

  expect((await call('PATCH', `/api/v1/items/${deal}`, { stage: 'WARM', title: 'Rolls' })).status).toBe(422);
  expect((await call('GET', `/api/v1/items/${deal}`)).body).toMatchObject({ stage: 'OFFER', title: 'Bread' });
  expect(await list(deal, 'signals')).toEqual([]);
});
