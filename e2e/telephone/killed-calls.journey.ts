import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amiEvent } from '../../server/src/channels/phone/sources/asterisk/testing-exchange.ts';
import {
  type FakeExchange,
  startFakeExchange,
} from '../../server/src/channels/phone/sources/asterisk/testing-fake-exchange.ts';
import { makeDataDir } from '../../tools/outside/data-dir.ts';
import { lendDatabase } from '../../tools/outside/guest-database.ts';
import { choosePlace, type LivingServer, type Place, startServer } from '../../tools/outside/server.ts';
import { until } from '../hands/until.ts';
import { apiOf, type World } from '../world.ts';

let place: Place;
let server: LivingServer;
let database: Awaited<ReturnType<typeof lendDatabase>>;
let exchange: FakeExchange;
let office: number;
let sandbox: number;

beforeAll(async () => {
  exchange = await startFakeExchange();
  database = await lendDatabase();
  place = await choosePlace(makeDataDir('killed-calls'), { DATABASE_URL: database.url, PRIVATE_HOSTS: 'on' });
  server = await startServer(place);
  sandbox = (await ask('GET', '/channels?kind=phone-line')).data[0].id;
  const { id: me } = await ask('GET', '/me');
  const own = { number: '+48221234567', trunks: 'provider', employees: [{ employee: me, extension: '101' }] };
  const ami = { amiHost: '127.0.0.1', amiPort: exchange.port, amiUser: 'signalbox', amiSecret: 'secret' };
  const made = { kind: 'phone-line', provider: 'asterisk', name: 'Office', settings: { ...own, ...ami } };
  office = (await ask('POST', '/channels', made)).id;
  await untilFollowed();
});
afterAll(async () => {
  await server.stop();
  await exchange.close();
  await database.close();
  fs.rmSync(place.dataDir, { recursive: true, force: true });
});

const ask: World['ask'] = (...call) => apiOf(place).ask(...call);

const untilFollowed = () =>
  until('the exchange is followed', async () => {
    const { data } = await ask('GET', '/calls/lines');
    return data.some(({ line, connectedSince }: Heard) => line === office && connectedSince !== null);
  });
interface Heard {
  readonly line: number;
  readonly connectedSince: string | null;
}

/** SIGKILL, what happens while nobody listens, and a new start. */
async function killAndStart(): Promise<void> {
  await server.kill();
  await until('nobody is logged in', async () => exchange.connected() === 0);
  server = await startServer(place);
  await untilFollowed();
}

interface Client {
  readonly number: string;
  readonly deal: number;
}

async function addClient(number: string): Promise<Client> {
  const { id: contact } = await ask('POST', '/contacts', { name: `Client ${number}`, phones: [number] });
  return { number, deal: (await ask('POST', '/items', { type: 'deal', title: number, contact })).id };
}

interface Shown {
  readonly number: string;
  readonly state: string;
}

const callsOf = async (number: string) =>
  (await ask('GET', '/calls?limit=100')).data.filter((one: Shown) => one.number === number);
const isThere = (number: string, state: string) =>
  until(`the call of ${number} is ${state}`, async () => (await callsOf(number))[0]?.state === state);
const live = async () =>
  (await ask('GET', '/calls/live')).data.map(({ number, state }: Shown) => `${number} ${state}`).toSorted();

/** One call, once on the timeline, each of its signals once. */
async function whatIsKept({ number, deal }: Client) {
  const signals = await until('two signals', async () => {
    const { data } = await ask('GET', `/items/${deal}/signals`);
    return data.length >= 2 ? data.map(({ kind }: { kind: string }) => kind).toSorted() : undefined;
  });
  const { data: entries } = await ask('GET', `/items/${deal}/timeline`);
  return {
    calls: (await callsOf(number)).map(({ state }: Shown) => state),
    entries: entries.filter(({ kind }: { kind: string }) => kind === 'call').length,
    signals,
  };
}
const talked = { calls: ['ended'], entries: 1, signals: ['call.ended', 'call.started'] };
const missed = { calls: ['missed'], entries: 1, signals: ['call.missed', 'call.started'] };

