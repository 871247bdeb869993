import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { noRights } from '../people/rights/standard-roles.ts';
import { createRecorder } from '../signals/recorder.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
let ada: { id: number; key: string };
let ben: { id: number; key: string };
/** Has no right to any item, client or area. */
let guest: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  ada = await firm.addPerson('ada@firm.test', 'sales');
  ben = await firm.addPerson('ben@firm.test', 'sales');
  await server.call('POST', '/api/v1/roles', { key: firm.key, body: { name: 'Guest', rights: noRights } });
  guest = await firm.addPerson('guest@firm.test', 'Guest');
});
afterAll(() => server.close());

const post = (body: object, key = firm.key) => server.call('POST', '/api/v1/tasks', { key, body });
const patch = (id: number, body: object, key = firm.key) => server.call('PATCH', `/api/v1/tasks/${id}`, { key, body });
const get = (path: string, key = firm.key) => server.call('GET', `/api/v1/tasks${path}`, { key });
const ids = async (query: string, key = firm.key) =>
  (await get(query, key)).body.data.map((one: { id: number }) => one.id);
const made = async (body: object, key = firm.key): Promise<number> =>
  (await post({ title: 'Call the notary', ...body }, key)).body.id;
const deal = async (body: object = {}) =>
  (await server.call('POST', '/api/v1/items', { key: firm.key, body: { type: 'deal', title: 'A house', ...body } }))
    .body.id;
const inHours = (hours: number) => new Date(server.clock.now().getTime() + hours * 3_600_000).toISOString();

describe('a task', () => {
  it('is made, read, changed and deleted as the interface says', async () => {
    const item = await deal();
    const answer = await post({
      ...{ title: 'Check the contract', description: 'All pages', responsible: 'ada@firm.test', observers: [ben.id] },
      ...{ deadline: '2027-01-04T10:00:00Z', checklist: [{ text: 'Read' }, { text: 'Sign', done: true }], item },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{
          title: 'Check the contract',
          status: 'new',
          kind: 'task',
          item,
          closedBy: null,
          closedAt: null,
          comments: 0,
        },
        ...{ responsible: { id: ada.id }, creator: { id: firm.adminId }, observers: [{ id: ben.id }] },
        ...{ deadline: '2027-01-04T10:00:00.000Z', overdue: false, itemTitle: 'A house' },
        checklist: [
          { text: 'Read', done: false },
          { text: 'Sign', done: true },
        ],
      },
    });
    const { id } = answer.body;
    expect((await patch(id, { status: 'completed' }, ada.key)).body).toMatchObject({
      ...{ status: 'completed', closedBy: { id: ada.id }, closedAt: expect.any(String) },
    });
    expect((await patch(id, { status: 'in-progress' })).body).toMatchObject({ closedBy: null, closedAt: null });
    expect(
      (await get(`/${id}/history`)).body.data.map((one: { field: string; to: unknown }) => [one.field, one.to]),
    ).toEqual([
      ['status', 'in-progress'],
      ['status', 'completed'],
      ['created', 'Check the contract'],
    ]);
    expect((await server.call('DELETE', `/api/v1/tasks/${id}`, { key: firm.key })).status).toBe(204);
    expect((await get(`/${id}`)).status).toBe(404);
  });

  it.each([
    ['no title', { title: ' ' }, 'title', 'too-small'],
    ['somebody unknown', { title: 'x', responsible: 'nobody@firm.test' }, 'responsible', 'unknown-person'],
    ['an item that is not there', { title: 'x', item: 999_999 }, 'item', 'unknown-item'],
    ['a task that is not there', { title: 'x', parent: 999_999 }, 'parent', 'unknown-task'],
    ['a file that is not there', { title: 'x', files: [999_999] }, 'files[0]', 'unknown-file'],
    ['a status that is none', { title: 'x', status: 'declined' }, 'status', 'invalid-value'],
    ['a week without days', { title: 'x', repeat: { every: 'week', weekdays: [] } }, 'repeat.weekdays', 'too-small'],
  ])('with %s is refused with its path', async (_what, body, path, code) => {
    expect(await post(body)).toMatchObject({ status: 422, body: { errors: [{ path, code }] } });
  });

  it('is no part of itself', async () => {
    const top = await made({});
    const below = await made({ parent: top });
    expect(await patch(top, { parent: below })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'task-circle' }] },
    });
    expect((await get(`/${top}`)).body.subtasks).toEqual({ all: 1, completed: 0 });
    await patch(below, { status: 'completed' });
    expect((await get(`/${top}`)).body.subtasks).toEqual({ all: 1, completed: 1 });
    expect(await ids(`?parent=${top}`)).toEqual([below]);
  });

  it('is not overwritten by who had read an older one', async () => {
    const id = await made({});
    const { updatedAt } = (await get(`/${id}`)).body;
    server.clock.advance(1_000);
    expect((await patch(id, { title: 'One', expectedUpdatedAt: updatedAt })).status).toBe(200);
    expect(await patch(id, { title: 'Two', expectedUpdatedAt: updatedAt })).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile' },
    });
  });
});

