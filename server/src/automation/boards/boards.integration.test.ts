import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let keys: { admin: string; employee: string };

beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const employeeId = await fixture.addEmployee({ name: 'Bob', email: 'bob@firm.test' });
  const keyOf = (id: number) =>
    fixture.inside(
      async (tx) =>
        (await createKey(tx, { workspaceId: fixture.workspaceId, employeeId: id, kind: 'api', name: '' })).key,
    );
  keys = { admin: await keyOf(fixture.employeeId), employee: await keyOf(employeeId) };
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

async function call(
  method: 'GET' | 'PUT' | 'POST',
  url: string,
  { body, key = keys.admin, headers = {} }: { body?: unknown; key?: string; headers?: Record<string, string> } = {},
) {
  const yaml = typeof body === 'string';
  const type = body === undefined ? {} : { 'content-type': yaml ? 'text/yaml' : 'application/json' };
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}`, ...type, ...headers },
    ...(body === undefined ? {} : { payload: yaml ? body : JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), etag: answer.headers.etag };
}

const stages = [
  { code: 'NEW', name: 'New', kind: 'open' },
  { code: 'WARM', name: 'Interested', kind: 'open' },
  { code: 'WON', name: 'Won', kind: 'won' },
];
const tell = {
  do: 'alerts/notify',
  stage: 'WARM',
  settings: { text: '{{ item.title }}', recipients: ['responsible'] },
};
const opened = { on: 'email/opened', stage: 'WARM', name: 'Client read the offer', settings: { firstOnly: true } };
let made = 0;
async function makeBoard(file: object = {}) {
  made += 1;
  const url = `/api/v1/automation/deal/Board%20${made}`;
  const answer = await call('PUT', url, { body: { type: 'deal', pipeline: `Board ${made}`, stages, ...file } });
  expect(answer).toMatchObject({ status: 200 });
  return { url, name: `Board ${made}`, ...answer };
}

describe('the automation file (interfaces.md)', () => {
  test('makes the pipeline if it gives stages, else there is none', async () => {
    const { body, etag } = await makeBoard({ triggers: [opened], rules: [tell] });
    expect(body).toMatchObject({ version: 1, triggers: [{ id: 't1', on: 'email/opened' }], rules: [{ id: 'r1' }] });
    expect(etag).toBe('"1"');
    expect(
      await call('PUT', '/api/v1/automation/deal/Nowhere', { body: { type: 'deal', pipeline: 'Nowhere' } }),
    ).toMatchObject({ status: 404 });
  });

  test('export and apply of the result is a no-op, also as YAML', async () => {
    const { url } = await makeBoard({
      triggers: [opened],
      rules: [tell, { ...tell, order: 'after previous', time: { after: '10 minutes' } }],
    });
    const exported = await call('GET', url);
    expect(exported.body).toMatchObject({ version: 1, stages: [{ code: 'NEW' }, { code: 'WARM' }, { code: 'WON' }] });
    expect((await call('PUT', url, { body: exported.body })).body).toMatchObject({ version: 1 });
    const { version: _, ...file } = exported.body;
    expect((await call('PUT', url, { body: JSON.stringify(file) })).body).toMatchObject({ version: 1 });
  });

  test('entries without an id are matched by stage, key and name, else get an id', async () => {
    const { url } = await makeBoard({
      rules: [
        { ...tell, name: 'one' },
        { ...tell, name: 'two' },
      ],
    });
    const { body } = await call('PUT', url, {
      body: {
        type: 'deal',
        pipeline: `Board ${made}`,
        rules: [
          { ...tell, name: 'two' },
          { ...tell, name: 'three' },
          { ...tell, id: 'tell', name: 'four' },
        ],
      },
    });
    expect(body.rules.map((rule: { id: string }) => rule.id)).toEqual(['r2', 'r3', 'tell']);
  });

  test('unknown keys are errors with line and column in YAML, with a path in JSON; nothing is saved', async () => {
    const { url, name } = await makeBoard();
    const yaml = `type: deal\npipeline: ${name}\nrules:\n  - do: alerts/notify\n    stage: WARM\n    colour: red\n    settings: { text: hi, size: 3 }\n`;
    expect(await call('PUT', url, { body: yaml })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'rules[0].colour', code: 'unknown-key', line: 6, column: 5 }] },
    });
    const json = {
      type: 'deal',
      pipeline: name,
      rules: [{ do: 'alerts/notify', stage: 'WARM', settings: { text: 'hi', size: 3 } }],
    };
    expect(await call('PUT', url, { body: json })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'rules[0].settings.size', code: 'unknown-key' }] },
    });
    expect((await call('GET', url)).body).toMatchObject({ rules: [] });
  });

  test('`POST /check` and `?dryRun=1` find what a save would find, and save nothing', async () => {
    const { url, name } = await makeBoard();
    const yaml = `type: deal\npipeline: ${name}\ntriggers:\n  - on: email/opened\n    stage: NOWHERE\n`;
    expect((await call('POST', '/api/v1/automation/check', { body: { yaml } })).body).toMatchObject({
      errors: [{ path: 'triggers[0].stage', line: 5 }],
    });
    expect((await call('POST', '/api/v1/automation/check', { body: { yaml: 'a: [' } })).body.errors[0]).toMatchObject({
      code: 'yaml',
      line: expect.any(Number),
    });
    expect(
      await call('PUT', `${url}?dryRun=1`, { body: { type: 'deal', pipeline: name, rules: [tell] } }),
    ).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await call('GET', url)).body).toMatchObject({ version: 1, rules: [] });
  });

  test('is read by every employee and saved by administrators only; another workspace sees nothing', async () => {
    const { url, name } = await makeBoard();
    expect(await call('GET', url, { key: keys.employee })).toMatchObject({ status: 200 });
    expect(await call('PUT', url, { key: keys.employee, body: { type: 'deal', pipeline: name } })).toMatchObject({
      status: 403,
    });
    expect(await call('GET', url, { key: 'forged' })).toMatchObject({ status: 401 });
  });
});

describe('8 editing a board', () => {
  test('8.1 a save checks everything and answers every mistake at once', async () => {
    const { url, name } = await makeBoard();
    const file = {
      type: 'deal',
      pipeline: name,
      triggers: [
        { on: 'email/opened', stage: 'GONE' },
        { ...opened, as: 'nobody@firm.test' },
      ],
      rules: [
        { ...tell, settings: { text: '{{ item.titel }}' } },
        { ...tell, settings: { text: 'x', recipients: ['department:Moon'] } },
        { do: 'no/such', stage: 'WARM' },
        { do: 'clients/email', stage: 'WARM', settings: { from: 'no@mailbox.test', subject: 's', text: 't' } },
      ],
    };
    const { status, body } = await call('PUT', url, { body: file });
    expect(status).toBe(422);
    expect(body.errors.map((error: { path: string; code: string }) => `${error.path} ${error.code}`)).toEqual(
      expect.arrayContaining([
        'triggers[0].stage unknown-stage',
        'triggers[1].as unknown-employee',
        'rules[0].settings.text template',
        'rules[1].settings.recipients unknown-department',
        'rules[2].do unknown-rule',
        'rules[3].settings.from unknown-channel',
      ]),
    );
  });

  test('8.1 warns of cycles, of races and of triggers that never fire, but saves', async () => {
    const go = (from: string, to: string) => ({ do: 'items/change-stage', stage: from, settings: { stage: to } });
    const { body } = await makeBoard({
      triggers: [opened, { ...opened, stage: 'WON' }],
      rules: [go('NEW', 'WARM'), go('WARM', 'NEW')],
    });
    expect(body.warnings.map((warning: { code: string }) => warning.code)).toEqual(
      expect.arrayContaining(['cycle', 'race']),
    );
  });

  test('3.4 won and lost stages stand last, else it is an error', async () => {
    const { url, name } = await makeBoard();
    const wrong = [stages[2], stages[0], stages[1]];
    expect(await call('PUT', url, { body: { type: 'deal', pipeline: name, stages: wrong } })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'closed-not-last' }, expect.anything()] },
    });
  });

  test('8.1 every save is a version with author and time', async () => {
    const { url, name } = await makeBoard();
    await call('PUT', url, { body: { type: 'deal', pipeline: name, rules: [tell] } });
    const { body } = await call('GET', `${url}/versions`);
    expect(body.data).toMatchObject([
      { version: 2, author: { id: fixture.employeeId }, savedAt: fixture.clock.now().toISOString() },
      { version: 1 },
    ]);
  });

  test('8.2 runs of a rule that was deleted go on, with the number shown, or are cancelled if the one who saves says so', async () => {
    const later = { id: 'later', ...tell, stage: 'NEW', time: { after: '1 hour' } };
    const { url, name } = await makeBoard({ rules: [later] });
    const pipelineId = (
      await fixture.inside((tx) =>
        tx.selectFrom('pipelines').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
      )
    ).id;
    const item = await fixture.create({ pipelineId });
    const other = await fixture.create({ pipelineId });
    expect((await call('PUT', url, { body: { type: 'deal', pipeline: name, rules: [] } })).body).toMatchObject({
      version: 2,
      waitingRuns: 2,
    });
    expect(await fixture.run(item, 'later')).toMatchObject({ state: 'waiting' });
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect(await fixture.run(item, 'later')).toMatchObject({ state: 'done' });
    expect((await call('GET', `/api/v1/items/${other}/runs`)).body.data).toMatchObject([
      { rule: 'later', key: 'alerts/notify', state: 'done', stage: { code: 'NEW' } },
    ]);

    await call('PUT', url, { body: { type: 'deal', pipeline: name, rules: [later] } });
    const third = await fixture.create({ pipelineId });
    expect(
      (
        await call('PUT', `${url}?cancelRuns=1`, {
          body: { type: 'deal', pipeline: name, rules: [{ ...later, enabled: false }] },
        })
      ).body,
    ).toMatchObject({ waitingRuns: 0 });
    expect(await fixture.run(third, 'later')).toMatchObject({ state: 'cancelled' });
  });

  test('8.3 the second of two people who save over each other is told and shown the difference', async () => {
    const { url, name } = await makeBoard({ rules: [{ ...tell, id: 'a' }] });
    const mine = {
      type: 'deal',
      pipeline: name,
      rules: [
        { ...tell, id: 'a' },
        { ...tell, id: 'mine' },
      ],
    };
    const theirs = {
      type: 'deal',
      pipeline: name,
      rules: [
        { ...tell, id: 'a', enabled: false },
        { ...tell, id: 'theirs' },
      ],
    };
    expect(await call('PUT', url, { body: theirs, headers: { 'if-match': '"1"' } })).toMatchObject({
      status: 200,
      etag: '"2"',
    });
    expect(await call('PUT', url, { body: mine, headers: { 'if-match': '"1"' } })).toMatchObject({
      status: 412,
      body: {
        errors: [
          { path: 'rules[0]', code: 'changed' },
          { path: 'rules[1]', code: 'added' },
        ],
      },
    });
    expect((await call('GET', url)).body.rules).toMatchObject([{ id: 'a', enabled: false }, { id: 'theirs' }]);
    expect(await call('PUT', url, { body: mine, headers: { 'if-match': '"2"' } })).toMatchObject({ status: 200 });
  });

  test('8.3 a stage that has items cannot be left out unless it is said where they go', async () => {
    const { url, name } = await makeBoard({ rules: [{ ...tell, id: 'tell' }] });
    const pipelineId = (
      await fixture.inside((tx) =>
        tx.selectFrom('pipelines').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
      )
    ).id;
    const item = await fixture.create({ pipelineId });
    const file = { type: 'deal', pipeline: name, stages: stages.slice(1), rules: [{ ...tell, id: 'tell' }] };
    expect(await call('PUT', url, { body: file })).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'has-items' }] },
    });
    expect(await call('PUT', `${url}?moveTo=NOPE`, { body: file })).toMatchObject({ status: 422 });
    expect(await call('PUT', `${url}?moveTo=WARM`, { body: file })).toMatchObject({
      status: 200,
      body: { moved: 1, stages: [{ code: 'WARM' }, { code: 'WON' }] },
    });
    expect((await call('GET', `/api/v1/items/${item}`)).body).toMatchObject({ stage: 'WARM' });
    expect(await fixture.run(item, 'tell')).toMatchObject({ state: 'waiting' });
  });

  test('8.4 any version can be compared and restored', async () => {
    const { url, name } = await makeBoard({ rules: [{ ...tell, id: 'a' }] });
    await call('PUT', url, { body: { type: 'deal', pipeline: name, rules: [] } });
    expect((await call('GET', `${url}/versions/1?against=2`)).body).toMatchObject({
      version: 1,
      rules: [{ id: 'a' }],
      changes: [{ code: 'added' }],
    });
    expect(await call('GET', `${url}/versions/9`)).toMatchObject({ status: 404 });
    expect(await call('POST', `${url}/versions/1/restore`)).toMatchObject({
      status: 200,
      body: { version: 3, rules: [{ id: 'a' }] },
    });
  });
});

describe('what the screen needs', () => {
  test('numbers of the board', async () => {
    const { url } = await makeBoard({ rules: [{ ...tell, id: 'a' }] });
    expect((await call('GET', `${url}/stats`)).body).toEqual({
      stages: { NEW: 0, WARM: 0, WON: 0 },
      triggers: {},
      rules: {},
    });
  });

  test('a text filled in from an item, or its mistake with line and column', async () => {
    const item = await fixture.create({ title: 'Big <deal>' });
    expect(
      (await call('POST', '/api/v1/templates/preview', { body: { text: 'For {{ item.title }}', item, as: 'html' } }))
        .body,
    ).toEqual({ rendered: 'For Big &lt;deal&gt;' });
    expect(
      await call('POST', '/api/v1/templates/preview', { body: { text: 'a\n {{ item.titel }}', item } }),
    ).toMatchObject({ status: 422, body: { errors: [{ path: 'text', line: 2, column: expect.any(Number) }] } });
    expect(await call('POST', '/api/v1/templates/preview', { body: { text: 'a', item: 999_999 } })).toMatchObject({
      status: 404,
    });
  });

  test('the catalogue in a language', async () => {
    const { body } = await call('GET', '/api/v1/catalogue?language=pl');
    expect(body.rules.find((rule: { key: string }) => rule.key === 'alerts/notify')).toMatchObject({
      name: 'Dodaj powiadomienie',
    });
  });
});
