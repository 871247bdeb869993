import { setTimeout as sleep } from 'node:timers/promises';
import { type RehearsedItem, rehearsalLine, rehearsalResult } from '@signalbox/contract/automation/rehearsal.ts';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import type { Context } from '../../platform/context.ts';
import { inReadOnly } from '../../platform/read-only.ts';
import { waitUntil } from '../../platform/testing-waits.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';
import { prepareRehearsal, rehearseBoard } from './rehearse-board.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let key: string;
let item: number;

const hook = (stage: string, more: object = {}) => ({
  id: `to-${stage}`,
  on: 'apps/webhook',
  stage,
  settings: { code: stage },
  ...more,
});
const mail = (stage: string) => ({
  ...{ id: `mail-${stage}`, do: 'clients/email', stage },
  settings: { subject: 'Dear {{ client.name }}', text: '{{ item.title }}' },
});

beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const { workspaceId, employeeId } = fixture;
  key = (await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' }))).key;
  await fixture.saveBoard({
    triggers: [hook('OFFER'), hook('WARM'), hook('NEW')],
    rules: [mail('OFFER'), mail('WARM')],
  });
  const contactId = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
  item = await fixture.create({ title: 'Big deal', contactId });
  for (const code of ['OFFER', 'WARM', 'NEW']) {
    const signal = {
      kind: 'webhook.called',
      sourceKey: code,
      occurredAt: fixture.clock.now(),
      payload: { code },
      items: [item],
    };
    await fixture.inside((tx) => recordSignals(tx, [signal]));
    await drainWorkspace(fixture.context, workspaceId, { bindSignals: async () => {} });
    await fixture.work();
  }
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

async function post(what: 'rehearse' | 'test', body: object, asKey = key) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/automation/deal/${fixture.pipelineId}/${what}`,
    headers: { authorization: `Bearer ${asKey}`, 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  });
  return { status: answer.statusCode, text: answer.body };
}

async function rehearse(body: object) {
  const { status, text } = await post('rehearse', body);
  expect(status).toBe(200);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => rehearsalLine.parse(JSON.parse(line)));
  const items = lines.flatMap((line): RehearsedItem[] => ('item' in line ? [line.item] : []));
  return {
    lines,
    items,
    result: rehearsalResult.parse(lines.flatMap((line) => ('result' in line ? [line.result] : []))[0]),
  };
}

const draft = (triggers: object[], more: object = {}) => ({
  type: 'deal',
  pipeline: 'Sales',
  triggers,
  rules: [mail('OFFER'), mail('WARM')],
  ...more,
});

/** Every table and sequence, as the owner sees it. */
async function everything() {
  const { rows } = await fixture.owner.query<{ name: string; kind: string }>(
    `select relname as name, relkind as kind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1`,
  );
  const states: unknown[] = [];
  for (const { name, kind } of rows) {
    const what = kind === 'S' ? 'last_value, is_called' : 'count(*), sum(hashtext(t::text))';
    // Set when the key is used.
    if (name !== 'api_keys') states.push([name, (await fixture.owner.query(`select ${what} from ${name} t`)).rows[0]]);
  }
  return states;
}

test('the newest version: what it did, with the messages that one client had in one day', async () => {
  const { items, result, lines } = await rehearse({ days: 7 });
  expect(result).toMatchObject({
    moves: 2,
    movesBack: 0,
    recordedMoves: 2,
    touched: 1,
    differing: 0,
    signals: 3,
    version: 1,
  });
  expect(result.rules.map(({ id, times }) => [id, times])).toEqual([
    ['mail-OFFER', 1],
    ['mail-WARM', 1],
  ]);
  expect(result.doubles).toMatchObject([{ client: { name: 'Cleo' }, day: '2026-01-05', count: 2, items: [item] }]);
  expect(items).toMatchObject([
    {
      id: item,
      title: 'Big deal',
      moves: [{ from: { code: 'NEW' }, to: { code: 'OFFER' } }, { to: { code: 'WARM' } }],
    },
  ]);
  expect(lines.at(-2)).toEqual({ progress: { done: 1, total: 1 } });
});

test('a draft moves otherwise: back when it may, to stages that are only its own', async () => {
  const back = await rehearse({
    days: 30,
    file: draft([hook('OFFER'), hook('WARM'), hook('NEW', { allowBack: true })]),
  });
  expect(back.result).toMatchObject({ moves: 3, movesBack: 1, recordedMoves: 2, differing: 1, version: null });
  const stages = [
    { code: 'NEW', name: 'New' },
    { code: 'SOON', name: 'Soon' },
  ];
  const own = await rehearse({
    days: 30,
    file: { ...draft([hook('SOON', { settings: { code: 'WARM' } })], { stages }), rules: [] },
  });
  expect(own.items).toMatchObject([{ moves: [{ to: { code: 'SOON', name: 'Soon' } }], differs: true }]);
});

test('what is not set up yet is left out and told', async () => {
  const { result } = await rehearse({ days: 7, file: draft([hook('OFFER'), hook('NOWHERE')]) });
  expect(result).toMatchObject({ moves: 1, leftOut: [{ path: 'triggers[1].stage', code: 'unknown-stage' }] });
});

test('a test says what a signal would do now, with the texts of the rules that would follow', async () => {
  const signal = { kind: 'webhook.called', payload: { code: 'OFFER' } };
  const { status, text } = await post('test', {
    item,
    signal,
    file: draft([hook('NEW'), hook('OFFER', { allowBack: true })]),
  });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    verdicts: [
      { trigger: 'to-NEW', verdict: 'would-move-back' },
      { trigger: 'to-OFFER', verdict: 'moves', words: expect.any(String) },
    ],
    move: { from: { code: 'WARM' }, to: { code: 'OFFER' }, back: true },
    runs: [{ rule: 'mail-OFFER', state: 'due', settings: { subject: 'Dear Cleo', text: 'Big deal' } }],
  });
});

test.each([
  ['an unknown kind', { signal: { kind: 'no.such' } }, 422],
  ['a payload that does not fit', { signal: { kind: 'webhook.called', payload: {} } }, 422],
  ['an item that is not there', { item: 999_999 }, 404],
])('a test refuses %s', async (_what, more, status) => {
  const body = { item, signal: { kind: 'webhook.called', payload: { code: 'x' } }, ...more };
  expect(await post('test', body)).toMatchObject({ status });
});

test('neither is for strangers', async () => {
  expect(await post('rehearse', { days: 7 }, 'sb_nobody')).toMatchObject({ status: 401 });
  expect(await post('test', {}, 'sb_nobody')).toMatchObject({ status: 401 });
});

test('whoever stops listening stops it', async () => {
  const { workspaceId, pipelineId } = fixture;
  const ids = await fixture.addItems(3_000);
  const signals = ids.map((id) => ({
    ...{ kind: 'webhook.called', sourceKey: `many ${id}`, occurredAt: fixture.clock.now() },
    ...{ payload: { code: 'nothing' }, items: [id] },
  }));
  await fixture.inside((tx) => recordSignals(tx, signals));
  await drainWorkspace(fixture.context, workspaceId, { bindSignals: async () => {} });

  const counted = countTransactions(fixture.context);
  const prepared = await prepareRehearsal(counted.context, workspaceId, {
    ...{ address: { type: 'deal', pipeline: String(pipelineId) }, days: 7 },
  });
  const before = counted.count();
  for await (const line of rehearseBoard(counted.context, prepared))
    if ('progress' in line && line.progress.done > 0) break;
  expect(counted.count() - before).toBe(1);

  const listening = await createServer(counted.context);
  try {
    const address = await listening.listen({ port: 0, host: '127.0.0.1' });
    const begun = counted.count();
    const stop = new AbortController();
    const answer = await fetch(`${address}/api/v1/automation/deal/${pipelineId}/rehearse`, {
      ...{ method: 'POST', body: JSON.stringify({ days: 7 }), signal: stop.signal },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
    await answer.body?.getReader().read();
    stop.abort();
    await waitUntil('the server has stopped', async () => {
      const now = counted.count();
      await sleep(200);
      return counted.count() === now;
    });
    // The slices of three thousand items are fifteen.
    expect(counted.count() - begun).toBeLessThan(12);
  } finally {
    await listening.close();
  }
});

/** The same database, told whenever a transaction of a workspace begins. */
function countTransactions(context: Context) {
  let count = 0;
  const app = new Proxy(context.databases.app, {
    get(target, name) {
      if (name === 'transaction') count += 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { count: () => count, context: { ...context, databases: { ...context.databases, app } } };
}

test('nothing is written or sent: no table, no sequence is different afterwards, and PostgreSQL would refuse it', async () => {
  const before = await everything();
  await rehearse({ days: 90, file: draft([hook('OFFER', { allowBack: true }), hook('NEW', { allowBack: true })]) });
  await post('test', { item, signal: { kind: 'webhook.called', payload: { code: 'OFFER' } } });
  expect(await everything()).toEqual(before);

  const write = inReadOnly(fixture.context, fixture.workspaceId, (tx) => sql`update items set title = 'x'`.execute(tx));
  await expect(write).rejects.toMatchObject({ code: '25006' });
});
