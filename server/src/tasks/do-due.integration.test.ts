import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { createRecorder } from '../signals/recorder.ts';
import { doDueTasks } from './do-due.ts';

let server: TestServer;
let firm: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
});
afterAll(() => server.close());

const HOUR_MS = 3_600_000;
const send = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object, key = firm.key) =>
  server.call(method, url, { key, ...(body && { body }) });
const inHours = (hours: number) => new Date(server.clock.now().getTime() + hours * HOUR_MS).toISOString();
const make = async (body: object): Promise<number> =>
  (await send('POST', '/api/v1/tasks', { title: 'Water the plants', ...body })).body.id;
const bell = async (key: string): Promise<string[]> =>
  (await send('GET', '/api/v1/notifications', undefined, key)).body.data.map(({ text }: { text: string }) => text);
const due = () => doDueTasks(server.context);
const series = async (responsible: number) => (await send('GET', `/api/v1/tasks?responsible=${responsible}`)).body.data;

describe('a reminder', () => {
  it('comes once, before the deadline, and not of what was completed; it moves with the deadline', async () => {
    const eve = await firm.addPerson('eve@firm.test');
    const reminder = { minutes: 60, workingTime: false };
    const id = await make({ title: 'Ring', responsible: eve.id, deadline: inHours(3), reminder });
    const done = await make({ title: 'Done', responsible: eve.id, deadline: inHours(3), reminder });
    await send('PATCH', `/api/v1/tasks/${done}`, { status: 'completed' }, eve.key);
    await send('PATCH', `/api/v1/tasks/${id}`, { deadline: inHours(4) });
    server.clock.advance(2 * HOUR_MS + 1);
    await due();
    expect((await bell(eve.key)).filter((text) => text.startsWith('Reminder'))).toEqual([]);
    server.clock.advance(HOUR_MS);
    await Promise.all([due(), due()]);
    await due();
    expect((await bell(eve.key)).filter((text) => text.startsWith('Reminder'))).toEqual([
      expect.stringMatching(/^Reminder: Ring, \d{4}-\d\d-\d\d \d\d:\d\d$/),
    ]);
    expect((await send('GET', `/api/v1/tasks/${id}`)).body.remindAt).toBeNull();
    expect((await send('GET', `/api/v1/tasks/${id}/history`)).body.data[0]).toMatchObject({
      field: 'reminded',
      author: null,
    });
  });
});

describe('a deadline that has passed', () => {
  it('is told once to the responsible and to who gave the task, and again for a new one', async () => {
    const [fay, gus] = [await firm.addPerson('fay@firm.test'), await firm.addPerson('gus@firm.test')];
    const id = await make({ title: 'Late', responsible: fay.id, creator: gus.id, deadline: inHours(1) });
    server.clock.advance(HOUR_MS + 1);
    await Promise.all([due(), due()]);
    await due();
    const late = async (key: string) => (await bell(key)).filter((text) => text.startsWith('The deadline has passed'));
    expect([(await late(fay.key)).length, (await late(gus.key)).length]).toEqual([1, 1]);
    await send('PATCH', `/api/v1/tasks/${id}`, { deadline: inHours(1) });
    server.clock.advance(HOUR_MS + 1);
    await due();
    expect((await late(fay.key)).length).toBe(2);
  });
});

