import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let key: string;
beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const { workspaceId, employeeId } = fixture;
  key = (await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' }))).key;
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

async function call(method: 'GET' | 'PUT' | 'POST', url: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}`, ...headers },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json() };
}

const stages = [
  { code: 'NEW', name: 'New', kind: 'open' },
  { code: 'WARM', name: 'Interested', kind: 'open', color: '#123456' },
  { code: 'WON', name: 'Won', kind: 'won' },
];
const comment = (id: string, stage: string, more: object = {}) => ({
  ...{ id, do: 'alerts/comment', stage, settings: { text: id } },
  ...more,
});
const later = { time: { after: '1 hour' } };
let made = 0;
async function makeBoard(file: object) {
  made += 1;
  const name = `Board ${made}`;
  const url = `/api/v1/automation/deal/Board%20${made}`;
  const save = (more: object, headers?: Record<string, string>) =>
    call('PUT', url, { type: 'deal', pipeline: name, ...more }, headers);
  expect(await save({ stages, ...file })).toMatchObject({ status: 200 });
  const pipeline = await fixture.inside((tx) =>
    tx.selectFrom('pipelines').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
  );
  return { url, name, save, pipelineId: pipeline.id };
}
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map(({ text }) => text);

describe('8.1 one save', () => {
  test('8.1 is all or nothing: a mistake in a rule keeps the stages as they were, too', async () => {
    const { url, save } = await makeBoard({ rules: [comment('a', 'WARM')] });
    const renamed = stages.map((stage) => ({ ...stage, name: `${stage.name}!` }));
    const wrong = await save({
      stages: [...renamed, { code: 'LOST', name: 'Lost', kind: 'lost' }],
      rules: [{ ...comment('a', 'GONE') }],
    });
    expect(wrong.status).toBe(422);
    expect((await call('GET', url)).body).toMatchObject({ version: 1, stages, rules: [{ id: 'a', stage: 'WARM' }] });
  });

  test('8.1 refuses files and file fields that are not there', async () => {
    const mail = {
      do: 'clients/email',
      stage: 'WARM',
      settings: { subject: 's', text: 't', attachments: { fields: ['x'], files: [77] } },
    };
    const { save } = await makeBoard({});
    const { status, body } = await save({ rules: [mail] });
    expect(status).toBe(422);
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
      'rules[0].settings.attachments unknown-file-field',
      'rules[0].settings.attachments unknown-file',
    ]);
  });

  test('5.3 refuses dates that there are not yet, and what is no date, instead of waiting for ever', async () => {
    const { save } = await makeBoard({});
    const at = (field: string) => comment(field.replace('.', '_'), 'WARM', { time: { at: { field } } });
    const { status, body } = await save({
      rules: [at('nextBooking'), at('title'), at('order.paidAt'), at('invoice.nope')],
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        path: 'rules[0].time.at.field',
        message: 'Bookings and visits are not there in this version yet',
      },
      { path: 'rules[1].time.at.field', code: 'no-date' },
      {
        path: 'rules[2].time.at.field',
        message: 'Orders, payments and product lines are not there in this version yet',
      },
      { path: 'rules[3].time.at.field', code: 'unknown-name' },
    ]);
  });
});

describe('8.2 runs of what is gone', () => {
  test('8.2 runs of a rule that was switched off go on, new visits have none', async () => {
    const { save, pipelineId } = await makeBoard({ rules: [comment('off', 'NEW', later)] });
    const item = await fixture.create({ pipelineId });
    const { body } = await save({ rules: [comment('off', 'NEW', { ...later, enabled: false })] });
    expect(body.waitingRuns).toBe(1);
    const next = await fixture.create({ pipelineId });
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect([await comments(item), await fixture.runs(next)]).toEqual([['off'], []]);
  });

  test('8.2 runs kept from a stage that was deleted go on, chains and results included', async () => {
    const rules = [
      comment('kept', 'NEW', { ...later, onLeave: 'keep' }),
      comment('link', 'NEW', { order: 'after previous', onLeave: 'keep', settings: { text: 'link {{ item.stage }}' } }),
    ];
    const { url, save, pipelineId } = await makeBoard({ rules });
    const item = await fixture.create({ pipelineId });
    const without = await call('PUT', `${url}?moveTo=WARM`, {
      type: 'deal',
      pipeline: `Board ${made}`,
      stages: stages.slice(1),
      rules: [],
    });
    expect(without).toMatchObject({ status: 200, body: { moved: 1, waitingRuns: 2 } });
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect(await comments(item)).toEqual(['kept', 'link WARM']);
    expect((await call('GET', `/api/v1/items/${item}/runs`)).body.data).toMatchObject([
      { rule: 'kept', key: 'alerts/comment', state: 'done', stage: null },
      { rule: 'link', state: 'done' },
    ]);
    expect((await save({})).status).toBe(200);
  });
});

describe('8.3 two at once', () => {
  test('8.3 of two saves at the same moment one is told', async () => {
    const { url, save } = await makeBoard({ rules: [comment('a', 'WARM')] });
    const answers = await Promise.all(
      ['x', 'y'].map((id) => save({ rules: [comment('a', 'WARM'), comment(id, 'WARM')] }, { 'if-match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect(answers.find(({ status }) => status === 412)?.body.errors).toMatchObject([
      { path: 'rules[1]', code: 'added' },
    ]);
    expect((await call('GET', url)).body.version).toBe(2);
  });

  test('8.3 two who make the same new pipeline at the same moment make one', async () => {
    const url = '/api/v1/automation/deal/Twins';
    const file = (id: string) => ({ type: 'deal', pipeline: 'Twins', stages, rules: [comment(id, 'WARM')] });
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => call('PUT', url, file(id))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ body }) => body.version).toSorted()).toEqual([1, 2, 3]);
    expect((await call('GET', `${url}/versions`)).body.data).toHaveLength(3);

    const posts = await Promise.all(
      [1, 2, 3].map(() => call('POST', '/api/v1/pipelines', { type: 'deal', name: 'Triplets', stages })),
    );
    expect(posts.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });
});

describe('8.4 any version', () => {
  test('8.4 is compared and restored whole, with stages that have gone since', async () => {
    const { url, save } = await makeBoard({
      triggers: [{ id: 'open', on: 'email/opened', stage: 'WARM' }],
      rules: [comment('new', 'NEW'), comment('warm', 'WARM')],
    });
    await save({ stages: [stages[0], stages[2]], rules: [comment('new', 'NEW')] });
    const old = (await call('GET', `${url}/versions/1?against=2`)).body;
    expect(old).toMatchObject({ stages, triggers: [{ id: 'open' }], rules: [{ id: 'new' }, { id: 'warm' }] });
    expect(old.changes.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
      'stages[1] added',
      'triggers[0] added',
      'rules[1] added',
    ]);
    expect(await call('POST', `${url}/versions/1/restore`)).toMatchObject({ status: 200, body: { version: 3 } });
    const { version: _, ...now } = (await call('GET', url)).body;
    expect(now).toMatchObject({
      stages,
      triggers: [{ id: 'open', stage: 'WARM' }],
      rules: [{ id: 'new' }, { id: 'warm' }],
    });
  });
});
