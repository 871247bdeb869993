import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { drainWorkspace } from '../automation/drain/drain.ts';
import { makeRoutes } from '../compose/routes.ts';
import { inWorkspace } from '../platform/db.ts';
import { createRecorder } from './recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
let deal: number;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
});
afterAll(() => server.close());

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  server.call('POST', url, { key: firm.key, body, headers });
const get = (url: string) => server.call('GET', url, { key: firm.key });
const hook = (more: object = {}) => ({ kind: 'webhook.called', item: deal, payload: { code: 'go' }, ...more });
const fresh = async () => {
  firm = await server.addWorkspace();
  deal = (await post('/api/v1/items', { type: 'deal', title: 'Bread' })).body.id;
};
const inside = <T>(query: ReturnType<typeof sql<T>>) =>
  inWorkspace(server.context.databases.app, firm.id, async (tx) => (await query.execute(tx)).rows);
const hooks = async () =>
  (await inside<{ n: number }>(sql`select count(*)::int as n from signals where kind = 'webhook.called'`))[0]?.n;
const drain = () => drainWorkspace(server.context, firm.id, { bindSignals: async () => {} });

describe('a second delivery', () => {
  beforeAll(fresh);

  it('1.2 is answered exactly like the first: alone, in a batch, twice in one batch, decided or not', async () => {
    const alone = await post('/api/v1/signals', hook({ sourceKey: 'a' }));
    expect(alone).toMatchObject({ status: 202, body: { id: expect.any(Number) } });
    const batch = [hook({ sourceKey: 'a' }), hook({ sourceKey: 'b' }), hook({ sourceKey: 'b' })];
    const first = await post('/api/v1/signals', batch);
    expect(first.body.data.map(({ id }: { id: number }) => id === alone.body.id)).toEqual([true, false, false]);
    expect(first.body.data[1]).toEqual(first.body.data[2]);
    await drain();

    for (const [body, answer] of [
      [hook({ sourceKey: 'a' }), alone],
      [batch, first],
    ] as const) {
      const again = await post('/api/v1/signals', body);
      expect({ status: again.status, body: again.body }).toEqual({ status: answer.status, body: answer.body });
    }
    expect(await hooks()).toBe(2);
  });

  it('1.2 is so at the same moment too, in whatever order two batches name them', async () => {
    const before = (await hooks()) ?? 0;
    const keys = Array.from({ length: 20 }, (_, index) => `race ${index}`);
    const body = keys.map((sourceKey) => hook({ sourceKey }));
    const answers = await Promise.all([body, body.toReversed(), body].map((one) => post('/api/v1/signals', one)));
    const [one, reversed, other] = answers.map((answer) => answer.body.data);
    expect(one).toEqual(other);
    expect(reversed.toReversed()).toEqual(one);
    expect(await hooks()).toBe(before + 20);
  });

  it('1.2 is known by its Idempotency-Key when it has no source key', async () => {
    const before = (await hooks()) ?? 0;
    const headers = { 'idempotency-key': 'once' };
    const answers = [await post('/api/v1/signals', hook(), headers), await post('/api/v1/signals', hook(), headers)];
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await hooks()).toBe(before + 1);
    await post('/api/v1/signals', hook());
    await post('/api/v1/signals', hook());
    expect(await hooks()).toBe(before + 3);
  });

  it('1.2 is answered like the first after its item has gone; a new fact about it is refused', async () => {
    const gone = (await post('/api/v1/items', { type: 'deal', title: 'Gone' })).body.id;
    const first = await post('/api/v1/signals', hook({ item: gone, sourceKey: 'gone' }));
    await server.call('DELETE', `/api/v1/items/${gone}`, { key: firm.key });
    const second = await post('/api/v1/signals', hook({ item: gone, sourceKey: 'gone' }));
    expect([second.status, second.body]).toEqual([202, first.body]);
    expect(await post('/api/v1/signals', hook({ item: gone, sourceKey: 'later' }))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'item', code: 'unknown' }] },
    });
  });
});

