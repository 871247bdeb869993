import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import { changeItem } from '../moves/change-item.ts';
import { runVisits } from '../running/run-visits.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';
import { REPLAN_HOURS, replanHours } from './replan-hours.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let admin: string;
const keyOf = async (employeeId: number) =>
  (await fixture.inside((tx) => createKey(tx, { workspaceId: fixture.workspaceId, employeeId, kind: 'api', name: '' })))
    .key;
beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  admin = await keyOf(fixture.employeeId);
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

/** Carries out what the request has left to do: runs are planned again by a job. */
async function call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: object, key = admin) {
  const answer = await app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: { authorization: `Bearer ${key}` },
    payload: body,
  });
  const { rows } = await fixture.owner.query(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [REPLAN_HOURS],
  );
  for (const { payload } of rows) await replanHours(fixture.context, payload);
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

const nine = [{ from: '09:00', to: '17:00' }];
const week = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine, sat: [], sun: [] };
const at = (time: string) => fixture.clock.set(time);
const dueAt = async (item: number, rule = 'rule') => (await fixture.run(item, rule)).dueAt?.toISOString();

async function enter(rule: object, person?: number) {
  await fixture.saveBoard({
    rules: [{ id: 'rule', do: 'alerts/comment', stage: 'NEW', settings: { text: 'Now.' }, ...rule }],
  });
  const item = await fixture.create(person === undefined ? {} : { responsibleId: person });
  await fixture.work();
  return item;
}

let person: number;
let own: string;
let people = 0;
beforeEach(async () => {
  people += 1;
  person = await fixture.addEmployee({ name: `P${people}`, email: `p${people}@firm.test` });
  own = await keyOf(person);
  // A Monday.
  at('2026-01-12T10:00:00Z');
  await call('PUT', 'calendar', { week });
});
const step = (name: string) => call('POST', 'me/workday', { step: name }, own);

describe('5.4 respect working hours', () => {
  test('5.4 the moment moves to the next working moment of the company calendar', async () => {
    at('2026-01-10T12:00:00Z');
    const item = await enter({ hours: ['company'] });
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'waiting', waitingFor: 'time', entry: false });
    expect(await dueAt(item)).toBe('2026-01-12T09:00:00.000Z');
    expect((await call('GET', `items/${item}/runs`)).body.data).toMatchObject([
      { state: 'waiting', waitingFor: 'time' },
    ]);
  });

  test('5.4 in working time a rule is due at entry', async () => {
    const item = await enter({ hours: ['company', 'responsible'] });
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done', entry: true });
  });

  test('5.4 a delay in days counts working days: over holidays, own days off, worked days', async () => {
    await call('PUT', 'calendar', {
      week,
      country: 'PL',
      daysOff: [{ date: '2026-04-07', name: 'Party' }],
      daysOn: [{ date: '2026-04-11', hours: [{ from: '10:00', to: '12:00' }] }],
    });
    at('2026-04-03T10:00:00Z');
    expect(await dueAt(await enter({ hours: ['company'], time: { after: '1 day' } }))).toBe('2026-04-08T10:00:00.000Z');
    expect(await dueAt(await enter({ time: { after: '1 day' } }))).toBe('2026-04-04T10:00:00.000Z');
    at('2026-04-10T11:00:00Z');
    expect(await dueAt(await enter({ hours: ['company'], time: { after: '1 day' } }))).toBe('2026-04-11T11:00:00.000Z');
  });

  test('5.4 runs are planned again when the calendar changes', async () => {
    at('2026-01-10T12:00:00Z');
    const item = await enter({ hours: ['company'] });
    await call('PUT', 'calendar', { week, daysOff: [{ date: '2026-01-12', name: 'Party' }] });
    expect(await dueAt(item)).toBe('2026-01-13T09:00:00.000Z');
    await call('PUT', 'calendar', { week: { ...week, sat: nine } });
    await fixture.work();
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
  });
});

describe('5.4 respect the responsible person’s working hours', () => {
  test('5.4 waits on a break and runs when they are back', async () => {
    await step('start');
    await step('pause');
    const item = await enter({ hours: ['responsible'] }, person);
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'waiting', waitingFor: 'time' });
    expect(await dueAt(item)).toBe('2026-01-13T09:00:00.000Z');
    await step('resume');
    await fixture.work();
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
  });

  test('5.4 what comes due after the end of their day waits for the next', async () => {
    await step('start');
    const item = await enter({ hours: ['responsible'], time: { after: '1 hour' } }, person);
    await step('end');
    expect(await dueAt(item)).toBe('2026-01-12T11:00:00.000Z');
    at('2026-01-12T11:00:00Z');
    await runDue(item);
    expect(await dueAt(item)).toBe('2026-01-13T09:00:00.000Z');
    at('2026-01-13T07:30:00Z');
    await step('start');
    await fixture.work();
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
  });

  test('5.4 nothing waits for ever: who stops using the work day is at work in company hours', async () => {
    await step('start');
    await step('end');
    const item = await enter({ hours: ['responsible'] }, person);
    const looked: (string | undefined)[] = [];
    for (let day = 0; day < 20 && (await fixture.run(item, 'rule')).state === 'waiting'; day += 1) {
      looked.push(await dueAt(item));
      at((await fixture.run(item, 'rule')).dueAt?.toISOString() ?? '');
      await runDue(item);
    }
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
    expect([looked.length, looked.at(-1)]).toEqual([11, '2026-01-27T09:00:00.000Z']);
  });

  test('5.4 waits until a leave is over; a leave that is cancelled is none', async () => {
    const { body } = await call('POST', 'absences', { from: '2026-01-12', to: '2026-01-14', reason: 'Ill' }, own);
    const item = await enter({ hours: ['responsible'] }, person);
    expect(await dueAt(item)).toBe('2026-01-15T09:00:00.000Z');
    expect(await call('DELETE', `absences/${body.id}`, undefined, own)).toMatchObject({ status: 204 });
    await fixture.work();
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
  });

  test('5.4 follows the item to another responsible', async () => {
    await step('start');
    await step('pause');
    const item = await enter({ hours: ['responsible'] }, person);
    await fixture.inside((tx) =>
      changeItem(tx, fixture.acting(), { itemId: item, changes: { responsible: fixture.employeeId } }),
    );
    await fixture.work();
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'done' });
  });

  test('5.4 if both, both hold', async () => {
    at('2026-01-12T19:00:00Z');
    await step('start');
    const item = await enter({ hours: ['company', 'responsible'] }, person);
    expect(await dueAt(item)).toBe('2026-01-13T09:00:00.000Z');
    const alone = await enter({ hours: ['responsible'] }, person);
    expect(await fixture.run(alone, 'rule')).toMatchObject({ state: 'done' });
  });

  test('5.4 "skip absent" passes over who is on leave', async () => {
    await call('POST', 'absences', { employee: person, from: '2026-01-12', to: '2026-01-12', reason: 'Ill' });
    const rule = {
      do: 'items/change-responsible',
      settings: { people: [`p${people}@firm.test`, 'creator'], skipAbsent: true },
    };
    const item = await enter(rule, person);
    expect((await call('GET', `items/${item}`)).body.responsible.id).toBe(fixture.employeeId);
  });
});

