import type { LookupAddress } from 'node:dns';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { retryRun, runNow } from '../automation/log/run-commands.ts';
import { reportArrival, reportTrouble } from '../automation/running/report-trouble.ts';
import { makeRunFixture, type RunFixture, takeJobs } from '../automation/running/testing-runs.ts';
import { runDueVisits } from '../automation/running/watch-runs.ts';
import { type Deliverer, deliver, MAX_SENDS } from '../outbox/deliver.ts';
import { LEASE_MS } from '../outbox/keep-lease.ts';
import { expireLeases, listDue } from '../outbox/watch-due.ts';
import { keepSecret } from './secrets/rule-vault.ts';
import { createWebhookSender } from './sending/webhook-sender.ts';

/** What names lead to, for every address asked at once. */
let lookup: MockInstance<(host: string) => Promise<LookupAddress[]>>;

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let fixture: RunFixture;
let peer: http.Server;
let base: string;
let received: Received[] = [];
/** How the receiver answers, until a test says otherwise. */
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** Longer than any machine needs, and as short as a receiver that is waited for in vain. */
const PATIENT_MS = 60_000;
const SHORT_MS = 400;
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-outside-'));

beforeAll(async () => {
  lookup = vi.spyOn(dns as unknown as { lookup(host: string): Promise<LookupAddress[]> }, 'lookup');
  fixture = await makeRunFixture();
  peer = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(pieces).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  const address = peer.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  lookup.mockRestore();
  peer.closeAllConnections();
  await new Promise((resolve) => peer.close(resolve));
  await fixture.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await fixture.inside((tx) => tx.deleteFrom('outbox').execute());
  received = [];
  fixture.clock.set(new Date());
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
afterEach(() => lookup.mockReset());

const json = (status: number, body: unknown) => (_request: unknown, response: http.ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  id,
  do: key,
  stage: 'NEW',
  settings,
  ...more,
});
const hook = (settings: object = {}, more: object = {}) =>
  rule(
    'hook',
    'outside/webhook',
    { url: `${base}/orders/{{ item.id }}`, body: '{ "title": "{{ item.title }}" }', ...settings },
    more,
  );
const waits = {
  wait: true,
  results: [
    { name: 'orderId', path: '$.order.id' },
    { name: 'none', path: '$.no.such' },
  ],
};
const after = rule(
  'after',
  'alerts/comment',
  { text: 'Order {{ rules.hook.orderId }} {{ rules.hook.status }}.' },
  { order: 'after previous', onLeave: 'keep' },
);

function deliverer({ privateHosts = true, timeoutMs = PATIENT_MS } = {}): Deliverer {
  const context = { ...fixture.context, config: { ...fixture.context.config, dataDir, privateHosts } };
  const webhook = createWebhookSender(context, { timeoutMs, limitBytes: 1_048_576 });
  return {
    ...{ context, senders: { webhook }, random: () => 0, onPause: async () => {} },
    ...{ onArrival: reportArrival, onTrouble: reportTrouble },
  };
}
async function deliverDue(given: Deliverer): Promise<void> {
  fixture.clock.advance(1);
  for (const posted of await listDue(given.context, 0)) await deliver(given, posted);
}
const keep = (text: string, origin: string | null = base) =>
  fixture.inside((tx) =>
    keepSecret(
      tx,
      { dataDir },
      {
        ...{ workspaceId: fixture.workspaceId, text, origin, byId: fixture.employeeId, now: fixture.clock.now() },
      },
    ),
  );
async function begin(rules: readonly object[]): Promise<number> {
  await fixture.saveBoard({ rules });
  const item = await fixture.create({ title: 'Windows "A"' });
  await fixture.work();
  return item;
}
const outboxOf = (item: number) =>
  fixture.inside((tx) => tx.selectFrom('outbox').selectAll().where('item_id', '=', item).executeTakeFirstOrThrow());
const timelineOf = (item: number, kinds: readonly string[] = ['comment']) =>
  fixture.inside((tx) =>
    tx
      .selectFrom('timeline')
      .select(['kind', 'text'])
      .where('item_id', '=', item)
      .where('kind', 'in', [...kinds])
      .orderBy('id')
      .execute(),
  );
const told = async (item: number) => (await timelineOf(item)).map(({ text }) => text);

describe('a signed request', () => {
  test('5.8 leaves once, in the words of the item, and the receiver verifies it', async () => {
    const secret = await keep('Bearer of-the-warehouse');
    const item = await begin([
      hook({ signingSecret: await keep(SECRET), headers: [{ name: 'Authorization', value: secret, secret: true }] }),
    ]);
    expect([await fixture.run(item, 'hook'), received]).toMatchObject([
      { state: 'done', result: { status: null } },
      [],
    ]);
    await deliverDue(deliverer());
    await deliverDue(deliverer());
    expect(received).toHaveLength(1);
    const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: '' }] = received;
    expect([method, url, headers.authorization, headers['content-type'], JSON.parse(body)]).toEqual([
      ...['POST', `/orders/${item}`, 'Bearer of-the-warehouse', 'application/json', { title: 'Windows "A"' }],
    ]);
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(new Webhook(SECRET).verify(body, given)).toEqual({ title: 'Windows "A"' });
    expect(() => new Webhook(SECRET).verify(`${body} `, given)).toThrow('No matching signature');
    expect(() => new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`).verify(body, given)).toThrow(
      'No matching',
    );
    expect(await outboxOf(item)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('without a secret it is not signed, and still has its id', async () => {
    await begin([hook()]);
    await deliverDue(deliverer());
    expect(received[0]?.headers).toMatchObject({ 'webhook-id': expect.stringMatching(/^msg_/) });
    expect(received[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  test('5.8 is tried again later with the same id and a signature of its own', async () => {
    const item = await begin([hook({ signingSecret: await keep(SECRET) })]);
    answer = json(503, {});
    await deliverDue(deliverer());
    expect(await outboxOf(item)).toMatchObject({ state: 'queued', attempts: 1, reason: { code: 'webhook-busy' } });
    await deliverDue(deliverer());
    expect(received).toHaveLength(1);
    fixture.clock.advance(60_000);
    answer = json(200, {});
    await deliverDue(deliverer());
    expect(await outboxOf(item)).toMatchObject({ state: 'sent', attempts: 2, error: null });
    const [first, second] = received.map(({ headers }) => headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp'])).toBeGreaterThanOrEqual(Number(first?.['webhook-timestamp']) + 60);
  });

  test('5.8 is sent again with the same id when the process died in between: its receiver knows it', async () => {
    const item = await begin([hook()]);
    const { id } = await outboxOf(item);
    const posted = { workspaceId: fixture.workspaceId, outboxId: id };
    const dies: Deliverer = {
      ...deliverer(),
      senders: { webhook: { deduplicates: true, send: () => Promise.reject(new Error('killed')) } },
    };
    await expect(deliver(dies, posted)).rejects.toThrow('may or may not have been sent');
    fixture.clock.advance(LEASE_MS + 1);
    await expireLeases(deliverer());
    await deliverDue(deliverer());
    expect([(await outboxOf(item)).state, received.length]).toEqual(['sent', 1]);
  });
});

describe('5.9 a rule that waits for the answer', () => {
  test('holds the chain; the next rule has the results', async () => {
    const item = await begin([hook(waits), after]);
    expect(await fixture.run(item, 'hook')).toMatchObject({ state: 'waiting', waitingFor: 'answer', dueAt: null });
    answer = json(201, { order: { id: 'A-17' } });
    await deliverDue(deliverer());
    await fixture.work();
    expect(await fixture.run(item, 'hook')).toMatchObject({
      state: 'done',
      result: { status: 201, orderId: 'A-17', none: null },
    });
    expect(await told(item)).toEqual(['Order A-17 201.']);
  });

  test('over a restart: what is due is found by the row', async () => {
    const item = await begin([hook(waits), after]);
    answer = json(200, { order: { id: 5 } });
    await deliverDue(deliverer());
    await takeJobs(fixture.owner);
    await runDueVisits(fixture.runner, 0);
    await runDueVisits(fixture.runner, 0);
    expect(await told(item)).toEqual(['Order 5 200.']);
  });

  test.each([
    ['cancel', 'cancelled', []],
    ['keep', 'done', ['Order 5 200.']],
  ])('leaving the stage, policy %s: it is %s', async (onLeave, state, comments) => {
    const item = await begin([hook(waits, { onLeave }), { ...after, onLeave }]);
    fixture.clock.advance(1_000);
    await fixture.move(item, 'WARM');
    answer = json(200, { order: { id: 5 } });
    await deliverDue(deliverer());
    await fixture.work();
    expect([(await fixture.run(item, 'hook')).state, await told(item), received.length]).toEqual([state, comments, 1]);
  });

  test('a person who does not want to wait lets it go on; it is still sent, once', async () => {
    const item = await begin([hook(waits), after]);
    const { id } = await fixture.run(item, 'hook');
    await fixture.inside((tx) => runNow(tx, fixture.acting(), id));
    await fixture.work();
    expect(await told(item)).toEqual(['Order  .']);
    await deliverDue(deliverer());
    await fixture.work();
    expect([received.length, (await told(item)).length]).toEqual([1, 1]);
  });

  test('5.10 a refusal fails it with its reason, and the chain goes on; tried again it waits again', async () => {
    const item = await begin([hook(waits), after]);
    answer = json(400, {});
    await deliverDue(deliverer());
    await fixture.work();
    const failed = await fixture.run(item, 'hook');
    expect(failed).toMatchObject({ state: 'failed', reason: { code: 'webhook-refused', params: { status: 400 } } });
    expect(await told(item)).toEqual(['Order  .']);
    expect(await timelineOf(item, ['rule-failed', 'delivery-failed'])).toEqual([
      { kind: 'rule-failed', text: expect.stringContaining('refused it: 400') },
    ]);
    await fixture.inside((tx) => retryRun(tx, fixture.acting(), failed.id));
    expect(await fixture.run(item, 'hook')).toMatchObject({ state: 'waiting', waitingFor: 'answer', dueAt: null });
    answer = json(200, { order: { id: 9 } });
    await deliverDue(deliverer());
    await fixture.work();
    expect(await fixture.run(item, 'hook')).toMatchObject({ state: 'done', result: { orderId: 9 } });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

/** Until its deliveries have an end. */
async function tryOut(item: number, given = deliverer()): Promise<void> {
  for (let tries = 0; tries < MAX_SENDS && (await outboxOf(item)).state === 'queued'; tries += 1) {
    await deliverDue(given);
    fixture.clock.advance(5 * 3_600_000);
  }
  await fixture.work();
}

describe('receivers of every kind', () => {
  const drip = (response: http.ServerResponse) => {
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  };
  const kinds: readonly [string, typeof answer, string, string][] = [
    ['refuses', json(422, {}), 'failed', 'webhook-refused'],
    ['is gone', json(410, {}), 'failed', 'webhook-refused'],
    ['asks to slow down', json(429, {}), 'queued', 'webhook-busy'],
    ['has failed', json(500, {}), 'queued', 'webhook-busy'],
    ['never answers', () => {}, 'queued', 'webhook-late'],
    ['hangs up', (request) => request.socket.destroy(), 'queued', 'webhook-no-connection'],
    ['drips its answer', (_r, response) => drip(response.writeHead(200)), 'queued', 'webhook-late'],
    [
      'says that it answers 10 MB',
      (_r, response) => response.writeHead(200, { 'content-length': 10_485_760 }).write('x'),
      'failed',
      'webhook-too-large',
    ],
    [
      'answers 10 MB',
      (_r, response) => void response.writeHead(200).end(Buffer.alloc(10_485_760, 32)),
      'failed',
      'webhook-too-large',
    ],
    [
      'answers without an end',
      (_r, response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
        };
        response.writeHead(200).on('drain', more);
        more();
      },
      'failed',
      'webhook-too-large',
    ],
    ['answers no JSON', (_r, response) => void response.writeHead(200).end('<p>thanks'), 'failed', 'webhook-not-json'],
    [
      'sends on to a private address',
      (_r, response) => void response.writeHead(307, { location: 'http://169.254.169.254/latest?token=x' }).end(),
      'failed',
      'webhook-redirects',
    ],
    [
      'sends on to itself',
      (_r, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
      'failed',
      'webhook-redirects',
    ],
  ];
  test.each(kinds)('one that %s', async (_what, answers, state, code) => {
    const item = await begin([hook(waits), after]);
    answer = answers;
    await deliverDue(deliverer(code === 'webhook-late' ? { timeoutMs: SHORT_MS } : {}));
    expect(await outboxOf(item)).toMatchObject({ state, reason: { code } });
    expect(JSON.stringify(await outboxOf(item))).not.toContain('token=x');
    await fixture.work();
    expect((await fixture.run(item, 'hook')).state).toBe(state === 'failed' ? 'failed' : 'waiting');
    expect(received).toHaveLength(1);
    peer.closeAllConnections();
  });

  test('one that drips is not read when nobody waits for what it says', async () => {
    const item = await begin([hook()]);
    answer = (_r, response) => drip(response.writeHead(202));
    await deliverDue(deliverer());
    expect(await outboxOf(item)).toMatchObject({ state: 'sent' });
  });

  test('5.8 one that stays away is given up in its own words, and the run says so', async () => {
    const item = await begin([hook()]);
    answer = json(503, {});
    await tryOut(item);
    expect(await outboxOf(item)).toMatchObject({ state: 'failed', attempts: MAX_SENDS });
    expect(await fixture.run(item, 'hook')).toMatchObject({ state: 'failed', reason: { code: 'webhook-busy' } });
    expect(received).toHaveLength(MAX_SENDS);
  });
});

describe('private networks', () => {
  const strict = (timeoutMs = PATIENT_MS) => deliverer({ privateHosts: false, timeoutMs });

  test.each(['http://127.0.0.1', 'http://[::1]', 'http://169.254.169.254', 'http://10.0.0.8', 'http://2130706433'])(
    '%s is not reached',
    async (host) => {
      lookup.mockImplementation(async (name: string) => [{ address: name, family: 4 }]);
      const { port } = new URL(base);
      const item = await begin([hook({ url: `${host}:${port}/` })]);
      await deliverDue(strict());
      expect([await outboxOf(item), received]).toMatchObject([
        { state: 'failed', reason: { code: 'webhook-private' } },
        [],
      ]);
      expect(await fixture.run(item, 'hook')).toMatchObject({ state: 'failed', reason: { code: 'webhook-private' } });
    },
  );

  test('a name that leads there is not, and not one that leads there the second time', async () => {
    // Of documentation: nobody answers there.
    lookup
      .mockResolvedValueOnce([{ address: '203.0.113.7', family: 4 }])
      .mockResolvedValue([{ address: '127.0.0.1', family: 4 }]);
    const { port } = new URL(base);
    const item = await begin([hook({ url: `http://rebind.test:${port}/` })]);
    await deliverDue(strict(SHORT_MS));
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(await outboxOf(item)).toMatchObject({ state: 'queued', attempts: 1 });
    fixture.clock.advance(3_600_000);
    await deliverDue(strict());
    expect([await outboxOf(item), received]).toMatchObject([
      { state: 'failed', reason: { code: 'webhook-private' } },
      [],
    ]);
  });

  test('one of whose addresses is private is not either', async () => {
    lookup.mockResolvedValue([
      { address: '203.0.113.7', family: 4 },
      { address: '10.1.2.3', family: 4 },
    ]);
    const item = await begin([hook({ url: 'http://both.test/' })]);
    await deliverDue(strict());
    expect(await outboxOf(item)).toMatchObject({ state: 'failed', reason: { code: 'webhook-private' } });
  });
});

describe('secrets', () => {
  test('go only where they were given for, whatever the board says later', async () => {
    for (const secret of [await keep('of another', 'https://other.test'), 'kept:AAAAAAAAAAAAAAAAAAAAAA']) {
      const item = await begin([hook({ headers: [{ name: 'X-Key', value: secret, secret: true }] })]);
      await deliverDue(deliverer());
      expect([await outboxOf(item), received]).toMatchObject([
        { state: 'failed', reason: { code: 'webhook-secret' } },
        [],
      ]);
    }
  });

  test('stand nowhere in the database as they are', async () => {
    const item = await begin([
      hook({
        signingSecret: await keep(SECRET),
        headers: [{ name: 'X-Key', value: await keep('hush-hush'), secret: true }],
      }),
    ]);
    answer = json(500, { echoed: 'hush-hush' });
    await deliverDue(deliverer());
    expect(await outboxOf(item)).toMatchObject({ state: 'queued' });
    const { rows: tables } = await fixture.owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    for (const { name } of tables) {
      const { rows } = await fixture.owner.query(
        `select 1 from ${name} t where to_jsonb(t)::text like any(array['%hush-hush%', '%${SECRET.slice(6)}%'])`,
      );
      expect(rows, name).toEqual([]);
    }
  });
});
