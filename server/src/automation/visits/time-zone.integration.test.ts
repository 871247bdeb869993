import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import { runVisits } from '../running/run-visits.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';
import { REPLAN_HOURS, replanHours } from './replan-hours.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let admin: string;
let employee: string;

beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const { inside, workspaceId } = fixture;
  const keyOf = async (employeeId: number) =>
    (await inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' }))).key;
  admin = await keyOf(fixture.employeeId);
  employee = await keyOf(await fixture.addEmployee());
  for (const [code, kind] of [
    ['visitAt', 'dateTime'],
    ['day', 'date'],
  ])
    await inside((tx) =>
      sql`insert into fields (workspace_id, type, code, name, kind) values (${workspaceId}, 'deal', ${code}, ${code}, ${kind})`.execute(
        tx,
      ),
    );
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(() => fixture.clock.set('2026-01-12T10:00:00Z'));

async function call(method: 'GET' | 'PUT', url: string, { body, key = admin }: { body?: object; key?: string } = {}) {
  const answer = await app.inject({
    ...{ method, url: `/api/v1/${url}`, headers: { authorization: `Bearer ${key}` } },
    ...(body !== undefined && { payload: body }),
  });
  const { rows } = await fixture.owner.query(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [REPLAN_HOURS],
  );
  for (const { payload } of rows) await replanHours(fixture.context, payload);
  return { status: answer.statusCode, body: answer.json() };
}

const nine = [{ from: '09:00', to: '17:00' }];
const week = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine, sat: [], sun: [] };
const put = (more: object, key = admin) => call('PUT', 'calendar', { body: { week, ...more }, key });

const rules = [
  { id: 'in-a-day', time: { after: '1 day' } },
  { id: 'in-24-hours', time: { after: '24 hours' } },
  { id: 'two-hours-before', time: { before: '2 hours', field: 'visitAt' } },
  { id: 'at-nine', time: { at: { field: 'day', time: '09:00' } } },
].map((rule) => ({ do: 'alerts/comment', stage: 'NEW', settings: { text: rule.id }, ...rule }));

/** A deal that enters the stage at this moment. */
async function enter(moment: string, fields: Record<string, string>) {
  fixture.clock.set(moment);
  await fixture.saveBoard({ rules });
  const item = await fixture.create({ fields });
  await fixture.work();
  return item;
}

/** The rules that have run by this moment, asked of the real runner. */
async function ranBy(moment: string, item: number): Promise<string[]> {
  fixture.clock.set(moment);
  const { workspaceId, runner } = fixture;
  const visitIds = [...new Set((await fixture.runs(item)).map(({ visitId }) => visitId))];
  await runVisits(runner, { workspaceId, visitIds });
  return (await fixture.runs(item))
    .filter(({ state }) => state === 'done')
    .map(({ ruleId }) => ruleId)
    .sort();
}

const dueAt = async (item: number, rule: string) => (await fixture.run(item, rule)).dueAt?.toISOString();

describe('5.3 through the night of a change, by the real runner', () => {
  // The clocks go from 02:00 +01 to 03:00 +02: the day has 23 hours.
  test('into summer in Warsaw', async () => {
    await put({ timeZone: 'Europe/Warsaw' });
    const item = await enter('2026-03-28T10:00:00+01:00', { visitAt: '2026-03-29T04:00:00+02:00', day: '2026-03-29' });
    expect(await ranBy('2026-03-29T00:59:59+01:00', item)).toEqual([]);
    // Two hours before 04:00 +02 is 01:00 +01: the hour in between was none.
    expect(await ranBy('2026-03-29T01:00:00+01:00', item)).toEqual(['two-hours-before']);
    expect(await ranBy('2026-03-29T08:59:59+02:00', item)).toEqual(['two-hours-before']);
    expect(await ranBy('2026-03-29T09:00:00+02:00', item)).toEqual(['at-nine', 'two-hours-before']);
    expect(await ranBy('2026-03-29T10:00:00+02:00', item)).toEqual(['at-nine', 'in-a-day', 'two-hours-before']);
    expect(await ranBy('2026-03-29T10:59:59+02:00', item)).not.toContain('in-24-hours');
    expect(await ranBy('2026-03-29T11:00:00+02:00', item)).toContain('in-24-hours');
  });

  // 00:00 -03 becomes 01:00 -02.
  test('into summer in São Paulo, whose midnight is skipped', async () => {
    await put({ timeZone: 'America/Sao_Paulo' });
    const item = await enter('2018-11-03T10:00:00-03:00', { visitAt: '2018-11-04T02:00:00-02:00', day: '2018-11-04' });
    expect(await ranBy('2018-11-03T22:59:59-03:00', item)).toEqual([]);
    expect(await ranBy('2018-11-03T23:00:00-03:00', item)).toEqual(['two-hours-before']);
    expect(await ranBy('2018-11-04T09:00:00-02:00', item)).toEqual(['at-nine', 'two-hours-before']);
    expect(await ranBy('2018-11-04T09:59:59-02:00', item)).not.toContain('in-a-day');
    expect(await ranBy('2018-11-04T10:00:00-02:00', item)).toContain('in-a-day');
    expect(await ranBy('2018-11-04T11:00:00-02:00', item)).toContain('in-24-hours');
  });

  // 03:00 +02 becomes 02:00 +01: the day has 25 hours.
  test('out of summer in Warsaw', async () => {
    await put({ timeZone: 'Europe/Warsaw' });
    const item = await enter('2026-10-24T10:00:00+02:00', { visitAt: '2026-10-25T04:00:00+01:00', day: '2026-10-25' });
    expect(await ranBy('2026-10-25T02:00:00+02:00', item)).toEqual([]);
    expect(await ranBy('2026-10-25T02:00:00+01:00', item)).toEqual(['two-hours-before']);
    expect(await ranBy('2026-10-25T09:00:00+01:00', item)).toEqual(['at-nine', 'in-24-hours', 'two-hours-before']);
    expect(await ranBy('2026-10-25T10:00:00+01:00', item)).toContain('in-a-day');
  });
});

