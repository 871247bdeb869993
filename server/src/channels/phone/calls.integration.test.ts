import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteChannel } from '../../connections/channels.store.ts';
import { noRights } from '../../people/rights/standard-roles.ts';
import { applyCallEvent } from './calls/apply-call-event.ts';
import { closeForgotten } from './calls/close-forgotten.ts';
import type { CallEvent } from './kept/call-event.ts';
import { loadLine } from './lines/line.ts';
import { openPhoneHouse, type PhoneHouse } from './testing-phone.ts';

let house: PhoneHouse;
beforeAll(async () => {
  house = await openPhoneHouse();
});
afterAll(() => house.close());

let count = 0;
const freshNumber = () => {
  count += 1;
  return `+4860${String(1_000_000 + count)}`;
};
const begin = async (body: object) => {
  const { id } = await house.ask('POST', '/api/v1/calls', { line: house.lineId, ...body });
  return Number(id);
};
const change = (id: number, body: object) => house.ask('PATCH', `/api/v1/calls/${id}`, body);
const refused = (method: 'POST' | 'PATCH', url: string, body: object, key = house.firm.key) =>
  house.server.call(method, url, { key, body });
const kinds = async (id: number) =>
  (await house.signals()).filter(({ payload }) => payload.callId === id).map(({ kind }) => kind);