describe('what repeats', () => {
  it('is made anew when it is due, once, however many look, and goes on from the new one', async () => {
    const hal = await firm.addPerson('hal@firm.test');
    const repeat = { every: 'day', at: '09:00' };
    const first = await make({
      ...{ responsible: hal.id, repeat, deadline: inHours(5), checklist: [{ text: 'Ferns', done: true }] },
    });
    const { repeatAt } = (await send('GET', `/api/v1/tasks/${first}`)).body;
    expect(new Date(repeatAt).getTime()).toBeGreaterThan(server.clock.now().getTime());
    await due();
    expect(await series(hal.id)).toHaveLength(1);
    server.clock.advance(new Date(repeatAt).getTime() - server.clock.now().getTime() + 1);
    await Promise.all([due(), due(), due()]);
    await due();
    const [next, old, ...more] = await series(hal.id);
    expect([old.id, more]).toEqual([first, []]);
    expect(old).toMatchObject({ repeat: null, repeatAt: null, status: 'new' });
    expect(next).toMatchObject({ status: 'new', repeat, checklist: [{ text: 'Ferns', done: false }] });
    expect(new Date(next.deadline).getTime()).toBe(new Date(repeatAt).getTime() + 5 * HOUR_MS);
    expect(new Date(next.repeatAt).getTime() - new Date(repeatAt).getTime()).toBeGreaterThan(22 * HOUR_MS);
  });

  it('what was missed while nobody looked is made once, not for each day', async () => {
    const ida = await firm.addPerson('ida@firm.test');
    await make({ responsible: ida.id, repeat: { every: 'day' } });
    server.clock.advance(10 * 24 * HOUR_MS);
    await due();
    await due();
    expect(await series(ida.id)).toHaveLength(2);
  });

  it('ends when its rule is taken away', async () => {
    const joe = await firm.addPerson('joe@firm.test');
    const id = await make({ responsible: joe.id, repeat: { every: 'day' } });
    await send('PATCH', `/api/v1/tasks/${id}`, { repeat: null });
    server.clock.advance(48 * HOUR_MS);
    await due();
    expect(await series(joe.id)).toHaveLength(1);
  });
});

describe('its people and files', () => {
  it('the heir of who leaves gets the open ones, as responsible and as who gave them', async () => {
    const [kim, lou] = [await firm.addPerson('kim@firm.test'), await firm.addPerson('lou@firm.test')];
    const [open, given, done] = [
      await make({ responsible: kim.id }),
      await make({ creator: kim.id, responsible: lou.id }),
      await make({ responsible: kim.id, status: 'completed' }),
    ];
    expect((await send('GET', `/api/v1/users/${kim.id}/holdings`)).body.tasks).toBe(2);
    expect((await send('POST', `/api/v1/users/${kim.id}/hand-over`, { to: lou.id })).status).toBe(200);
    const shown = async (id: number) => (await send('GET', `/api/v1/tasks/${id}`)).body;
    expect(await shown(open)).toMatchObject({ responsible: { id: lou.id }, creator: { id: firm.adminId } });
    expect(await shown(given)).toMatchObject({ creator: { id: lou.id } });
    expect((await shown(done)).responsible.id).toBe(kim.id);
    expect((await send('GET', `/api/v1/tasks/${open}/history`)).body.data[0]).toMatchObject({
      field: 'responsible',
      from: 'kim',
      to: 'lou',
    });
    expect((await send('GET', `/api/v1/users/${kim.id}/holdings`)).body.tasks).toBe(0);
  });

  it('whoever sees a task sees its files and those of its comments; nobody else', async () => {
    const [max, ned] = [await firm.addPerson('max@firm.test', 'sales'), await firm.addPerson('ned@firm.test', 'sales')];
    const upload = async () =>
      (
        await server.app.inject({
          ...{ method: 'POST', url: '/api/v1/files?name=a.txt', payload: Buffer.from('hi') },
          headers: { authorization: `Bearer ${firm.key}`, 'content-type': 'application/octet-stream' },
        })
      ).json().id;
    const [inTask, inComment] = [await upload(), await upload()];
    const id = await make({ responsible: max.id, files: [inTask] });
    await send('POST', `/api/v1/tasks/${id}/comments`, { text: 'See', files: [inComment] });
    for (const file of [inTask, inComment]) {
      expect((await send('GET', `/api/v1/files/${file}`, undefined, max.key)).status).toBe(200);
      expect((await send('GET', `/api/v1/files/${file}`, undefined, ned.key)).status).toBe(404);
    }
    await send('PATCH', `/api/v1/tasks/${id}`, { files: [] });
    expect((await send('GET', `/api/v1/files/${inTask}`, undefined, max.key)).status).toBe(404);
  });
});