describe('5.3 the workspace’s time zone', () => {
  test('a change of it plans again what waits for a day, and leaves what waits for hours', async () => {
    await put({ timeZone: 'Europe/Warsaw' });
    const item = await enter('2026-03-28T10:00:00+01:00', { visitAt: '2026-03-29T15:00:00Z', day: '2026-04-02' });
    const moments = () => Promise.all(rules.map(({ id }) => dueAt(item, id)));
    expect(await moments()).toEqual([
      ...['2026-03-29T08:00:00.000Z', '2026-03-29T09:00:00.000Z'],
      ...['2026-03-29T13:00:00.000Z', '2026-04-02T07:00:00.000Z'],
    ]);
    expect(await put({ timeZone: 'Asia/Tokyo' })).toMatchObject({ status: 200, body: { timeZone: 'Asia/Tokyo' } });
    expect(await moments()).toEqual([
      ...['2026-03-29T09:00:00.000Z', '2026-03-29T09:00:00.000Z'],
      ...['2026-03-29T13:00:00.000Z', '2026-04-02T00:00:00.000Z'],
    ]);
    expect((await call('GET', 'me')).body).toMatchObject({ workspace: { timeZone: 'Asia/Tokyo' } });
  });

  test('stays as it is when it is not said', async () => {
    await put({ timeZone: 'Europe/Warsaw' });
    expect((await put({})).body).toMatchObject({ timeZone: 'Europe/Warsaw' });
  });

  test.each(['Mars/Olympus', '', 'x'.repeat(200), 7])('is none that there is not: %j', async (timeZone) => {
    await put({ timeZone: 'Europe/Warsaw' });
    expect(await put({ timeZone })).toMatchObject({ status: 422, body: { errors: [{ path: 'timeZone' }] } });
    expect((await call('GET', 'calendar')).body).toMatchObject({ timeZone: 'Europe/Warsaw' });
  });

  test('is changed by administrators only', async () => {
    expect(await put({ timeZone: 'Asia/Tokyo' }, employee)).toMatchObject({ status: 403 });
  });
});

describe('holidays of a region', () => {
  const holidays = async (country: string, language = 'en') =>
    (await call('GET', `calendar/holidays?country=${country}&language=${language}`)).body.data;

  test('are its country’s and its own, by name in the language', async () => {
    const epiphany = '2027-01-06';
    expect((await holidays('DE')).map(({ date }: { date: string }) => date)).not.toContain(epiphany);
    expect(await holidays('DE-BY', 'pl')).toContainEqual({ date: epiphany, name: 'Święto Trzech Króli' });
    expect(await holidays('DE-BY', 'it')).toContainEqual({ date: epiphany, name: 'Epifania' });
  });

  test('are offered with the country, and move what respects working hours', async () => {
    const { data } = (await call('GET', 'calendar/countries')).body;
    expect(data.find(({ code }: { code: string }) => code === 'DE').regions).toContainEqual({
      code: 'DE-BY',
      name: 'Bayern',
    });
    expect(data.find(({ code }: { code: string }) => code === 'PL')).toEqual({ code: 'PL', regions: [] });

    await put({ timeZone: 'Europe/Berlin', country: 'DE' });
    fixture.clock.set('2027-01-05T20:00:00+01:00');
    await fixture.saveBoard({ rules: [{ ...rules[0], id: 'work', time: undefined, hours: ['company'] }] });
    const item = await fixture.create();
    await fixture.work();
    expect(await dueAt(item, 'work')).toBe('2027-01-06T08:00:00.000Z');
    await put({ country: 'DE-BY' });
    expect(await dueAt(item, 'work')).toBe('2027-01-07T08:00:00.000Z');
  });

  test.each(['DE-XX', 'XX', 'de-by', 'DE-BY-A'])('%s is nowhere', async (country) => {
    expect((await put({ country })).status).toBe(422);
  });
});
