import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { drainWorkspace } from '../drain/drain.ts';

let server: TestServer;
let firm: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
});
afterAll(() => server.close());

const TYPE = 'service-request';
const BOARD = `/automation/${TYPE}/Service%20requests`;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const call = (method: Method, url: string, body?: unknown, headers?: Record<string, string>) =>
  server.call(method, `/api/v1${url}`, {
    key: firm.key,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
const done = async (method: Method, url: string, body?: unknown) => {
  const answer = await call(method, url, body);
  expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};
const add = async (more: object = {}) =>
  (await done('POST', '/items', { type: TYPE, title: 'Pump leaks', ...more })).id;
const drain = () => drainWorkspace(server.context, firm.id, { bindSignals: async () => {} });
const post = (body: object) => done('POST', '/signals', body);
const stageOf = async (id: number) => (await done('GET', `/items/${id}`)).stage;

beforeEach(async () => {
  firm = await server.addWorkspace();
  await done('POST', '/item-types', { name: 'Service request', plural: 'Service requests' });
  await done('POST', '/fields', { type: TYPE, code: 'serial', name: 'Serial number', kind: 'text' });
});

describe('an item of a smart process', () => {
  it('is made, changed, moved, listed, found, exported and deleted as a deal is', async () => {
    const id = await add({ fields: { serial: 'A-7' }, amount: 120 });
    await done('PATCH', `/items/${id}`, { title: 'Pump leaks badly', fields: { serial: 'A-8' } });
    await done('POST', `/items/${id}/moves`, { stage: 'IN_WORK' });
    expect(await done('GET', `/items/${id}`)).toMatchObject({
      ...{ type: TYPE, stage: 'IN_WORK', pipelineName: 'Service requests', fields: { serial: 'A-8' } },
    });
    const filter = encodeURIComponent(JSON.stringify({ field: 'serial', is: 'equals', value: 'A-8' }));
    for (const query of [`type=${TYPE}`, `type=${TYPE}&stage=IN_WORK`, 'q=badly', `type=${TYPE}&filter=${filter}`])
      expect((await done('GET', `/items?${query}`)).data, query).toMatchObject([{ id }]);
    const board = await done('GET', `/board/Service%20requests?type=${TYPE}`);
    expect(board.columns.map(({ count }: { count: number }) => count)).toEqual([0, 1, 0, 0, 0]);
    expect((await done('GET', '/search?q=badly')).items).toMatchObject([{ id, type: TYPE }]);
    expect((await call('GET', `/items.csv?type=${TYPE}`)).body).toMatch(/serial.*[\s\S]*Pump leaks badly.*A-8/);
    expect((await done('GET', `/items/${id}/history`)).data.length).toBeGreaterThan(2);
    expect((await call('DELETE', `/items/${id}`)).status).toBe(204);
  });

  it('asks for a required field on a stage', async () => {
    const [pipeline] = (await done('GET', `/pipelines?type=${TYPE}`)).data;
    const won = pipeline.stages.find(({ kind }: { kind: string }) => kind === 'won');
    const field = { type: TYPE, code: 'cause', name: 'Cause', kind: 'text', requiredStages: [won.id] };
    await done('POST', '/fields', field);
    const id = await add();
    expect((await call('POST', `/items/${id}/moves`, { stage: 'WON' })).status).toBe(422);
    await done('PATCH', `/items/${id}`, { fields: { cause: 'rust' } });
    expect((await call('POST', `/items/${id}/moves`, { stage: 'WON' })).status).toBe(201);
  });

  it('is not seen by another workspace', async () => {
    const id = await add();
    const rival = await server.addWorkspace('Rival');
    const as = (url: string) => server.call('GET', `/api/v1${url}`, { key: rival.key });
    expect((await as(`/items/${id}`)).status).toBe(404);
    expect((await as(BOARD)).status).toBe(404);
    expect((await as(`/items?type=${TYPE}`)).status).toBe(422);
  });
});

describe('the automation of a smart process', () => {
  const file = {
    triggers: [
      { on: 'apps/webhook', stage: 'IN_WORK', settings: { code: 'go' }, when: { field: 'serial', is: 'is filled' } },
      { on: 'crm/field-changed', stage: 'REVIEW', settings: { fields: ['serial'] } },
    ],
    rules: [{ do: 'alerts/comment', stage: 'IN_WORK', settings: { text: 'Serial {{ item.serial }}' } }],
  };

  it('moves its items through the real drain, by webhook, signal and field', async () => {
    await done('PUT', BOARD, file);
    const { id: processId } = (await done('GET', '/item-types')).data.find(
      ({ code }: { code: string }) => code === TYPE,
    );
    const [named, without, changed] = [
      await add({ fields: { serial: 'A-7' } }),
      await add(),
      await add({ fields: { serial: 'A-7' } }),
    ];
    await post({ kind: 'webhook.called', item: without, payload: { code: 'go' } });
    const trigger = (target: string) =>
      server.call('GET', `/rest/${firm.adminId}/${firm.key}/crm.automation.trigger?target=${target}&code=go`);
    expect((await trigger(`DYNAMIC_${processId}_${named}`)).body.result).toBe(true);
    expect((await trigger(`DEAL_${named}`)).body).toMatchObject({ error_description: 'Target is not found.' });
    expect((await trigger(`DYNAMIC_${processId + 1}_${named}`)).body).toMatchObject({
      error_description: 'Target is not found.',
    });
    await done('PATCH', `/items/${changed}`, { fields: { serial: 'A-9' } });
    await drain();
    expect([await stageOf(named), await stageOf(without), await stageOf(changed)]).toEqual([
      'IN_WORK',
      'NEW',
      'REVIEW',
    ]);
    expect((await done('GET', `/items/${named}/runs`)).data).toMatchObject([{ state: expect.any(String) }]);
    expect((await done('GET', `/items/${named}/signals`)).data.length).toBeGreaterThan(0);
  });

  it('hears what a client does, for every open item of theirs', async () => {
    await done('PUT', BOARD, { triggers: [{ on: 'email/opened', stage: 'IN_WORK' }] });
    const { id: contact } = await done('POST', '/contacts', { name: 'Cleo', emails: ['cleo@client.test'] });
    const [open, closed] = [await add({ contact }), await add({ contact, stage: 'LOST' })];
    await post({ kind: 'email.opened', client: { email: 'cleo@client.test' }, payload: {} });
    await drain();
    expect([await stageOf(open), await stageOf(closed)]).toEqual(['IN_WORK', 'LOST']);
  });

  it('is exported and applied again without a change', async () => {
    await done('PUT', BOARD, file);
    const exported = await done('GET', BOARD);
    expect(exported).toMatchObject({ type: TYPE, pipeline: 'Service requests', version: 1 });
    expect(await done('PUT', BOARD, exported)).toMatchObject({ version: 1 });
    expect((await call('PUT', BOARD, { ...exported, type: 'deal' })).status).toBe(422);
    const wrong = { triggers: [{ on: 'crm/field-changed', stage: 'REVIEW', settings: { fields: ['nothing'] } }] };
    expect((await call('PUT', BOARD, { ...wrong, when: {} })).status).toBe(422);
  });

  it('makes a second pipeline from a file that gives stages', async () => {
    const stages = [{ code: 'NEW', name: 'New' }];
    await done('PUT', `/automation/${TYPE}/Repairs`, { stages });
    expect(await add({ pipeline: 'Repairs' })).toBeGreaterThan(0);
    const names = (await done('GET', `/pipelines?type=${TYPE}`)).data.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['Service requests', 'Repairs']);
  });

  it('is tested and rehearsed', async () => {
    await done('PUT', BOARD, file);
    const id = await add({ fields: { serial: 'A-7' } });
    const tested = await done('POST', `${BOARD}/test`, {
      item: id,
      signal: { kind: 'webhook.called', payload: { code: 'go' } },
    });
    expect(tested).toMatchObject({ move: { to: { code: 'IN_WORK' } } });
    await post({ kind: 'webhook.called', item: id, payload: { code: 'go' } });
    await drain();
    const rehearsed = await server.app.inject({
      ...{ method: 'POST', url: `/api/v1${BOARD}/rehearse`, payload: { days: 7 } },
      headers: { authorization: `Bearer ${firm.key}` },
    });
    expect(rehearsed.body).toContain('"moves":1');
  });

  it('names the latest of its items in the texts and conditions of what they are tied to', async () => {
    const deal = await done('POST', '/items', { type: 'deal', title: 'Bread' });
    await add({ parent: deal.id, fields: { serial: 'A-7' } });
    const preview = (text: string) => call('POST', '/templates/preview', { text, item: deal.id });
    expect(await preview(`{{ ${TYPE}.title }} {{ ${TYPE}.serial }}`)).toMatchObject({
      status: 200,
      body: { rendered: 'Pump leaks A-7' },
    });
    const when = { field: `${TYPE}.serial`, is: 'equals', value: 'A-7' };
    const trigger = { on: 'apps/webhook', stage: 'CONTACT', settings: { code: 'go' }, when };
    await done('PUT', '/automation/deal/Sales', { triggers: [trigger] });
    await post({ kind: 'webhook.called', item: deal.id, payload: { code: 'go' } });
    await drain();
    expect(await stageOf(deal.id)).toBe('CONTACT');
    const unknown = { ...trigger, when: { ...when, field: `${TYPE}.nothing` } };
    expect((await call('PUT', '/automation/deal/Sales', { triggers: [unknown] })).status).toBe(422);
  });
});

describe('imports into a smart process', () => {
  const upload = () =>
    server.call('POST', `/api/v1/imports?target=${TYPE}&name=x.csv`, {
      key: firm.key,
      body: 'Title,Serial number,Stage\nPump,A-1,In work\nFan,A-2,Done\n',
      headers: { 'content-type': 'text/csv' },
    });

  it('guess its fields and stages', async () => {
    expect(await upload()).toMatchObject({
      status: 201,
      body: {
        target: TYPE,
        columns: [{ guess: { to: 'title' } }, { guess: { to: 'serial' } }, { guess: { to: 'stage' } }],
        stages: [{ guess: 'IN_WORK' }, { guess: 'WON' }],
      },
    });
  });

  it('are cancelled when it is deleted, and refused afterwards', async () => {
    const draft = (await upload()).body;
    expect((await call('DELETE', `/item-types/${TYPE}`)).status).toBe(204);
    expect(await done('GET', `/imports/${draft.id}`)).toMatchObject({ state: 'cancelled' });
    expect(await upload()).toMatchObject({ status: 422, body: { errors: [{ path: 'target' }] } });
  });
});