/** As the worker does when a moment has come. */
async function runDue(item: number) {
  const { visitId } = await fixture.run(item, 'rule');
  await runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds: [visitId] });
}

describe('working time over HTTP', () => {
  test('a calendar is checked: over midnight, overlaps, no work at all, unknown countries', async () => {
    const refused = async (body: object) => {
      const answer = await call('PUT', 'calendar', body);
      return [answer.status, answer.body.errors?.[0].path, answer.body.errors?.[0].code];
    };
    const hours = (from: string, to: string) => ({ from, to });
    expect(await refused({ week: { ...week, mon: [hours('22:00', '06:00')] } })).toEqual([
      422,
      'week.mon[0].to',
      'order',
    ]);
    expect(await refused({ week: { ...week, mon: [hours('09:00', '12:00'), hours('11:00', '13:00')] } })).toEqual([
      ...[422, 'week.mon', 'overlap'],
    ]);
    const free = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(await refused({ week: free })).toEqual([422, 'week', 'no-work']);
    expect(await refused({ week, country: 'XX' })).toEqual([422, 'country', 'unknown-country']);
    expect((await call('PUT', 'calendar', { week }, own)).status).toBe(403);
  });

  test('shows the next holidays of a country in the language asked for', async () => {
    const { body } = await call('GET', 'calendar/holidays?country=PL&language=pl');
    expect(body.data.slice(0, 3)).toEqual([
      { date: '2026-04-05', name: 'Niedziela Wielkanocna' },
      { date: '2026-04-06', name: 'Drugi dzień Wielkanocy' },
      { date: '2026-05-01', name: 'Święto Państwowe; Święto Pracy' },
    ]);
  });

  test('a work day goes from start over breaks to its end, and ends by itself', async () => {
    expect((await call('GET', 'me/workday', undefined, own)).body).toMatchObject({ state: 'none' });
    expect((await step('pause')).status).toBe(409);
    await step('start');
    await step('pause');
    fixture.clock.advance(600_000);
    expect((await step('resume')).body).toMatchObject({ state: 'open', pausedSeconds: 600 });
    expect((await step('start')).status).toBe(409);
    fixture.clock.advance(16 * 3_600_000);
    expect((await call('GET', 'me/workday', undefined, own)).body).toMatchObject({ state: 'ended' });
    expect((await step('start')).body).toMatchObject({ state: 'open', pausedSeconds: 0 });
  });

  test('absences are one’s own; administrators keep everybody’s', async () => {
    const absence = { from: '2026-02-02', to: '2026-02-03', reason: 'Holiday' };
    const made = await call('POST', 'absences', { ...absence, employee: person });
    expect(made).toMatchObject({ status: 201, body: { ...absence, employee: { id: person } } });
    expect((await call('POST', 'absences', { ...absence, employee: fixture.employeeId }, own)).status).toBe(403);
    expect((await call('POST', 'absences', { ...absence, to: '2026-02-01' })).body.errors).toMatchObject([
      { path: 'to' },
    ]);
    const foreign = await call('POST', 'absences', absence);
    expect((await call('DELETE', `absences/${foreign.body.id}`, undefined, own)).status).toBe(403);
    expect((await call('GET', 'absences', undefined, own)).body.data).toEqual([made.body]);
    expect((await call('GET', 'absences')).body.data.length).toBeGreaterThan(1);
  });

  test('files with working hours go out and come in the same', async () => {
    const url = 'automation/deal/Hours';
    const stages = [{ code: 'NEW', name: 'New', kind: 'open' }];
    const rule = {
      id: 'a',
      do: 'alerts/comment',
      stage: 'NEW',
      hours: ['company', 'responsible'],
      settings: { text: 'x' },
    };
    await call('PUT', url, { type: 'deal', pipeline: 'Hours', stages, rules: [rule] });
    const exported = await call('GET', url);
    expect(exported.body.rules).toMatchObject([{ hours: ['company', 'responsible'] }]);
    expect((await call('PUT', url, exported.body)).body).toMatchObject({ version: 1 });
  });
});
