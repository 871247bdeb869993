import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import { begin, post } from './requests.ts';
import type { Victim } from './victim.ts';

// Doors that came after the review: calls and recordings, what waits, what is taken back, rules that make items or ask the outside, lists of
// long items.

let victim: Victim;
besiege((started) => {
  victim = started;
});

const list = <T>(count: number, one: (n: number) => T) => Array.from({ length: count }, (_, n) => one(n));
const patience = { withinMs: 120_000 };
const MB = 1_048_576;

async function ask(method: string, path: string, body?: unknown): Promise<number> {
  const { url, apiKey } = victim.place;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
}

describe('nobody', onlyWorse, () => {
  it.each([
    ['a call', 'POST', '/api/v1/calls'],
    ['what a call came to', 'PATCH', '/api/v1/calls/1'],
    ['a recording', 'PUT', '/api/v1/calls/1/recording'],
    ['work that waits', 'POST', '/api/v1/planned/change'],
    ['many tasks', 'POST', '/api/v1/tasks/change'],
    ['what is to be taken back', 'POST', '/api/v1/runs/1/undo'],
  ])('sends %s of 30 MB unread', async (_, method, path) => {
    const body = Buffer.alloc(30 * MB, '[{},');
    const { harm, outcome } = await victim.suffer(() =>
      Promise.all(list(5, () => post(victim.place, { method, path, body }))),
    );
    for (const status of outcome) expect([0, 401, 403, 404]).toContain(status);
    unharmed(harm);
  });

  it('holds no memory with thirty recordings that stop half-way', async () => {
    const body = Buffer.alloc(20 * MB, 'x');
    const { harm, outcome } = await victim.suffer(async () => {
      const headers = { 'content-length': String(90 * MB), 'content-type': 'application/octet-stream' };
      const sent = list(30, () => begin(victim.place, { path: '/api/v1/files?name=a.wav', headers, body }));
      const statuses = await Promise.all(sent.map(({ status }) => status));
      for (const { end } of sent) end();
      return statuses;
    });
    for (const status of outcome) expect([0, 401]).toContain(status);
    unharmed(harm);
  });
});

describe('an employee', onlyWorse, () => {
  it('asks for moments at the end of time, forged pages and ids without end, and is told what is wrong', async () => {
    const cursors = ['[]', '[1e999]', '["x",null,{}]', `[${'9'.repeat(400)}]`].map((text) =>
      Buffer.from(text).toString('base64url'),
    );
    const { harm, outcome } = await victim.suffer(() =>
      Promise.all([
        ...['+275760-09-13T00:00:00Z', '0000-00-00T00:00:00Z', "x'; drop table runs"].map((at) =>
          ask('GET', `/planned?from=${encodeURIComponent(at)}`),
        ),
        ...cursors.map((cursor) => ask('GET', `/planned?cursor=${cursor}`)),
        ask('POST', '/planned/change', { act: 'cancel', ids: list(60_000, (n) => `run-${n + 1}`) }),
        ask('POST', '/planned/change', { act: 'run-now', ids: ['run-999999999999999', 'constructor', '__proto__'] }),
        ask('POST', '/runs/999999999999/undo', {}),
        ask('POST', '/runs/1/undo', { overwrite: list(60_000, (n) => `field${n}`) }),
        ask('POST', '/items/1/automation/undo', { visit: 1e300, overwrite: ['__proto__'] }),
        ask('POST', '/tasks/change', { ids: list(60_000, (n) => n + 1), change: {} }),
        ask('POST', '/calls', { line: 'x'.repeat(900_000), direction: 'in' }),
        ask('POST', '/calls', { line: '__proto__', direction: 'in', number: '9'.repeat(900_000) }),
        ask('PATCH', '/calls/1', { note: 'n'.repeat(900_000) }),
      ]),
    );
    for (const status of outcome) expect([400, 404, 413, 422]).toContain(status);
    unharmed(harm);
  });
});

describe('rules', onlyWorse, () => {
  const stages = [
    { code: 'A', name: 'A', kind: 'open' },
    { code: 'WON', name: 'Won', kind: 'won' },
    { code: 'LOST', name: 'Lost', kind: 'lost' },
  ];
  const peers: Server[] = [];
  afterAll(() => {
    for (const peer of peers) {
      peer.closeAllConnections();
      peer.close();
    }
  });

  it('that make items of items without end come to an end', async () => {
    const { place } = victim;
    const settings = { type: 'deal', pipeline: 'Mill', stage: 'A', title: '{{ item.title }}x' };
    const rules = list(3, (n) => ({ id: `more${n}`, do: 'items/create', stage: 'A', settings }));
    await call(place, 'PUT', '/automation/deal/Mill', { type: 'deal', pipeline: 'Mill', stages, rules }, patience);
    const { harm } = await victim.suffer(async () => {
      await call(place, 'POST', '/items', { type: 'deal', pipeline: 'Mill', title: 'Seed' }, patience);
      await sleep(5_000);
    });
    await call(place, 'PUT', '/automation/deal/Mill', { type: 'deal', pipeline: 'Mill', stages, rules: [] }, patience);
    unharmed(harm);
  });

  it('that ask a server which drips, never ends or answers with lists in lists hold up nobody', async () => {
    const { place } = victim;
    const peer = createServer((request, response) => {
      request.resume();
      if (request.url === '/drips') setInterval(() => response.write(' '), 100).unref();
      if (request.url === '/floods') setInterval(() => response.write('x'.repeat(200_000)), 5).unref();
      if (request.url === '/lists') response.end('['.repeat(900_000));
      if (request.url === '/heads') response.writeHead(200, { 'x-a': 'a'.repeat(15_000) }).end('{}');
    });
    peers.push(peer);
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
    const { port } = peer.address() as AddressInfo;
    const rules = ['drips', 'floods', 'lists', 'heads', 'silent'].map((name) => ({
      ...{ id: name, do: 'outside/webhook', stage: 'A' },
      settings: { url: `http://127.0.0.1:${port}/${name}` },
    }));
    await call(place, 'PUT', '/automation/deal/Asks', { type: 'deal', pipeline: 'Asks', stages, rules }, patience);
    const { harm } = await victim.suffer(async () => {
      for (let n = 0; n < 10; n += 1)
        await call(place, 'POST', '/items', { type: 'deal', pipeline: 'Asks', title: `Ask ${n}` }, patience);
      await sleep(5_000);
    });
    unharmed(harm);
  });
});