describe('what is recorded', () => {
  beforeAll(fresh);

  it('1.1 has its kind, its times, its key, its payload, its tie, and no cause', async () => {
    const occurredAt = '2026-01-02T03:04:05.678Z';
    await post('/api/v1/signals', hook({ sourceKey: 'k', occurredAt }));
    const [signal] = await inside(sql`select * from signals where source_key = 'api k'`);
    expect(signal).toMatchObject({
      ...{ kind: 'webhook.called', occurred_at: new Date(occurredAt), recorded_at: expect.any(Date) },
      ...{ payload: { code: 'go' }, item_ids: [deal], client: null, cause_run_id: null, chain: null },
    });
  });

  it('1.1 a move is not itself a signal', async () => {
    const count = async () => (await inside<{ n: number }>(sql`select count(*)::int as n from signals`))[0]?.n;
    const before = await count();
    expect((await post(`/api/v1/items/${deal}/moves`, { stage: 'OFFER' })).status).toBe(201);
    expect(await count()).toBe(before);
  });

  it('1.3 is committed when it is answered, whole or not at all', async () => {
    const before = (await hooks()) ?? 0;
    await post('/api/v1/signals', [hook(), hook()]);
    expect(await hooks()).toBe(before + 2);
    expect((await post('/api/v1/signals', [hook(), hook({ item: 987_654 })])).status).toBe(422);
    expect(await hooks()).toBe(before + 2);
  });
});

describe('the backlog', () => {
  const backlog = async () => (await get('/healthz')).body.backlog;

  it('1.4 and its age are visible', async () => {
    await fresh();
    const before = await backlog();
    await post('/api/v1/signals', [hook(), hook(), hook()]);
    await inside(sql`update signal_queue set recorded_at = now() - interval '90 seconds'`);
    const waiting = await backlog();
    expect(waiting.signals).toBe(before.signals + 3);
    expect(waiting.oldestSeconds).toBeGreaterThanOrEqual(90);
    expect((await server.call('GET', '/metrics')).body).toContain(`signalbox_backlog{of="signals"} ${waiting.signals}`);
    await drain();
    expect(await backlog()).toMatchObject({ signals: before.signals });
  });

  it('1.5 and what could not be decided is shown with its error, and tried again when an administrator says so', async () => {
    await fresh();
    const { id } = (await post('/api/v1/signals', hook())).body;
    await inside(sql`update signals set chain = '"no chain"' where id = ${id}`);
    const before = await backlog();
    expect(await drain()).toBe(0);
    expect(await backlog()).toMatchObject({ signals: before.signals - 1, undecidable: before.undecidable + 1 });
    expect((await get('/api/v1/signals/undecidable')).body.data).toMatchObject([
      { id, kind: 'webhook.called', attempts: 3, error: expect.stringContaining('expected object') },
    ]);

    const url = `/api/v1/signals/${id}/retry`;
    const colleague = await firm.addPerson('colleague@firm.test');
    expect((await server.call('POST', url, { key: colleague.key })).status).toBe(403);
    await inside(sql`update signals set chain = null where id = ${id}`);
    expect((await post(url, {})).status).toBe(202);
    expect(await drain()).toBe(1);
    expect((await get('/api/v1/signals/undecidable')).body.data).toEqual([]);
    expect((await post(url, {})).status).toBe(404);
  });
});

describe('9 an open that another system reports is weighed, of a document as of an e-mail', () => {
  beforeAll(fresh);

  it.each([
    ['email.opened', 'curl/8.1', true],
    ['document.opened', 'curl/8.1', true],
    ['document.opened', 'Proofpoint URL Defense', true],
    ['document.opened', 'Mozilla/5.0 (compatible; GoogleDocs; apps-viewer; http://drive.google.com)', true],
    ['document.opened', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', true],
    ['document.opened', 'python-requests/2.31.0', true],
    [
      'document.opened',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      false,
    ],
    [
      'document.opened',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      false,
    ],
  ])('%s by %s', async (kind, userAgent, machine) => {
    const { status, body } = await post('/api/v1/signals', {
      kind,
      item: deal,
      payload: { userAgent, firstOpen: false },
    });
    expect(status).toBe(202);

    expect(await inside<{ payload: object }>(sql`select payload from signals where id = ${body.id}`)).toMatchObject([
      { payload: { machine, evidence: expect.any(Array), firstOpen: false } },
    ]);
  });

  it('but what the reporter has weighed stands', async () => {
    const payload = { userAgent: 'curl/8.1', machine: false };
    const { body } = await post('/api/v1/signals', { kind: 'document.opened', item: deal, payload });

    expect(await inside<{ payload: object }>(sql`select payload from signals where id = ${body.id}`)).toMatchObject([
      { payload: { machine: false } },
    ]);
  });
});
