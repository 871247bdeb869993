import { once } from 'node:events';
import { createServer, globalAgent, type Server } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { B24Hook } from '@bitrix24/b24jssdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localCertificate } from '../../../channels/phone/testing-certificate.ts';
import { makeRoutes } from '../../../compose/routes.ts';
import { noRights } from '../../../people/rights/standard-roles.ts';
import { createRecorder } from '../../../signals/recorder.ts';
import { startTestServer, type TestServer, type TestWorkspace } from '../../testing.ts';

interface Person {
  readonly id: number;
  readonly key: string;
}

let server: TestServer;
let firm: TestWorkspace;
let admin: Person;
let ada: Person;
/** Has no right to any item, client or area. */
let guest: Person;
let proxy: Server;
let client: B24Hook;
let deal = 0;
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  ada = await hooked(await firm.addPerson('ada@firm.test', 'sales'));
  await server.call('POST', '/api/v1/roles', { key: firm.key, body: { name: 'Guest', rights: noRights } });
  guest = await hooked(await firm.addPerson('guest@firm.test', 'Guest'));
  const body = { type: 'deal', title: 'A house' };
  deal = (await server.call('POST', '/api/v1/items', { key: firm.key, body })).body.id;
  proxy = await startProxy();
  const port = (proxy.address() as { port: number }).port;
  admin = await hooked({ id: firm.adminId, key: firm.key });
  client = new B24Hook({ b24Url: `https://localhost:${port}`, userId: admin.id, secret: admin.key });
  client.offClientSideWarning();
  globalAgent.options.ca = localCertificate.cert;
});
afterAll(async () => {
  delete globalAgent.options.ca;
  proxy.closeAllConnections();
  proxy.close();
  await server.close();
});

async function hooked({ id }: Person): Promise<Person> {
  const answer = await server.call('POST', `/api/v1/users/${id}/keys`, { key: firm.key, body: { kind: 'webhook' } });
  return { id, key: answer.body.key };
}

/** The library speaks TLS alone. */
async function startProxy(): Promise<Server> {
  const made = createServer(localCertificate, async (request, response) => {
    const { method, url = '/', headers } = request;
    const answer = await server.app.inject({
      ...{ method: method === 'GET' ? 'GET' : 'POST', url, payload: await buffer(request) },
      headers: { 'content-type': headers['content-type'], host: 'localhost' },
    });
    response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] });
    response.end(answer.payload);
  });
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return made;
}

/** By the library, as the administrator. */
async function answered(method: string, params: object) {
  const answer = await client.callMethod(method, params);
  if (!answer.isSuccess) throw new Error(`${method}: ${answer.getErrorMessages().join()}`);
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  return answer.getData()?.result as any;
}
const raw = (person: Person, method: string, body: object) =>
  server.call('POST', `/rest/${person.id}/${person.key}/${method}`, { body });
const add = async (fields: object): Promise<string> =>
  (await raw(admin, 'tasks.task.add', { fields: { TITLE: 'Call', RESPONSIBLE_ID: ada.id, ...fields } })).body.result
    .task.id;
const listed = async (person: Person, params: object = {}) => {
  const { status, body } = await raw(person, 'tasks.task.list', params);
  return {
    status,
    total: body.total,
    next: body.next,
    titles: body.result?.tasks.map((one: { title: string }) => one.title),
  };
};