describe('who accepts', () => {
  it('the creator does: what the responsible completes is reported, accepted or returned', async () => {
    const id = await made({ responsible: ada.id, creator: ben.id, needsAcceptance: true });
    expect((await patch(id, { status: 'completed' }, ada.key)).body).toMatchObject({
      status: 'supposedly-completed',
      closedBy: null,
    });
    expect(await patch(id, { status: 'completed' }, ada.key)).toMatchObject({
      status: 403,
      body: { code: 'no-task-accept' },
    });
    expect((await patch(id, { status: 'in-progress' }, ben.key)).body.status).toBe('in-progress');
    await patch(id, { status: 'completed' }, ada.key);
    expect((await patch(id, { status: 'completed' }, ben.key)).body).toMatchObject({
      status: 'completed',
      closedBy: { id: ben.id },
    });
  });
});

describe('who sees and changes it', () => {
  it('those whom it names: observers read and comment, and change nothing', async () => {
    const id = await made({ responsible: ada.id, observers: [guest.id] });
    expect((await get(`/${id}`, guest.key)).body.may).toEqual({ change: false, accept: false, delete: false });
    expect(await patch(id, { title: 'Mine' }, guest.key)).toMatchObject({
      status: 403,
      body: { code: 'no-task-change' },
    });
    expect(await server.call('DELETE', `/api/v1/tasks/${id}`, { key: ada.key })).toMatchObject({
      status: 403,
      body: { code: 'no-task-delete' },
    });
    const comment = { key: guest.key, body: { text: 'Looks good' } };
    expect(await server.call('POST', `/api/v1/tasks/${id}/comments`, comment)).toMatchObject({
      status: 201,
      body: { author: { id: guest.id }, text: 'Looks good' },
    });
    expect((await get(`/${id}/comments`, ada.key)).body.data).toMatchObject([{ text: 'Looks good' }]);
  });

  it('others by its item, and without one by its responsible; nobody else, and no other workspace', async () => {
    const item = await deal({ responsible: ben.id });
    const tied = await made({ responsible: ada.id, item });
    const untied = await made({ responsible: ada.id });
    expect((await get(`/${tied}`, ben.key)).body).toMatchObject({ item, may: { change: true } });
    expect((await get(`/${tied}`, ada.key)).body).toMatchObject({ item: null, itemTitle: null, may: { change: true } });
    for (const [key, id] of [
      [ben.key, untied],
      [guest.key, tied],
      [guest.key, untied],
      [rival.key, tied],
    ] as const) {
      expect((await get(`/${id}`, key)).status).toBe(404);
      expect((await patch(id, { title: 'x' }, key)).status).toBe(404);
      expect((await server.call('DELETE', `/api/v1/tasks/${id}`, { key })).status).toBe(404);
      expect((await get(`/${id}/comments`, key)).status).toBe(404);
      expect(await ids('', key)).not.toContain(id);
    }
    expect(await ids('', ben.key)).toContain(tied);
    expect(await ids('', ada.key)).toEqual(expect.arrayContaining([tied, untied]));
    expect(await ids('', guest.key)).not.toContain(tied);
    expect(await ids(`?item=${item}`)).toEqual([tied]);
    expect((await get(`?item=${item}`, ada.key)).status).toBe(404);
  });
});