/** A call to the phone 101 as the exchange tells of it, event by event; each happens as it is said. */
function callOf(number: string) {
  const of = (n: number, peer: string) => ({
    ...{
      Channel: `PJSIP/${peer}-${number.slice(1)}`,
      Uniqueid: `${number.slice(1)}.${n}`,
      Linkedid: `${number.slice(1)}.1`,
    },
  });
  const client = {
    ...of(1, 'provider'),
    ...{ ChannelStateDesc: 'Ring', CallerIDNum: number, Context: 'from-trunk', Exten: '221234567' },
  };
  const phone = { ...of(2, '101'), ChannelStateDesc: 'Down', CallerIDNum: '101', Context: 'from-internal', Exten: 's' };
  const bridge = { BridgeUniqueid: `b${number}`, BridgeTechnology: 'simple_bridge' };
  const told = [
    ['Newchannel', client],
    ['Newchannel', phone],
    ['BridgeEnter', { ...bridge, ...phone }],
    ['BridgeEnter', { ...bridge, ...client }],
    ['Hangup', { Cause: '16', ...phone }],
    ['Hangup', { Cause: '16', ...client }],
  ] as const;
  const up = { ChannelStateDesc: 'Up', Duration: '00:00:01', BridgeId: bridge.BridgeUniqueid };
  return {
    /** Those from one on, up to another. */
    say(from: number, to: number = told.length) {
      const stamp = { Timestamp: String(Date.now() / 1_000) };
      for (const [event, fields] of told.slice(from, to)) exchange.say(amiEvent(event, { ...fields, ...stamp }));
    },
    /** What lives in the exchange after so many events. */
    livingAfter: (events: number) => [
      { ...client, ...(events > 3 ? up : {}) },
      ...(events > 1 && events < 5 ? [{ ...phone, ...(events > 2 ? up : {}) }] : []),
    ],
  };
}

describe('a server killed in the midst of calls of an exchange', () => {
  it('between any two events of a call keeps one call, as long as it was', async () => {
    const cut = await Promise.all(
      [1, 2, 3, 4, 5].map(async (events) => ({ events, ...(await addClient(`+4860120000${events}`)) })),
    );
    const begun = Date.now();
    for (const { number, events } of cut) callOf(number).say(0, events);
    const stateAfter = (events: number) => (events < 4 ? 'ringing' : 'answered');
    for (const { number, events } of cut) await isThere(number, stateAfter(events));
    const before = await live();
    exchange.living = cut.flatMap(({ number, events }) => callOf(number).livingAfter(events));
    await killAndStart();
    expect(await live()).toEqual(before);

    const heardAgain = Date.now();
    for (const { number, events } of cut) callOf(number).say(events);
    for (const { number } of cut) await isThere(number, 'ended');
    exchange.living = [];
    expect(await live()).toEqual([]);
    for (const one of cut) {
      expect(await whatIsKept(one), `cut after ${one.events}`).toEqual(talked);
      const [{ talkSeconds }] = await callsOf(one.number);
      const lasted = one.events < 4 ? 0 : (heardAgain - begun) / 1_000;
      expect(Math.abs(talkSeconds - lasted), `${talkSeconds} of ${lasted}, cut after ${one.events}`).toBeLessThan(4);
    }
  });

  it('ends what ended while nobody listened, however short ago it rang', async () => {
    const [rang, spoke] = [await addClient('+48601300001'), await addClient('+48601300002')];
    callOf(rang.number).say(0, 2);
    callOf(spoke.number).say(0, 4);
    await isThere(rang.number, 'ringing');
    await isThere(spoke.number, 'answered');
    await killAndStart();
    await isThere(rang.number, 'missed');
    await isThere(spoke.number, 'ended');
    expect(await live()).toEqual([]);
    expect(await whatIsKept(rang)).toEqual(missed);
    expect(await whatIsKept(spoke)).toEqual(talked);
  });
});

describe('a server killed in the midst of calls told of by HTTP', () => {
  it('at any request, which is sent again when no answer came, keeps one call', async () => {
    const cut = await Promise.all(
      [0, 1, 2].map(async (request) => ({ request, ...(await addClient(`+4860140000${request}`)) })),
    );
    const tell = async ({ number }: Client, request: number): Promise<unknown> => {
      const externalId = `killed ${number}`;
      const { id } = await ask('POST', '/calls', { line: sandbox, direction: 'incoming', number, externalId });
      if (request === 1) return ask('PATCH', `/calls/${id}`, { state: 'answered' });
      return request === 2 ? ask('PATCH', `/calls/${id}`, { state: 'ended', duration: 42 }) : id;
    };
    for (const one of cut) for (let request = 0; request < one.request; request += 1) await tell(one, request);
    const cutOff = cut.map((one) => tell(one, one.request).catch(() => 'cut off'));
    await killAndStart();
    await Promise.all(cutOff);
    for (const one of cut) for (let request = one.request; request < 3; request += 1) await tell(one, request);
    expect(await live()).toEqual([]);
    for (const one of cut) {
      expect(await whatIsKept(one), `cut at ${one.request}`).toEqual(talked);
      expect(await callsOf(one.number)).toMatchObject([{ talkSeconds: 42 }]);
    }
  });
});
