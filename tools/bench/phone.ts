import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { amiEvent } from '../../server/src/channels/phone/sources/asterisk/testing-exchange.ts';
import {
  type FakeExchange,
  startFakeExchange,
} from '../../server/src/channels/phone/sources/asterisk/testing-fake-exchange.ts';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import { type BenchServer, startBenchServer } from './instruments/bench-server.ts';
import { openStream } from './instruments/event-stream.ts';
import { type Spread, spreadOf } from './instruments/measure.ts';

export interface PhoneFigures {
  readonly calls: number;
  readonly seconds: number;
  /** Calls of the exchange that are not as they were, or whose signals are not there once each. */
  readonly lost: number;
  readonly browsers: number;
  /** From the exchange's first word of a call to the event by which a browser shows its card, over all browsers. */
  readonly cardMs: Spread;
  /** Of node and PostgreSQL for one call; null where that cannot be told. */
  readonly processorMs: number | null;
}

const CALLS_A_MINUTE = 500;
const BROWSERS = 50;
const PATIENCE_MS = 60_000;
const made = z.object({ id: z.number() });
const keyMade = z.object({ key: z.string() });

/** (m): 500 calls a minute over the manager's socket, every third missed, with 50 event streams open. */
export async function benchPhone(seconds: number): Promise<PhoneFigures> {
  const server = await startBenchServer('bench-phone');
  const exchange = await startFakeExchange();
  const streams: AbortController[] = [];
  try {
    const heard = new Map<number, number[]>();
    for (let browser = 0; browser < BROWSERS; browser += 1)
      streams.push(
        await openStream(await personOf(server.place, browser), ({ topic, kind, id }) => {
          if (topic !== 'live-calls' || kind !== 'started' || id === undefined) return;
          heard.set(id, [...(heard.get(id) ?? []), performance.now()]);
        }),
      );
    const line = await addLine(server.place, exchange);
    const before = server.processorSeconds();
    const said = await ring(exchange, seconds);
    const lost = await untilAllEnded(server, { line, calls: said.size });
    const after = server.processorSeconds();
    const waited = await waitsOf(server, { said, heard });
    return {
      ...{ calls: said.size, seconds, browsers: BROWSERS, cardMs: spreadOf(waited) },
      lost: lost + Math.max(said.size * BROWSERS - waited.length, 0),
      processorMs: before === null || after === null ? null : ((after - before) * 1_000) / said.size,
    };
  } finally {
    for (const stream of streams) stream.abort();
    await exchange.close();
    await server.close();
  }
}

/** Somebody of their own sits before each browser. */
async function personOf(place: Place, browser: number): Promise<Place> {
  const email = `person-${browser}@bench.test`;
  const { id } = made.parse(await call(place, 'POST', '/users', { email, name: `Person ${browser}` }));
  const { key } = keyMade.parse(await call(place, 'POST', `/users/${id}/keys`, { name: 'Browser' }));
  return { ...place, apiKey: key };
}

async function addLine(place: Place, exchange: FakeExchange): Promise<number> {
  const settings = {
    ...{ number: '+48221234567', amiHost: '127.0.0.1', amiPort: exchange.port, amiUser: 'bench', amiSecret: 'secret' },
    ...{ trunks: 'provider', unknownClient: 'ignore' },
  };
  const body = { kind: 'phone-line', provider: 'asterisk', name: 'Bench', settings };
  const { id } = made.parse(await call(place, 'POST', '/channels', body));
  for (const deadline = Date.now() + PATIENCE_MS; exchange.connected() === 0 && Date.now() < deadline; )
    await sleep(50);
  if (exchange.connected() === 0) throw new Error('the exchange is not followed');
  await sleep(1_000);
  return id;
}

/** When each number began to ring. */
async function ring(exchange: FakeExchange, seconds: number): Promise<Map<string, number>> {
  const said = new Map<string, number>();
  const everyMs = 60_000 / CALLS_A_MINUTE;
  const begun = performance.now();
  for (let index = 0; index * everyMs < seconds * 1_000; index += 1) {
    await sleep(Math.max(begun + index * everyMs - performance.now(), 0));
    const { number, rings, taken, over } = eventsOf(index);
    said.set(number, performance.now());
    exchange.say(rings);
    if (index % 3 !== 0) setTimeout(() => exchange.say(taken), 2_000);
    setTimeout(() => exchange.say(over), 5_000);
  }
  await sleep(6_000);
  return said;
}

function eventsOf(index: number) {
  const number = `+48600${String(100_000 + index)}`;
  const of = (n: number, peer: string) => ({
    Channel: `${peer}-${index.toString(16).padStart(8, '0')}`,
    Uniqueid: `b${index}.${n}`,
    Linkedid: `b${index}.1`,
  });
  const client = {
    ...of(1, 'PJSIP/provider'),
    ...{ ChannelStateDesc: 'Ring', CallerIDNum: number, Context: 'from-trunk', Exten: '221234567' },
  };
  const phone = { ...of(2, 'PJSIP/101'), ChannelStateDesc: 'Down', CallerIDNum: '101', Exten: 's' };
  const dial = { ...client, DestChannel: phone.Channel, DestUniqueid: phone.Uniqueid, DestCallerIDNum: '101' };
  const bridge = (channel: object) => eventOf('BridgeEnter', { BridgeUniqueid: `br${index}`, ...channel });
  return {
    number,
    rings: eventOf('Newchannel', client) + eventOf('Newchannel', phone) + eventOf('DialBegin', dial),
    taken: bridge(phone) + bridge(client),
    over: eventOf('Hangup', { ...phone, Cause: '16' }) + eventOf('Hangup', { ...client, Cause: '16' }),
  };
}

// Without a stamp: it happens as it is said.
const eventOf = (name: string, fields: Record<string, string>) =>
  amiEvent(name, fields).replace(/Timestamp: .*\r\n/, '');

/** How many calls, or signals of calls, are missing in the end. */
async function untilAllEnded({ client }: BenchServer, asked: { line: number; calls: number }): Promise<number> {
  const missed = Math.ceil(asked.calls / 3);
  const count = async () => {
    const { rows } = await client.query<{ ended: number; missed: number; signals: number }>(
      `select count(*) filter (where state = 'ended')::int as ended, count(*) filter (where state = 'missed')::int as missed,
         (select count(*)::int from signals where kind like 'call.%') as signals from calls where line_id = $1`,
      [asked.line],
    );
    const [row = { ended: 0, missed: 0, signals: 0 }] = rows;
    const wrong = Math.abs(asked.calls - missed - row.ended) + Math.abs(missed - row.missed);
    return wrong + Math.abs(2 * asked.calls - row.signals);
  };
  for (const deadline = Date.now() + PATIENCE_MS; (await count()) > 0 && Date.now() < deadline; ) await sleep(200);
  return count();
}

interface Heard {
  readonly said: ReadonlyMap<string, number>;
  readonly heard: ReadonlyMap<number, readonly number[]>;
}

async function waitsOf({ client }: BenchServer, { said, heard }: Heard): Promise<number[]> {
  const { rows } = await client.query<{ id: string; number: string }>('select id, number from calls');
  return rows.flatMap(({ id, number }) => {
    const began = said.get(number);
    return began === undefined ? [] : (heard.get(Number(id)) ?? []).map((at) => at - began);
  });
}
