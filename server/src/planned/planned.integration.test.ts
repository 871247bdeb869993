import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { runDueVisits } from '../automation/running/watch-runs.ts';
import { replanHours } from '../automation/visits/replan-hours.ts';
import { makeRoutes } from '../compose/routes.ts';
import { inWorkspace } from '../platform/db.ts';
import { makePorts } from '../ports/make-ports.ts';
import { createRecorder } from '../signals/recorder.ts';
import { doDueTasks } from '../tasks/do-due.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
let ada: { id: number; key: string };
let pipeline: number;
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  ada = await firm.addPerson('ada@firm.test', 'sales');
  const { data } = (await send('GET', '/api/v1/pipelines?type=deal')).body;
  pipeline = data.find(({ name }: { name: string }) => name === 'Sales').id;
});
afterAll(() => server.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const send = (method: Method, url: string, body?: object, key = firm.key) =>
  server.call(method, url, { key, ...(body && { body }) });
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(server.clock.now().getTime() + hours * HOUR_MS).toISOString();
const planned = async (query = '', key = firm.key) =>
  (await send('GET', `/api/v1/planned${query}`, undefined, key)).body;
const ids = async (query = '', key = firm.key): Promise<string[]> =>
  (await planned(query, key)).data.map(({ id }: { id: string }) => id);
const change = async (body: object, key = firm.key) => send('POST', '/api/v1/planned/change', body, key);
const stages = [
  { code: 'NEW', name: 'New' },
  { code: 'NEXT', name: 'Next' },
];
const say = (id: string, more: object = {}) => ({
  ...{ id, name: `Say ${id}`, do: 'alerts/comment', stage: 'NEW', settings: { text: `Said ${id}` }, ...more },
});
const board = (rules: readonly object[]) =>
  send('PUT', '/api/v1/automation/deal/Sales', { type: 'deal', pipeline: 'Sales', stages, rules });
const deal = async (more: object = {}): Promise<number> =>
  (await send('POST', '/api/v1/items', { type: 'deal', title: 'A house', pipeline: 'Sales', stage: 'NEW', ...more }))
    .body.id;
const stop = (item: number) => send('POST', `/api/v1/items/${item}/automation/stop`);
const runsOf = async (item: number) => (await send('GET', `/api/v1/items/${item}/runs`)).body.data;
const work = () => runDueVisits({ context: server.context, makePorts }, 0);
const said = async (item: number): Promise<string[]> =>
  (await send('GET', `/api/v1/items/${item}/timeline`)).body.data.flatMap((one: { kind: string; text: string }) =>
    one.kind === 'comment' ? [one.text] : [],
  );

describe('what waits', () => {
  it('is listed by moment, with what it is, whose it is and what waits behind it; what waits for no moment comes last', async () => {
    await board([
      say('soon', { time: { after: '2 hours' } }),
      say('behind', { order: 'after previous' }),
      say('late', { time: { after: '3 days' } }),
      ...[{ id: 'task', do: 'tasks/create', stage: 'NEW', settings: { title: 'Check', wait: true } }],
    ]);
    const item = await deal({ responsible: ada.id });
    await work();
    const { data, nextCursor } = await planned();
    expect(nextCursor).toBeNull();
    expect(data).toMatchObject([
      {
        ...{ kind: 'run', at: inHours(2), waitingFor: 'time', behind: 1, movedBy: null, task: null, delivery: null },
        ...{ item: { id: item, title: 'A house', type: 'deal' }, responsible: { id: ada.id } },
        ...{ rule: { id: 'soon', key: 'alerts/comment', name: 'Say soon' }, pipeline: { id: pipeline, name: 'Sales' } },
        ...{ stage: { code: 'NEW', name: 'New' }, may: { change: true, move: true } },
      },
      { kind: 'run', at: inHours(72), rule: { id: 'late' }, behind: 0 },
      { kind: 'run', at: null, waitingFor: 'task', rule: { id: 'task' }, may: { change: true, move: false } },
    ]);
    await stop(item);
    expect(await ids()).toEqual([]);
  });

  it('tells for which condition a rule waits and until when at most, to who may read its item, and of no other rule', async () => {
    const condition = { all: [{ field: 'amount', is: 'at least', value: 5_000 }] };
    const wait = { until: 'condition', condition, deadline: '2 hours' };
    await board([
      { id: 'wait', do: 'flow/wait', stage: 'NEW', settings: wait },
      say('soon', { time: { after: '3 hours' } }),
    ]);
    const item = await deal({ amount: 10, responsible: ada.id });
    await work();
    const waits = { at: inHours(2), waitingFor: 'condition', condition, rule: { id: 'wait' }, may: { move: false } };
    const all = [waits, { waitingFor: 'time', condition: null, rule: { id: 'soon' } }];
    expect((await planned()).data).toMatchObject(all);
    expect((await planned('', ada.key)).data).toMatchObject(all);
    expect((await planned('', rival.key)).data).toEqual([]);
    await send('PATCH', `/api/v1/items/${item}`, { responsible: firm.adminId });
    expect((await planned('', ada.key)).data).toEqual([]);
    await stop(item);
  });

  it('goes on page after page whatever its kinds are, and is narrowed by kind, person, pipeline, rule and days', async () => {
    await board([say('soon', { time: { after: '2 hours' } }), say('late', { time: { after: '3 days' } })]);
    const items = [await deal({ responsible: ada.id }), await deal(), await deal()];
    const reminder = { minutes: 60, workingTime: false };
    const task = { title: 'Ring', responsible: ada.id, deadline: inHours(3), reminder };
    const reminded = (await send('POST', '/api/v1/tasks', task)).body.id;
    const repeated = (await send('POST', '/api/v1/tasks', { title: 'Water', repeat: { every: 'day', at: '09:00' } }))
      .body.id;
    const delivery = await put(items[0] ?? 0, inHours(2));
    const all = await ids();
    expect(all).toHaveLength(9);
    expect(all.slice(0, 5).map((id) => id.split('-')[0])).toEqual(['run', 'run', 'run', 'reminder', 'delivery']);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const { data, nextCursor } = await planned(`?limit=2${cursor}`);
      paged.push(...data.map(({ id }: { id: string }) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(all);
    expect(await ids('?kind=reminder')).toEqual([`reminder-${reminded}`]);
    expect(await ids('?kind=repeat')).toEqual([`repeat-${repeated}`]);
    expect(await ids('?kind=delivery')).toEqual([`delivery-${delivery}`]);
    expect(await ids(`?responsible=${ada.id}`)).toHaveLength(4);
    expect(await ids(`?kind=run&responsible=ada@firm.test&limit=1`)).toHaveLength(1);
    expect(await ids(`?pipeline=${pipeline}`)).toHaveLength(7);
    expect(await ids(`?pipeline=${pipeline}&rule=late`)).toHaveLength(3);
    expect(await ids(`?kind=run&to=${inHours(3)}`)).toHaveLength(3);
    expect(await ids(`?kind=run&from=${inHours(3)}`)).toHaveLength(3);
    expect((await send('GET', '/api/v1/planned?rule=late')).body).toMatchObject({ errors: [{ path: 'pipeline' }] });
    expect((await send('GET', '/api/v1/planned?responsible=999999')).body).toMatchObject({
      errors: [{ path: 'responsible', code: 'unknown-person' }],
    });
    expect((await send('GET', '/api/v1/planned?cursor=nonsense')).status).toBe(400);
    const rules = (await send('GET', '/api/v1/planned/rules')).body.data;
    expect(rules).toMatchObject([
      { pipeline: { id: pipeline, type: 'deal' }, rule: { id: 'late', name: 'Say late' }, count: 3, next: inHours(72) },
      { rule: { id: 'soon' }, count: 3, next: inHours(2) },
    ]);
    for (const item of items) await stop(item);
    await change({ act: 'cancel', ids: [`reminder-${reminded}`, `repeat-${repeated}`, `delivery-${delivery}`] });
    expect(await ids()).toEqual([]);
  });

  it('is there for who may read the item alone, and is changed by who may change it alone', async () => {
    await board([say('soon', { time: { after: '2 hours' } })]);
    const [theirs, hers] = [await deal(), await deal({ responsible: ada.id })];
    const [mine, other] = [await ids(`?responsible=${ada.id}`), await ids()];
    expect(await ids('', ada.key)).toEqual(mine);
    expect(await ids('', rival.key)).toEqual([]);
    expect((await send('GET', '/api/v1/planned/rules', undefined, rival.key)).body.data).toEqual([]);
    const foreign = other.filter((id) => !mine.includes(id));
    for (const act of [{ act: 'run-now' }, { act: 'cancel' }, { act: 'move', at: inHours(9) }])
      for (const key of [ada.key, rival.key])
        expect((await change({ ...act, ids: foreign }, key)).body).toMatchObject({
          ...{ done: [], refused: [{ id: foreign[0], code: 'not_found' }] },
        });
    expect((await change({ act: 'cancel', ids: mine }, ada.key)).body).toEqual({ done: mine, refused: [] });
    expect((await runsOf(theirs))[0]).toMatchObject({ state: 'waiting' });
    expect((await runsOf(hers))[0]).toMatchObject({ state: 'cancelled' });
    await stop(theirs);
  });
});

describe('a run that waits', () => {
  it('is moved: it comes at that moment, once, and neither a calendar nor a date moves it back', async () => {
    await board([say('soon', { time: { after: '2 hours' }, hours: ['company'] })]);
    const item = await deal();
    const [id = ''] = await ids();
    expect((await change({ act: 'move', ids: [id], at: inHours(-1) })).body).toMatchObject({
      errors: [{ path: 'at', code: 'moment-passed' }],
    });
    const at = inHours(50.5);
    expect((await change({ act: 'move', ids: [id], at })).body).toEqual({ done: [id], refused: [] });
    await replanHours(server.context, { workspaceId: firm.id, employeeId: null });
    expect((await planned()).data).toMatchObject([{ at, movedBy: { id: firm.adminId } }]);
    expect((await runsOf(item))[0]).toMatchObject({ dueAt: at, movedBy: { id: firm.adminId }, state: 'waiting' });
    server.clock.advance(50 * HOUR_MS);
    await work();
    expect(await said(item)).toEqual([]);
    server.clock.advance(HOUR_MS);
    await Promise.all([work(), work()]);
    await work();
    expect(await said(item)).toEqual(['Said soon']);
    expect((await send('GET', `/api/v1/items/${item}/timeline`)).body.data).toMatchObject([
      { kind: 'comment' },
      { kind: 'planned-changed', act: 'move', rule: 'Say soon', to: at, author: { id: firm.adminId } },
      { kind: 'created' },
    ]);
  });

  it('is run now and cancelled many at once; what has gone on meanwhile is told and the others are done', async () => {
    await board([say('soon', { time: { after: '2 hours' } })]);
    const items = [await deal(), await deal(), await deal()];
    const [one = '', two = '', three = ''] = await ids();
    await stop(items[1] ?? 0);
    expect((await change({ act: 'run-now', ids: [three, one, two, one, 'run-999999'] })).body).toMatchObject({
      ...{
        done: [one, three],
        refused: [
          { id: two, code: 'run-state' },
          { id: 'run-999999', code: 'not_found' },
        ],
      },
    });
    await work();
    expect(await Promise.all(items.map(said))).toEqual([['Said soon'], [], ['Said soon']]);
    expect((await change({ act: 'cancel', ids: [] })).status).toBe(422);
    expect((await change({ act: 'cancel', ids: ['boards-1'] })).status).toBe(422);
  });

  it('that waits for a task is run now or cancelled, and has no moment to be moved', async () => {
    await board([{ id: 'task', do: 'tasks/create', stage: 'NEW', settings: { title: 'Check', wait: true } }]);
    const item = await deal();
    await work();
    const [id = ''] = await ids();
    expect((await change({ act: 'move', ids: [id], at: inHours(1) })).body.refused).toMatchObject([
      { code: 'run-without-moment' },
    ]);
    expect((await change({ act: 'cancel', ids: [id] })).body.done).toEqual([id]);
    expect(await runsOf(item)).toMatchObject([{ state: 'cancelled', reason: { code: 'cancelled-by-hand' } }]);
  });

  it('for a date that is still empty gets a moment', async () => {
    await board([say('dated', { time: { before: '1 day', field: 'dueDate' } })]);
    const item = await deal();
    const { data } = await planned();
    expect(data).toMatchObject([{ at: null, waitingFor: 'time', may: { move: true } }]);
    await change({ act: 'move', ids: [data[0].id], at: inHours(1) });
    server.clock.advance(2 * HOUR_MS);
    await work();
    expect(await said(item)).toEqual(['Said dated']);
  });
});

describe('a reminder and a task that repeats', () => {
  it('come at another moment, now or not at all; a reminder not after the deadline', async () => {
    const task = { title: 'Ring', deadline: inHours(10), reminder: { minutes: 60, workingTime: false } };
    const { id } = (await send('POST', '/api/v1/tasks', task)).body;
    const name = `reminder-${id}`;
    expect((await change({ act: 'move', ids: [name], at: inHours(11) })).body.refused).toMatchObject([
      { code: 'after-deadline' },
    ]);
    expect((await change({ act: 'move', ids: [name], at: inHours(5) })).body.done).toEqual([name]);
    expect((await send('GET', `/api/v1/tasks/${id}`)).body).toMatchObject({
      ...{ remindAt: inHours(5), reminder: { minutes: 300, workingTime: false } },
    });
    expect((await change({ act: 'cancel', ids: [name] }, ada.key)).body.refused).toMatchObject([{ code: 'not_found' }]);
    await change({ act: 'run-now', ids: [name] });
    await doDueTasks(server.context);
    expect((await send('GET', `/api/v1/tasks/${id}/history`)).body.data[0]).toMatchObject({ field: 'reminded' });
    expect((await change({ act: 'run-now', ids: [name] })).body.refused).toMatchObject([{ code: 'run-state' }]);

    const made = (await send('POST', '/api/v1/tasks', { title: 'Plants', repeat: { every: 'week', weekdays: [1] } }))
      .body;
    await change({ act: 'move', ids: [`repeat-${made.id}`], at: inHours(1) });
    expect((await planned('?kind=repeat')).data).toMatchObject([{ at: inHours(1), task: { title: 'Plants' } }]);
    await change({ act: 'run-now', ids: [`repeat-${made.id}`] });
    await Promise.all([doDueTasks(server.context), doDueTasks(server.context)]);
    const plants = (await send('GET', '/api/v1/tasks?q=plants')).body.data;
    expect(plants).toHaveLength(2);
    await change({ act: 'cancel', ids: await ids('?kind=repeat') });
    expect(await ids()).toEqual([]);
  });
});

describe('a delivery that waits', () => {
  it('leaves later, at once or not at all; then it can still be sent by hand', async () => {
    const item = await deal();
    const delivery = await put(item, inHours(5));
    const name = `delivery-${delivery}`;
    expect((await planned('?kind=delivery')).data).toMatchObject([{ delivery: { kind: 'mail' }, item: { id: item } }]);
    await change({ act: 'move', ids: [name], at: inHours(7) });
    expect((await planned('?kind=delivery')).data).toMatchObject([{ at: inHours(7) }]);
    expect((await change({ act: 'cancel', ids: [name] }, ada.key)).body.refused).toMatchObject([{ code: 'not_found' }]);
    expect((await change({ act: 'cancel', ids: [name] })).body.done).toEqual([name]);
    expect((await change({ act: 'run-now', ids: [name] })).body.refused).toMatchObject([{ code: 'run-state' }]);
    expect(await ids('?kind=delivery')).toEqual([]);
    expect((await send('GET', `/api/v1/items/${item}/timeline`)).body.data[0]).toMatchObject({
      ...{ kind: 'delivery-failed', reason: { code: 'cancelled-by-hand' } },
    });
    expect((await send('POST', `/api/v1/deliveries/${delivery}/retry`)).body).toMatchObject({ state: 'queued' });
    await stop(item);
  });
});

async function put(item: number, at: string): Promise<number> {
  return inWorkspace(server.context.databases.app, firm.id, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into outbox (workspace_id, kind, item_id, payload, idempotency_key, next_at)
      values (${firm.id}, 'mail', ${item}, '{}', gen_random_uuid()::text, ${at}) returning id`.execute(tx);
    return rows[0]?.id ?? 0;
  });
}
