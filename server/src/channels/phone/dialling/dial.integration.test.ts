import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallSource, Dialled, DialOrder } from '../sources/source.ts';
import { openPhoneHouse, type PhoneHouse } from '../testing-phone.ts';
import { createDialSender } from './dial-sender.ts';

let house: PhoneHouse;
beforeAll(async () => {
  house = await openPhoneHouse();
});
afterAll(() => house.close());

const dial = (body: object, key = house.firm.key) => house.server.call('POST', '/api/v1/calls/dial', { key, body });

describe('a click on a number', () => {
  it('rings on the sandbox line, from the item', async () => {
    const deal = await house.addDeal('+48601111222');
    const { status, body } = await dial({ number: '+48 601 111 222', item: deal });
    const call = await house.ask('GET', `/api/v1/calls/${body.id}`);

    expect(status).toBe(201);
    expect(call).toMatchObject({
      direction: 'outgoing',
      state: 'ringing',
      number: '+48601111222',
      items: [{ id: deal }],
    });
    expect((await house.ask('GET', '/api/v1/calls/dialling')).data).toMatchObject([{ id: house.lineId }]);
    expect((await house.ask('GET', '/api/v1/calls/live')).data).toMatchObject([
      { id: body.id, inBrowser: true, openItems: [{ id: deal }] },
    ]);
    await house.ask('PATCH', `/api/v1/calls/${body.id}`, { state: 'ended' });
  });

  it('is refused with words where no line can, or the number is none', async () => {
    const none = await dial({ number: 'Anna' });
    await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { enabled: false });
    const off = await dial({ number: '+48601111222' });
    await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { enabled: true });

    expect([none.status, off.status, off.body.code]).toEqual([422, 409, 'cannot-dial']);
  });
});

describe('an exchange that is asked to call', () => {
  let result: Dialled;
  let orders: DialOrder[] = [];
  const source: CallSource = {
    provider: 'sandbox',
    dial: async (_, order) => {
      orders.push(order);
      return result;
    },
  };
  beforeEach(() => {
    orders = [];
  });
  const send = async () => {
    const { body } = await dial({ number: '+48601111222' });
    const { rows } = await house.inside((tx) =>
      sql<{
        outbox: number;
        source: string;
      }>`select outbox_id as outbox, source_call_id as source from calls where id = ${body.id}`.execute(tx),
    );
    const [row] = rows;
    const delivery = { id: Number(row?.outbox), workspaceId: house.firm.id, channelId: house.lineId };
    const sent = await createDialSender(house.server.context, [source]).send(delivery);
    return { id: Number(body.id), before: row?.source, sent };
  };
  const sourceIdOf = async (id: number) =>
    (
      await house.inside((tx) =>
        sql<{ source: string }>`select source_call_id as source from calls where id = ${id}`.execute(tx),
      )
    ).rows[0]?.source;

  it('is told who calls whom, and may give the call its own name', async () => {
    await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, {
      settings: { employees: [{ employee: house.firm.adminId, extension: '101' }] },
    });
    result = { outcome: 'sent', sourceCallId: 'CA77' };
    const { id, before } = await send();

    expect(orders).toMatchObject([{ callId: id, extension: '101', number: '+48601111222', sourceCallId: before }]);
    expect(await sourceIdOf(id)).toBe('CA77');
  });

  it('that will not has the call failed, with what it said', async () => {
    result = { outcome: 'permanent', reason: because('server-said', { answer: 'Extension is not registered' }) };
    const { id } = await send();
    expect(await house.ask('GET', `/api/v1/calls/${id}`)).toMatchObject({ state: 'failed' });
  });
});

describe('the card of a live call', () => {
  it('rings for everybody on the line until one has taken it', async () => {
    const ben = await house.firm.addPerson('ben@firm.test', 'employee');
    await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings: { employees: [] } });
    const number = '+48602222333';
    const deal = await house.addDeal(number);
    const { id } = await house.ask('POST', '/api/v1/calls', { line: house.lineId, direction: 'incoming', number });
    const liveOf = async (key?: string) => {
      const { data } = await house.ask('GET', '/api/v1/calls/live', undefined, key === undefined ? {} : { key });
      return data.filter((call: { id: number }) => call.id === id);
    };
    const [mine, bens] = [await liveOf(), await liveOf(ben.key)];
    await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'answered', employee: ben.id });
    const after = [await liveOf(), await liveOf(ben.key)];

    expect([mine, bens]).toMatchObject([[{ openItems: [{ id: deal }], client: { name: 'Cleo' } }], [{ id }]]);
    expect(after.map((calls) => calls.length)).toEqual([0, 1]);
    await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'ended' });
    expect(await liveOf(ben.key)).toEqual([]);
  });

  it('may be tied to a deal that was made meanwhile', async () => {
    const { id } = await house.ask('POST', '/api/v1/calls', {
      line: house.lineId,
      direction: 'incoming',
      number: '+48603333444',
    });
    const deal = await house.addDeal('+48603333444');
    const tied = await house.ask('POST', `/api/v1/calls/${id}/rebind`, { item: deal });
    const again = await house.server.call('POST', `/api/v1/calls/${id}/rebind`, {
      key: house.firm.key,
      body: { item: deal },
    });

    expect(tied.items).toMatchObject([{ id: deal }]);
    expect([again.status, again.body.errors[0].code]).toEqual([422, 'call-already-there']);
  });
});