describe('lists', () => {
  it('by person, status, overdue, deadline, text; in pages, newest first or by deadline', async () => {
    const dora = await firm.addPerson('dora@firm.test');
    const of = (body: object) => made({ responsible: dora.id, ...body });
    const late = await of({ title: 'Ring 100% of them', deadline: inHours(-2) });
    const soon = await of({ deadline: inHours(2) });
    const none = await of({ title: 'Some day', description: 'about the Roof' });
    const done = await of({ deadline: inHours(-3), status: 'completed' });
    const query = (more: string) => ids(`?responsible=dora@firm.test&${more}`);
    expect(await query('')).toEqual([done, none, soon, late]);
    expect(await query('overdue=1')).toEqual([late]);
    expect(await query('open=1')).toEqual([none, soon, late]);
    expect(await query('status=new')).toEqual([none, soon, late]);
    expect(await query('status=completed,deferred')).toEqual([done]);
    expect(await query('deadline=0')).toEqual([none]);
    expect(await query(`deadlineFrom=${inHours(0)}&deadlineTo=${inHours(3)}`)).toEqual([soon]);
    expect(await query('q=ROOF')).toEqual([none]);
    expect(await query('q=100%25')).toEqual([late]);
    expect(await query('order=deadline')).toEqual([done, late, soon, none]);
    expect(await ids(`?person=${dora.id}&observer=${dora.id}`)).toEqual([]);
    expect(await ids(`?person=${dora.id}&creator=${firm.adminId}`)).toHaveLength(4);
    for (const order of ['newest', 'deadline']) {
      const first = (await get(`?responsible=${dora.id}&order=${order}&limit=3`)).body;
      const second = (await get(`?responsible=${dora.id}&order=${order}&limit=3&cursor=${first.nextCursor}`)).body;
      const all = [...first.data, ...second.data].map(({ id }) => id);
      expect([all, second.nextCursor]).toEqual([await query(`order=${order}`), null]);
    }
    expect((await get(`/counts?responsible=${dora.id}`)).body.data).toEqual([
      { status: 'new', count: 3 },
      { status: 'pending', count: 0 },
      { status: 'in-progress', count: 0 },
      { status: 'supposedly-completed', count: 0 },
      { status: 'completed', count: 1 },
      { status: 'deferred', count: 0 },
    ]);
    expect((await get('?responsible=nobody@x.test')).status).toBe(422);
  });
});

describe('whom it concerns', () => {
  const bell = async (key: string) =>
    (await server.call('GET', '/api/v1/notifications', { key })).body.data.map(
      (one: { text: string; task: number }) => [one.text, one.task],
    );

  it('is told of what others do, in their own language, with the task', async () => {
    const [eve, fay] = [await firm.addPerson('eve@firm.test'), await firm.addPerson('fay@firm.test')];
    await server.call('PATCH', '/api/v1/me', { key: fay.key, body: { language: 'pl' } });
    const id = await made({ title: 'Roof', responsible: eve.id, creator: fay.id });
    await server.call('POST', `/api/v1/tasks/${id}/comments`, { key: eve.key, body: { text: 'On it' } });
    await patch(id, { status: 'completed' }, eve.key);
    expect(await bell(eve.key)).toEqual([[`admin-${firm.id} gave you a task: Roof`, id]]);
    expect(await bell(fay.key)).toEqual([
      ['eve – zadanie zakończone: Roof', id],
      ['eve w zadaniu „Roof”: On it', id],
    ]);
  });
});

describe('several at once', () => {
  it('are changed and deleted where the caller may; the others are told and stay', async () => {
    const item = await deal({ responsible: ben.id });
    const [mine, seen, hidden] = [
      await made({ responsible: ada.id }),
      await made({ responsible: ben.id, observers: [ada.id] }),
      await made({ item }),
    ];
    const send = (path: string, body: object) => server.call('POST', `/api/v1/tasks/${path}`, { key: ada.key, body });
    expect(
      await send('change', { ids: [hidden, seen, mine], change: { status: 'deferred', responsible: ben.id } }),
    ).toMatchObject({
      status: 200,
      body: {
        done: [mine],
        refused: [
          { id: seen, code: 'no-task-change' },
          { id: hidden, code: 'not_found' },
        ],
      },
    });
    expect((await get(`/${mine}`)).body).toMatchObject({ status: 'deferred', responsible: { id: ben.id } });
    expect((await get(`/${seen}`)).body.status).toBe('new');
    expect((await send('change', { ids: [mine], change: {} })).status).toBe(422);
    const own = await made({}, ada.key);
    expect((await send('delete', { ids: [own, seen, hidden] })).body).toMatchObject({
      done: [own],
      refused: [{ id: seen }, { id: hidden }],
    });
    expect([(await get(`/${own}`)).status, (await get(`/${seen}`)).status]).toEqual([404, 200]);
  });
});

describe('the search over everything', () => {
  const found = async (q: string, key = firm.key) =>
    (await server.call('GET', `/api/v1/search?q=${encodeURIComponent(q)}`, { key })).body.tasks;

  it('finds tasks by a piece of their words, for whoever sees them, with items that they see', async () => {
    const item = await deal({ title: 'Lighthouse' });
    const id = await made({ title: 'Paint the 100% tower', item, responsible: ada.id, status: 'in-progress' });
    expect(await found('the 100% tow')).toEqual([
      { id, title: 'Paint the 100% tower', status: 'in-progress', itemTitle: 'Lighthouse' },
    ]);
    expect(await found('100% tow', ada.key)).toMatchObject([{ id, itemTitle: null }]);
    for (const key of [guest.key, ben.key, rival.key]) expect(await found('tower', key)).toEqual([]);
    expect(await found('  ')).toEqual([]);
    expect(await found('_00%')).toEqual([]);
  });
});