describe('calls over HTTP', () => {
  it('are recorded from ringing to the end, with their signals once each', async () => {
    const number = freshNumber();
    const id = await begin({ direction: 'incoming', number });
    await change(id, { state: 'answered', employee: house.firm.adminId });
    await change(id, { state: 'answered', employee: house.firm.adminId });
    const ended = await change(id, { state: 'ended', duration: 42 });
    await change(id, { state: 'ended', duration: 42 });

    expect(ended).toMatchObject({
      ...{ id, line: house.lineId, direction: 'incoming', number, state: 'ended', talkSeconds: 42 },
      ...{ employee: { id: house.firm.adminId }, items: [], client: null },
    });
    expect(await kinds(id)).toEqual(['call.started', 'call.ended']);
  });

  it('are missed when they end unanswered, or are said to be', async () => {
    const [silent, said] = [
      await begin({ direction: 'incoming', number: freshNumber() }),
      await begin({ direction: 'incoming', number: freshNumber() }),
    ];
    await change(said, { state: 'answered' });

    expect(await change(silent, { state: 'ended' })).toMatchObject({ state: 'missed', talkSeconds: 0 });
    expect(await change(said, { state: 'ended', missed: true })).toMatchObject({ state: 'missed' });
    expect(await kinds(silent)).toEqual(['call.started', 'call.missed']);
  });

  it('find their client, and stand on the open items', async () => {
    const number = freshNumber();
    const deal = await house.addDeal(number);
    const id = await begin({ direction: 'incoming', number: number.slice(3) });
    await change(id, { state: 'ended' });
    await house.drain();
    const { data } = await house.ask('GET', `/api/v1/calls?item=${deal}`);
    const timeline = await house.ask('GET', `/api/v1/items/${deal}/timeline`);

    expect(data).toMatchObject([{ id, client: { name: 'Cleo' }, items: [{ id: deal }] }]);
    expect(timeline.data.filter(({ kind }: { kind: string }) => kind === 'call')).toMatchObject([{ call: id }]);
  });

  it('make one lead of an unknown client, however they end', async () => {
    const number = freshNumber();
    const id = await begin({ direction: 'incoming', number });
    await change(id, { state: 'ended' });
    await house.drain();
    const { items } = await house.ask('GET', `/api/v1/calls/${id}`);
    const { data } = await house.ask('GET', '/api/v1/notifications');

    expect(items).toMatchObject([{ type: 'lead', title: number }]);
    expect(data[0]).toMatchObject({ text: `Missed call from ${number} on Sandbox phone`, item: expect.anything() });
  });

  it('that are withheld make no lead and are recorded all the same', async () => {
    const id = await begin({ direction: 'incoming' });
    await change(id, { state: 'ended' });
    await house.drain();

    expect(await house.ask('GET', `/api/v1/calls/${id}`)).toMatchObject({ number: null, items: [], state: 'missed' });
  });

  it('made from an item are that item’s alone', async () => {
    const number = freshNumber();
    const [other, deal] = [await house.addDeal(number), await house.addDeal(number)];
    const id = await begin({ direction: 'outgoing', number, item: deal });
    await change(id, { state: 'answered' });
    await change(id, { state: 'ended', duration: 10 });
    await house.drain();

    expect((await house.ask('GET', `/api/v1/calls/${id}`)).items).toMatchObject([{ id: deal }]);
    expect((await house.ask('GET', `/api/v1/calls?item=${other}`)).data).toEqual([]);
  });

  it('that were missed are returned once somebody has talked to that number', async () => {
    const number = freshNumber();
    const missed = await begin({ direction: 'incoming', number });
    await change(missed, { state: 'ended' });
    const inVain = await begin({ direction: 'outgoing', number });
    await change(inVain, { state: 'ended' });
    const unreturned = async () =>
      (await house.ask('GET', '/api/v1/calls?unreturned=1')).data.map((call: { id: number }) => call.id);
    const before = await unreturned();
    const back = await begin({ direction: 'outgoing', number });
    await change(back, { state: 'answered' });

    expect(before).toContain(missed);
    expect(await unreturned()).not.toContain(missed);
    expect(await house.ask('GET', `/api/v1/calls/${missed}`)).toMatchObject({
      returned: { call: back, by: { id: house.firm.adminId } },
    });
  });

  it.each([
    [
      'a line that is not there',
      { line: 9_999, direction: 'incoming', number: '+48601234567' },
      'line',
      'unknown-line',
    ],
    ['a number of 200 digits', { direction: 'incoming', number: '1'.repeat(200) }, 'number', 'too-big'],
    ['a number of 20 digits', { direction: 'incoming', number: '1'.repeat(20) }, 'number', 'no-phone-number'],
    ['a name for a number', { direction: 'incoming', number: 'Anna' }, 'number', 'no-phone-number'],
    ['nobody who is called', { direction: 'outgoing' }, 'number', 'required'],
    [
      'somebody who is not there',
      { direction: 'incoming', number: '112', employee: 'x@y.test' },
      'employee',
      'unknown-person',
    ],
  ])('refuse %s with words', async (_, body, path, code) => {
    const answer = await refused('POST', '/api/v1/calls', { line: house.lineId, ...body });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path, code }] } });
  });

  it('refuse what contradicts itself, or comes after the end', async () => {
    const id = await begin({ direction: 'incoming', number: freshNumber() });
    const url = `/api/v1/calls/${id}`;
    const both = await refused('PATCH', url, { state: 'ended', missed: true, duration: 5 });
    const early = await refused('PATCH', url, { state: 'answered', duration: 5 });
    await change(id, { state: 'ended' });
    const late = await refused('PATCH', url, { state: 'answered' });

    expect([both.status, early.status, late.status]).toEqual([422, 422, 409]);
    expect(late.body.code).toBe('call-ended');
  });

  it('are the same call when the exchange repeats itself', async () => {
    const body = { line: 'Sandbox phone', direction: 'incoming', number: freshNumber(), externalId: 'pbx-1' };
    expect(await begin(body)).toBe(await begin(body));
  });
});

