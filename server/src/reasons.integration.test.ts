import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePeople } from './api/make-people.ts';
import { createServer } from './api/server.ts';
import { makeRunFixture, type RunFixture } from './automation/running/testing-runs.ts';
import { makeRoutes } from './compose/routes.ts';
import { createKey } from './people/keys.store.ts';
import { createRecorder } from './signals/recorder.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let key: string;

beforeAll(async () => {
  fixture = await makeRunFixture();
  const { context, workspaceId, employeeId } = fixture;
  const routes = makeRoutes(context, { people: makePeople(context), recorder: createRecorder(context) });
  app = await createServer(context, { people: makePeople(context), routes, checkAnswers: true });
  key = (await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' }))).key;
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
  await fixture.saveBoard({
    rules: [
      { id: 'mail', do: 'clients/email', stage: 'NEW', settings: { subject: 'Offer', text: 'Hello' } },
      { id: 'tell', do: 'alerts/comment', stage: 'NEW', settings: { text: '{{ item.deliveryDate }}' } },
      {
        id: 'late',
        do: 'alerts/comment',
        stage: 'NEW',
        settings: { text: 'Late' },
        time: { at: { field: 'deliveryDate' }, empty: 'skip' },
      },
    ],
  });
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

async function get(url: string) {
  const answer = await app.inject({ url, headers: { authorization: `Bearer ${key}` } });
  expect(answer.statusCode).toBe(200);
  return answer.json().data;
}

const noAddress = { error: 'the client has no e-mail address', reason: { code: 'no-address', params: {} } };

test('5.10 a failed run says why as a code with its parameters, beside the English words', async () => {
  const item = await fixture.create({});
  await fixture.work();

  const runs = await get(`/api/v1/items/${item}/runs`);
  expect(runs).toMatchObject([
    { rule: 'mail', state: 'failed', ...noAddress },
    {
      rule: 'tell',
      state: 'failed',
      error: 'the text is empty',
      reason: { code: 'setting-empty', params: { setting: 'text' } },
    },
    { rule: 'late', state: 'skipped', reason: { code: 'date-empty', params: { field: 'deliveryDate' } } },
  ]);
});

test('the timeline tells of rules that failed and of no others, with the reason', async () => {
  const item = await fixture.create({});
  await fixture.work();

  const entries: { kind: string; key?: string }[] = await get(`/api/v1/items/${item}/timeline`);
  const failed = entries.filter(({ kind }) => kind === 'rule-failed');
  expect(failed.map((entry) => entry.key).toSorted()).toEqual(['alerts/comment', 'clients/email']);
  expect(failed.find((entry) => entry.key === 'clients/email')).toMatchObject(noAddress);
});

test('the numbers of the board tell why a rule failed the last time, and on which item', async () => {
  const item = await fixture.create({});
  await fixture.work();

  const [pipeline] = await get('/api/v1/pipelines?type=deal');
  const url = `/api/v1/automation/deal/${pipeline.id}/stats`;
  const answer = await app.inject({ url, headers: { authorization: `Bearer ${key}` } });
  expect(answer.json().rules).toMatchObject({ mail: { failed30: 3, lastFailure: { item, ...noAddress } } });
  // It was passed over, which is no run.
  expect(answer.json().rules.late).toBeUndefined();
});

test('a run from before reasons had codes keeps its words alone', async () => {
  const item = await fixture.create({});
  await fixture.work();
  const error = 'employee has no mobile number';
  await fixture.inside((tx) =>
    tx
      .updateTable('runs')
      .set({ error, reason: null })
      .where('item_id', '=', item)
      .where('rule_id', '=', 'mail')
      .execute(),
  );

  expect((await get(`/api/v1/items/${item}/runs`))[0]).toMatchObject({ rule: 'mail', error, reason: null });
});

test('tried again with success, a run has no reason any more', async () => {
  const item = await fixture.create({});
  await fixture.work();
  const [run] = await get(`/api/v1/items/${item}/runs`);
  const contact = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
  await fixture.inside((tx) => tx.updateTable('items').set({ contact_id: contact }).where('id', '=', item).execute());
  await app.inject({
    method: 'POST',
    url: `/api/v1/runs/${run.id}/retry`,
    headers: { authorization: `Bearer ${key}` },
  });
  await fixture.work();

  expect((await get(`/api/v1/items/${item}/runs`))[0]).toMatchObject({ state: 'done', error: null, reason: null });
});
