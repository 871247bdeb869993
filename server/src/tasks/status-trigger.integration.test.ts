import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { drainWorkspace } from '../automation/drain/drain.ts';
import { makeRoutes } from '../compose/routes.ts';
import { createRecorder } from '../signals/recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
let lawyer: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  lawyer = await firm.addPerson('lawyer@firm.test');
  const { body: legal } = await send('POST', '/api/v1/departments', { name: 'Legal' });
  await send('PATCH', `/api/v1/users/${lawyer.id}`, { department: legal.id });
});
afterAll(() => server.close());

const send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, key = firm.key) =>
  server.call(method, url, { key, ...(body && { body }) });
const drain = () => drainWorkspace(server.context, firm.id, { bindSignals: async () => {} });
const stageOf = async (item: number) => (await send('GET', `/api/v1/items/${item}`)).body.stage;
const verdictsOf = async (item: number) => {
  const { data } = (await send('GET', `/api/v1/items/${item}/signals`)).body;
  return data.map((one: { kind: string; verdicts: { verdict: string }[] }) => [
    one.kind,
    one.verdicts.map(({ verdict }) => verdict),
  ]);
};

async function board(trigger: object): Promise<void> {
  const answer = await send('PUT', '/api/v1/automation/deal/Contracts', {
    ...{ type: 'deal', pipeline: 'Contracts' },
    stages: [
      { code: 'LAWYER', name: 'With the lawyer' },
      { code: 'SEND', name: 'Send it' },
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [{ on: 'tasks/status-changed', stage: 'SEND', name: 'Checked', ...trigger }],
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
const deal = async () =>
  (await send('POST', '/api/v1/items', { type: 'deal', title: 'House', pipeline: 'Contracts' })).body.id;
const task = async (item: number, body: object = {}) =>
  (await send('POST', '/api/v1/tasks', { title: 'Check the contract', responsible: lawyer.id, item, ...body })).body.id;

describe('the legal department completes its task', () => {
  it('the deal moves, once; not by another status, nor by another task', async () => {
    await board({
      settings: { statuses: ['completed'] },
      when: {
        all: [
          { field: 'task.department', is: 'equals', value: 'Legal' },
          { field: 'task.title', is: 'contains', value: 'contract' },
        ],
      },
    });
    const item = await deal();
    const [checked, other, ofSales] = [
      await task(item),
      await task(item, { title: 'Ring the notary' }),
      await task(item, { responsible: firm.adminId }),
    ];
    await send('PATCH', `/api/v1/tasks/${checked}`, { status: 'in-progress' }, lawyer.key);
    await send('PATCH', `/api/v1/tasks/${other}`, { status: 'completed' }, lawyer.key);
    await send('PATCH', `/api/v1/tasks/${ofSales}`, { status: 'completed' });
    await drain();
    expect(await stageOf(item)).toBe('LAWYER');
    expect(await verdictsOf(item)).toEqual([
      ['task.status-changed', ['condition']],
      ['task.status-changed', ['condition']],
      ['task.status-changed', ['settings']],
    ]);
    await send('PATCH', `/api/v1/tasks/${checked}`, { status: 'completed' }, lawyer.key);
    await send('PATCH', `/api/v1/tasks/${checked}`, { status: 'completed' }, lawyer.key);
    await drain();
    expect(await stageOf(item)).toBe('SEND');
    expect(await verdictsOf(item)).toHaveLength(4);
    const [entry] = (await send('GET', `/api/v1/items/${item}/timeline`)).body.data.filter(
      (one: { kind: string }) => one.kind === 'moved',
    );
    expect(entry).toMatchObject({ from: 'LAWYER', to: 'SEND', trigger: 'Checked' });
  });

  it.each([
    ['its responsible, by address', { field: 'task.responsible', is: 'equals', value: 'lawyer@firm.test' }, true],
    ['another responsible', { field: 'task.responsible', is: 'equals', value: `admin@nobody.test` }, null],
    ['its deadline', { field: 'task.deadline', is: 'less', value: '2027-01-10' }, true],
    ['a later deadline', { field: 'task.deadline', is: 'greater', value: '2027-01-10' }, false],
    ['its kind', { field: 'task.kind', is: 'equals', value: 'task' }, true],
    ['the status before', { field: 'task.previous', is: 'equals', value: 'deferred' }, false],
  ])('%s may be asked for', async (_what, when, moves) => {
    if (moves === null) {
      const check = {
        type: 'deal',
        pipeline: 'Contracts',
        triggers: [{ on: 'tasks/status-changed', stage: 'SEND', when }],
      };
      const { body } = await send('PUT', '/api/v1/automation/deal/Contracts?dryRun=1', check);
      expect(JSON.stringify(body)).toContain('admin@nobody.test');
      return;
    }
    await board({ when });
    const item = await deal();
    await send('PATCH', `/api/v1/tasks/${await task(item, { deadline: '2027-01-04T10:00:00Z' })}`, {
      status: 'completed',
    });
    await drain();
    expect(await stageOf(item)).toBe(moves ? 'SEND' : 'LAWYER');
  });

  it('a name that tasks do not have is refused, and a task where no trigger tells of one', async () => {
    const check = (trigger: object) =>
      send('PUT', '/api/v1/automation/deal/Contracts?dryRun=1', {
        type: 'deal',
        pipeline: 'Contracts',
        triggers: [trigger],
      });
    const when = { field: 'task.colour', is: 'equals', value: 'red' };
    expect(await check({ on: 'tasks/status-changed', stage: 'SEND', when })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'unknown-name' }] },
    });
    const elsewhere = {
      on: 'crm/field-changed',
      stage: 'SEND',
      settings: { fields: ['title'] },
      when: { ...when, field: 'task.title' },
    };
    expect(await check(elsewhere)).toMatchObject({ status: 422, body: { errors: [{ code: 'unknown-name' }] } });
  });

  it('what is rolled back leaves no signal, and a deleted item gets none', async () => {
    await board({});
    const item = await deal();
    const id = await task(item);
    const stale = { status: 'completed', expectedUpdatedAt: '2020-01-01T00:00:00Z' };
    expect((await send('PATCH', `/api/v1/tasks/${id}`, stale)).status).toBe(409);
    expect(await verdictsOf(item)).toEqual([]);
    await send('DELETE', `/api/v1/items/${item}`);
    expect(await send('PATCH', `/api/v1/tasks/${id}`, { status: 'completed' })).toMatchObject({
      status: 200,
      body: { item: null, status: 'completed' },
    });
  });
});