describe('rights', () => {
  it('let employees tell of their own calls, and of nobody else’s', async () => {
    await house.ask('POST', '/api/v1/roles', { name: 'Agent', rights: noRights });
    const agent = await house.firm.addPerson('agent@firm.test', 'Agent');
    const own = await refused(
      'POST',
      '/api/v1/calls',
      { line: house.lineId, direction: 'outgoing', number: freshNumber() },
      agent.key,
    );
    const foreign = await refused(
      'POST',
      '/api/v1/calls',
      { line: house.lineId, direction: 'incoming', number: freshNumber() },
      agent.key,
    );
    const seen = await house.ask('GET', '/api/v1/calls', undefined, { key: agent.key });
    const id = await begin({ direction: 'incoming', number: freshNumber() });
    await change(id, { state: 'ended' });
    const hidden = await house.server.call('GET', `/api/v1/calls/${id}`, { key: agent.key });
    const untouchable = await refused('PATCH', `/api/v1/calls/${id}`, { note: 'x' }, agent.key);

    expect([own.status, foreign.status, hidden.status, untouchable.status]).toEqual([201, 403, 404, 404]);
    expect(seen.data.map((call: { id: number }) => call.id)).toEqual([own.body.id]);
  });
});

describe('events of a source', () => {
  const apply = (event: CallEvent) =>
    house.inside(async (tx) => {
      const line = await loadLine(tx, house.lineId);
      if (line === undefined) throw new Error('no line');
      return applyCallEvent(tx, line, event, { now: house.server.clock.now() });
    });
  const at = (seconds: number) => new Date(house.server.clock.now().getTime() + seconds * 1_000);

  it('make one call and each signal once, in any order and at the same moment', async () => {
    const shared = { sourceCallId: 'wild', direction: 'incoming' as const, number: freshNumber() };
    const events: CallEvent[] = [
      { ...shared, kind: 'ended', at: at(-10) },
      { ...shared, kind: 'ringing', at: at(-60), leg: 'a' },
      { ...shared, kind: 'answered', at: at(-50), leg: 'b' },
      { ...shared, kind: 'ringing', at: at(-59), leg: 'b' },
    ];
    const applied = await Promise.all([...events, ...events].map(apply));
    const [callId] = new Set(applied.map((one) => one.callId));

    expect(new Set(applied.map((one) => one.callId)).size).toBe(1);
    expect(await house.ask('GET', `/api/v1/calls/${callId}`)).toMatchObject({
      state: 'ended',
      talkSeconds: 40,
      waitingSeconds: 10,
    });
    const told = await kinds(Number(callId));
    expect(told.filter((kind) => kind === 'call.started')).toHaveLength(1);
    expect(told.filter((kind) => kind === 'call.ended')).toHaveLength(1);
  });

  it('of colleagues who call each other keep nothing', async () => {
    const applied = await apply({ sourceCallId: 'inner', kind: 'ringing', at: at(0), direction: 'internal' });
    expect(applied).toEqual({ callId: null, state: null, changed: false });
  });

  it('of a clock that runs ahead count as now', async () => {
    const { callId } = await apply({ sourceCallId: 'ahead', kind: 'ringing', at: at(86_400), direction: 'incoming' });
    const call = await house.ask('GET', `/api/v1/calls/${callId}`);
    expect(call.startedAt).toBe(house.server.clock.now().toISOString());
  });

  it('that never come are not waited for without end', async () => {
    const { callId } = await apply({ sourceCallId: 'open', kind: 'ringing', at: at(0), direction: 'incoming' });
    house.server.clock.advance(61 * 60_000);
    await closeForgotten(house.server.context);
    await house.drain();

    expect(await house.ask('GET', `/api/v1/calls/${callId}`)).toMatchObject({ state: 'missed', statusCode: 'unknown' });
    expect(await closeForgotten(house.server.context)).toBe(0);
  });

  it('of a line that is deleted meanwhile end then, with what was talked', async () => {
    const line = await house.ask('POST', '/api/v1/channels', {
      ...{ kind: 'phone-line', provider: 'api', name: 'Short-lived', settings: {} },
    });
    const call = { line: line.id, direction: 'incoming', number: freshNumber() };
    const { id } = await house.ask('POST', '/api/v1/calls', call);
    await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'answered' });
    house.server.clock.advance(90_000);
    await house.inside((tx) => deleteChannel(tx, line.id));

    expect(await closeForgotten(house.server.context)).toBe(1);
    const over = { state: 'ended', talkSeconds: 90, statusCode: 'unknown' };
    expect(await house.ask('GET', `/api/v1/calls/${id}`)).toMatchObject(over);
  });
});