describe('tasks.task.* of Bitrix24, called by its own library over TLS', () => {
  it('makes, shows, changes and deletes a task in the shape of the reference', async () => {
    const { task } = await answered('tasks.task.add', {
      fields: {
        ...{ TITLE: 'Check the contract', DESCRIPTION: 'All pages', RESPONSIBLE_ID: ada.id, AUDITORS: [guest.id] },
        ...{ DEADLINE: '2027-01-04T10:00:00+00:00', UF_CRM_TASK: [`D_${deal}`], PRIORITY: 2, GROUP_ID: 0 },
      },
    });
    expect(task).toMatchObject({
      ...{ id: expect.stringMatching(/^\d+$/), title: 'Check the contract', description: 'All pages', status: '2' },
      ...{ responsibleId: String(ada.id), createdBy: String(firm.adminId), auditors: [String(guest.id)] },
      ...{ ufCrmTask: [`D_${deal}`], closedDate: null },
    });
    expect(Date.parse(task.deadline)).toBe(Date.parse('2027-01-04T10:00:00Z'));
    const changed = await answered('tasks.task.update', {
      taskId: task.id,
      fields: { TITLE: 'Sign it', DEADLINE: '' },
    });
    expect(changed.task).toMatchObject({ title: 'Sign it', deadline: null, description: 'All pages' });
    const few = await answered('tasks.task.get', { taskId: task.id, select: ['ID', 'TITLE'] });
    expect(few.task).toEqual({ id: task.id, title: 'Sign it' });
    expect(await answered('tasks.task.delete', { taskId: task.id })).toEqual({ task: true });
    expect((await raw(admin, 'tasks.task.get', { taskId: task.id })).status).toBe(404);
  });

  it('leads through the statuses by their numbers', async () => {
    const id = await add({ TASK_CONTROL: 'Y' });
    const after = async (method: string) => (await answered(`tasks.task.${method}`, { taskId: id })).task.status;
    expect([await after('start'), await after('pause'), await after('defer'), await after('renew')]).toEqual([
      ...['3', '2', '6', '2'],
    ]);
    expect((await raw(ada, 'tasks.task.complete', { taskId: id })).body.result.task.status).toBe('4');
    for (const method of ['approve', 'disapprove'])
      expect((await raw(ada, `tasks.task.${method}`, { taskId: id })).status).toBe(403);
    expect(await after('disapprove')).toBe('2');
    await raw(ada, 'tasks.task.complete', { taskId: id });
    expect(await after('approve')).toBe('5');
    expect((await raw(admin, 'tasks.task.approve', { taskId: id })).body).toMatchObject({ error: '100' });
  });

  it('lists by filter, order and pages of fifty', async () => {
    const names = Array.from({ length: 52 }, (_, index) => `Page ${String(index).padStart(2, '0')}`);
    const ids: string[] = [];
    for (const TITLE of names) ids.push(await add({ TITLE }));
    await raw(admin, 'tasks.task.complete', { taskId: ids[3] });
    await raw(admin, 'tasks.task.update', {
      taskId: ids[4],
      fields: { UF_CRM_TASK: [`D_${deal}`], DEADLINE: '2027-02-01' },
    });
    const by = (filter: object, more: object = {}) =>
      listed(admin, { filter: { '%TITLE': 'Page', ...filter }, order: { ID: 'asc' }, ...more });

    expect(await by({})).toEqual({ status: 200, total: 52, next: 50, titles: names.slice(0, 50) });
    const second = await by({}, { start: 50 });
    expect(second).toMatchObject({ total: 52, titles: names.slice(50) });
    expect(second.next).toBeUndefined();
    const uncounted = await by({ '>ID': ids[49] }, { start: -1 });
    expect(uncounted).toMatchObject({ total: undefined, next: undefined, titles: names.slice(50) });
    expect((await by({}, { order: { TITLE: 'desc' }, limit: 2 })).titles).toEqual(['Page 51', 'Page 50']);
    expect((await by({ STATUS: 5 })).titles).toEqual(['Page 03']);
    expect((await by({ '!REAL_STATUS': [2, 3] })).titles).toEqual(['Page 03']);
    expect((await by({ UF_CRM_TASK: `D_${deal}` })).titles).toEqual(['Page 04']);
    expect((await by({ '>=DEADLINE': '2027-01-31', '<DEADLINE': '2027-02-02T00:00:00Z' })).titles).toEqual(['Page 04']);
    expect((await by({ ID: [ids[0], ids[1]] })).titles).toEqual(names.slice(0, 2));
    expect((await by({ ID: [] })).titles).toEqual([]);
    expect((await by({ RESPONSIBLE_ID: guest.id })).titles).toEqual([]);
  });

  it('shows to a person only what they may see', async () => {
    const hidden = await add({ TITLE: 'Hidden', UF_CRM_TASK: [`D_${deal}`] });
    const watched = await add({ TITLE: 'Watched', UF_CRM_TASK: [`D_${deal}`], AUDITORS: [guest.id] });
    expect(await listed(guest)).toMatchObject({ total: 1, titles: ['Watched'] });
    expect((await listed(guest, { filter: { UF_CRM_TASK: `D_${deal}` } })).titles).toEqual([]);
    const seen = await raw(guest, 'tasks.task.get', { taskId: watched });
    expect(seen.body.result.task).toMatchObject({ title: 'Watched', ufCrmTask: [] });
    expect((await raw(guest, 'tasks.task.update', { taskId: watched, fields: { TITLE: 'Mine' } })).status).toBe(403);
    for (const method of ['get', 'complete', 'delete'])
      expect((await raw(guest, `tasks.task.${method}`, { taskId: hidden })).status).toBe(404);
    const tied = (id: number) => raw(guest, 'tasks.task.add', { fields: { TITLE: 'Tie', UF_CRM_TASK: [`D_${id}`] } });
    expect((await tied(deal)).body.error_description).toBe(`There is no deal ${deal}`);
    expect((await tied(999_999)).body.error_description).toBe('There is no deal 999999');
  });

  it.each([
    ['add', { fields: { RESPONSIBLE_ID: 1 } }, 'ERROR_CORE', 'title'],
    ['add', {}, '100', 'fields'],
    ['add', { fields: { TITLE: 'x', DEADLINE: 'soon' } }, 'ERROR_CORE', 'DEADLINE is not a date'],
    ['add', { fields: { TITLE: 'x', DEADLINE: '2026-13-45' } }, 'ERROR_CORE', 'DEADLINE is not a date'],
    ['add', { fields: { TITLE: 'x', RESPONSIBLE_ID: 'Ada' } }, 'ERROR_CORE', 'RESPONSIBLE_ID'],
    ['add', { fields: { TITLE: 'x', STATUS: 9 } }, 'ERROR_CORE', 'status 9'],
    ['add', { fields: { TITLE: 'x', RESPONSIBLE_ID: 999_999 } }, 'INVALID', 'responsible'],
    ['get', {}, '100', 'taskId'],
    ['get', { taskId: 999_999 }, 'NOT_FOUND', '999999'],
    ['list', { filter: { COLOUR: 1 } }, 'ERROR_CORE', 'COLOUR'],
    ['list', { filter: { '>DEADLINE': [] } }, 'ERROR_CORE', 'DEADLINE'],
    ['list', { filter: { CREATED_DATE: 'x' } }, 'ERROR_CORE', 'CREATED_DATE is not a date'],
    ['list', { order: { COLOUR: 'asc' } }, '0', 'Invalid sorting key'],
  ])('tells in its own form what is wrong with %s %j', async (method, body, error, words) => {
    const answer = await raw(admin, `tasks.task.${method}`, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toEqual({ error, error_description: expect.stringContaining(words) });
  });
});
