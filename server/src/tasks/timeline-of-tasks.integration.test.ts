import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { createRecorder } from '../signals/recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
let ada: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  ada = await firm.addPerson('ada@firm.test', 'sales');
});
afterAll(() => server.close());

const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
  server.call(method, `/api/v1${path}`, { key: firm.key, ...(body && { body }) });
const deal = async (): Promise<number> => (await call('POST', '/items', { type: 'deal', title: 'A house' })).body.id;
const told = async (item: number) => {
  const { data } = (await call('GET', `/items/${item}/timeline`)).body;
  return data.filter(({ kind }: { kind: string }) => kind.startsWith('task')).toReversed();
};

it('an item’s timeline tells of a task that is made on it, and of each of its statuses', async () => {
  const item = await deal();
  const { id } = (await call('POST', '/tasks', { title: 'Weigh', item, responsible: 'ada@firm.test' })).body;
  await call('PATCH', `/tasks/${id}`, { status: 'in-progress' });
  await call('PATCH', `/tasks/${id}`, { title: 'Weigh it', status: 'completed' });
  expect(await told(item)).toMatchObject([
    { kind: 'task', task: id, text: 'Weigh', status: 'new', responsible: ada.id, author: { id: firm.adminId } },
    { kind: 'task-status', task: id, text: 'Weigh', from: 'new', to: 'in-progress' },
    { kind: 'task-status', task: id, text: 'Weigh it', from: 'in-progress', to: 'completed' },
  ]);
});

it('tells of nothing else that is changed, and nothing on an item to which it no longer belongs', async () => {
  const [before, after] = [await deal(), await deal()];
  const { id } = (await call('POST', '/tasks', { title: 'Weigh', item: before })).body;
  await call('PATCH', `/tasks/${id}`, { description: 'All of it', deadline: '2027-01-04T10:00:00Z' });
  await call('PATCH', `/tasks/${id}`, { item: after });
  await call('PATCH', `/tasks/${id}`, { status: 'pending' });
  await call('PATCH', `/tasks/${id}`, { item: null });
  await call('PATCH', `/tasks/${id}`, { status: 'completed' });
  expect((await told(before)).map(({ kind }: { kind: string }) => kind)).toEqual(['task']);
  expect((await told(after)).map(({ kind }: { kind: string }) => kind)).toEqual(['task', 'task-status']);
});