describe('the triggers', () => {
  const stageOf = async (id: number) => (await house.ask('GET', `/api/v1/items/${id}`)).stage;
  const set = (settings: object) => house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings });
  const stages = ['NEW', 'OUT', 'IN', 'MISSED'].map((code) => ({ code, name: code }));
  const say = async (settings: object) => {
    const triggers = [
      { on: 'telephony/outgoing-call', stage: 'OUT', settings: { ...settings, minTalkSeconds: 10 } },
      { on: 'telephony/incoming-call', stage: 'IN', settings },
      { on: 'telephony/missed-call', stage: 'MISSED', settings },
    ];
    await house.ask('PUT', '/api/v1/automation/deal/Calls', { type: 'deal', pipeline: 'Calls', stages, triggers });
  };
  const called = async (direction: string, end: object) => {
    const number = freshNumber();
    const deal = await house.addDeal(number, { pipeline: 'Calls' });
    const id = await begin({ direction, number });
    await house.drain();
    const during = await stageOf(deal);
    await change(id, { state: 'ended', ...end });
    await house.drain();
    return [during, await stageOf(deal)];
  };

  it('move the deal at the moment of the call that the line says', async () => {
    await say({});
    const usual = [await called('incoming', { duration: 5 }), await called('outgoing', { duration: 10 })];
    await set({ incomingCounts: 'end', outgoingCounts: 'start' });
    const turned = [await called('incoming', { duration: 5 }), await called('incoming', {})];
    await set({ incomingCounts: 'start', outgoingCounts: 'end' });

    expect(usual).toEqual([
      ['IN', 'IN'],
      ['NEW', 'OUT'],
    ]);
    expect(turned).toEqual([
      ['NEW', 'IN'],
      ['NEW', 'MISSED'],
    ]);
  });

  it('hear missed calls, calls that were long enough, and the chosen lines alone', async () => {
    await say({ lines: ['+48221234567'] });
    const heard = [await called('incoming', {}), await called('outgoing', { duration: 9 })];
    const other = await house.ask('POST', '/api/v1/channels', {
      ...{ kind: 'phone-line', provider: 'api', name: 'Other', settings: { number: '+48225550001' } },
    });
    await say({ lines: [other.id] });
    const elsewhere = await called('incoming', {});

    expect([...heard, elsewhere]).toEqual([
      ['IN', 'MISSED'],
      ['NEW', 'NEW'],
      ['NEW', 'NEW'],
    ]);
  });
});

it('after hours a call makes what the line says for then', async () => {
  const { id: line } = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'api', name: 'Night' },
    settings: {
      number: '+48 22 555 00 00',
      hours: 'company',
      unknownClient: 'ignore',
      afterHoursUnknown: 'create lead',
    },
  });
  const itemsOf = async (moment: string) => {
    house.server.clock.set(moment);
    const { id } = await house.ask('POST', '/api/v1/calls', { line, direction: 'incoming', number: freshNumber() });
    await house.drain();
    return house.ask('GET', `/api/v1/calls/${id}`);
  };

  expect(await itemsOf('2027-01-12T10:00:00Z')).toMatchObject({ afterHours: false, items: [] });
  expect(await itemsOf('2027-01-12T21:00:00Z')).toMatchObject({ afterHours: true, items: [{ type: 'lead' }] });
});

it('keeps calls of one workspace from another', async () => {
  const other = await house.server.addWorkspace('Other');
  const id = await begin({ direction: 'incoming', number: freshNumber() });
  const seen = await house.server.call('GET', `/api/v1/calls/${id}`, { key: other.key });
  expect(seen.status).toBe(404);
  expect((await house.inside((tx) => sql`select 1 from calls where id = ${id}`.execute(tx))).rows).toHaveLength(1);
});
