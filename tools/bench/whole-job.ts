import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { openStream } from './instruments/event-stream.ts';
import { type Spread, secondsOf, spreadOf } from './instruments/measure.ts';

const withId = z.object({ id: z.number() });
const PIPELINE = 'Bench over HTTP';

/** The board of (d), (e) and (f): a webhook call moves a deal whose amount is large enough, and two rules run. */
export async function makeHttpBoard(place: Place, rules: readonly unknown[]): Promise<void> {
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(PIPELINE)}`, {
    type: 'deal',
    pipeline: PIPELINE,
    stages: [
      { code: 'NEW', name: 'New', kind: 'open' },
      { code: 'WARM', name: 'Warm', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [
      {
        id: 'called',
        on: 'apps/webhook',
        stage: 'WARM',
        when: { field: 'amount', is: 'at least', value: 1000 },
        settings: { code: 'go' },
      },
    ],
    rules,
  });
}

export const tellRule = {
  id: 'tell',
  do: 'alerts/notify',
  stage: 'WARM',
  settings: { text: '{{ item.title }} is warm', recipients: ['responsible'] },
};

/** `count` deals on the first stage; made by one through the API, the others by copying its rows, visit included. */
export async function makeDeals(place: Place, client: pg.Client, count: number): Promise<number[]> {
  const first = withId.parse(
    await call(place, 'POST', '/items', {
      type: 'deal',
      pipeline: PIPELINE,
      title: 'Deal',
      amount: 2000,
      currency: 'EUR',
    }),
  );
  const result = await client.query<{ id: number }>(
    `with made as (
       insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id)
         select workspace_id, type, pipeline_id, stage_id, title || ' ' || n, amount, currency, responsible_id, creator_id from items, generate_series(1, $2::int) n where id = $1
         returning workspace_id, id, pipeline_id, stage_id),
     entered as (
       insert into visits (workspace_id, item_id, pipeline_id, stage_id, entered_at, board_version)
         select workspace_id, id, pipeline_id, stage_id, now(), 1 from made returning id, item_id)
     select item_id::int as id from entered`,
    [first.id, count],
  );
  await client.query(
    'update items i set visit_id = v.id from visits v where v.workspace_id = i.workspace_id and v.item_id = i.id and i.visit_id = 0',
  );
  await client.query('vacuum analyze');
  return result.rows.map(({ id }) => id);
}

export interface WholeJob {
  readonly connections: number;
  /** Notifications written a second, counted in the database. */
  readonly donePerSecond: number;
  /** Milliseconds from the call to the event on another connection that its rules have run; of calls that are not in the rate. */
  readonly visibleMs: Spread;
  /** Of the server and PostgreSQL together, for a call; null where that cannot be told. */
  readonly processorMs: number | null;
}

/** (f): webhook call -> condition -> stage moved -> history -> notification row, over `connections` kept-alive connections. */
export async function measureWholeJob(
  { place, client, processorSeconds }: BenchServer,
  items: readonly number[],
  connections: number,
): Promise<WholeJob> {
  const [watched, rated] = [items.slice(0, items.length / 5), items.slice(items.length / 5)];
  const before = processorSeconds();
  const seconds = await secondsOf(async () => {
    await callEach(place, rated, { connections, onCall: () => {} });
    await waitForNotifications(client, rated);
  });
  const used = processorSeconds();
  return {
    connections,
    donePerSecond: rated.length / seconds,
    visibleMs: await measureVisible(place, watched, connections),
    processorMs: used === null || before === null ? null : ((used - before) * 1_000) / rated.length,
  };
}

async function callEach(
  place: Place,
  items: readonly number[],
  { connections, onCall }: { readonly connections: number; onCall(item: number): void },
): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const waiting = [...items];
  const caller = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      onCall(item);
      await callWebhook(place, agent, item);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  agent.destroy();
}

/** With a listener to the events, which costs the server more than a tenth of a call: so apart from the rate. */
async function measureVisible(place: Place, items: readonly number[], connections: number): Promise<Spread> {
  const called = new Map<number, number>();
  const seen = new Map<number, number>();
  const stream = await openStream(place, ({ topic, kind, id }) => {
    if (topic === 'runs' && kind === 'changed' && id !== undefined && !seen.has(id)) seen.set(id, performance.now());
  });
  await callEach(place, items, { connections, onCall: (item) => called.set(item, performance.now()) });
  for (const deadline = Date.now() + 10_000; seen.size < items.length && Date.now() < deadline; ) await sleep(10);
  stream.abort();
  const missed = items.filter((item) => !seen.has(item)).length;
  if (missed > 0) throw new Error(`${missed} effects never came over the event stream`);
  return spreadOf(items.map((item) => (seen.get(item) ?? Number.NaN) - (called.get(item) ?? Number.NaN)));
}

function callWebhook(place: Place, agent: http.Agent, item: number): Promise<void> {
  const path = `/rest/1/${place.apiKey}/crm.automation.trigger?target=DEAL_${item}&code=go`;
  return new Promise((resolve, reject) => {
    const request = http.request(`${place.url}${path}`, { agent, method: 'POST' }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`webhook: ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

async function waitForNotifications(client: pg.Client, items: readonly number[]): Promise<void> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(10)) {
    const result = await client.query<{ done: number }>(
      'select count(*)::int as done from notifications where item_id = any($1::bigint[])',
      [items],
    );
    if ((result.rows[0]?.done ?? 0) >= items.length) return;
  }
  throw new Error('not every call led to a notification within two minutes');
}
