import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from '../../../../parts/part.ts';
import { inSystem } from '../../../../platform/db.ts';
import { waitUntil } from '../../../../platform/testing-waits.ts';
import { createDialSender } from '../../dialling/dial-sender.ts';
import { sources } from '../../sources.ts';
import { makeCallBoard } from '../../testing-call-board.ts';
import { localCertificate } from '../../testing-certificate.ts';
import { openPhoneHouse, type PhoneHouse } from '../../testing-phone.ts';
import { keepLines } from './live/keep-lines.ts';
import { amiEvent } from './testing-exchange.ts';
import { type FakeExchange, startFakeExchange } from './testing-fake-exchange.ts';

let house: PhoneHouse;
let exchange: FakeExchange;
let lineId = 0;
const listening: Listener[] = [];
beforeAll(async () => {
  house = await openPhoneHouse();
  // Its clock is ahead of all that the events below happened at.
  exchange = await startFakeExchange({ clock: 1_700_000_100 });
  lineId = await addLine({ amiPort: exchange.port });
  await listen();
});
afterAll(async () => {
  for (const one of listening) await one.stop();
  await exchange.close();
  await house.close();
});
afterEach(() => {
  exchange.living = [];
});

async function listen(): Promise<Listener> {
  const listener = keepLines(house.server.context, 'asterisk');
  listening.push(listener);
  await waitUntil('the exchange is followed', async () =>
    exchange.asked.some((one) => one.get('action') === 'CoreShowChannels'),
  );
  return listener;
}

async function addLine(settings: object): Promise<number> {
  const whole = { amiHost: '127.0.0.1', amiUser: 'signalbox', amiSecret: 'secret', trunks: 'provider', ...settings };
  const employees = [{ employee: house.firm.adminId, extension: '101' }];
  const made = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'asterisk', name: `Office ${JSON.stringify(settings).slice(0, 200)}` },
    settings: { number: '+48 22 123 45 67', employees, ...whole },
  });
  return Number(made.id);
}

// Of nobody here.
const otherCertificate = `-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIUXioOuCb+uzotLBGP+7Qk1adZkE8wCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMjAxMTQyODAwWhgPMjEyNjExMDcxNDI4
MDBaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
GVY3WruZWTtrjzmITa2+edRs7+sBQDkDfSAQwmzmHGJrZA7Z0u+NiqoW/nPFY+S/
JjbxRkZ3bjIXlZq/D0Tbb6NTMFEwHQYDVR0OBBYEFALM/5nK3Z0AT6zr/MugYnm8
jwq1MB8GA1UdIwQYMBaAFALM/5nK3Z0AT6zr/MugYnm8jwq1MA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgRKoYBjuFAj2B+KDiu5JA8eYYMt1u5ipj
/G3q8mUrkP4CIQD/2cX6gooJxFfPKBdchBqZROSSl9x13NO3k1q36z2gzw==
-----END CERTIFICATE-----`;

let count = 0;
/** The events of one call from outside to the phone 101. */
function incoming() {
  count += 1;
  const [id, number] = [`17000000${count}`, `+48601${String(100_000 + count)}`];
  const of = (n: number, name: string) => ({ Channel: name, Uniqueid: `${id}.${n}`, Linkedid: `${id}.1` });
  const client = {
    ...of(1, `PJSIP/provider-000${count}`),
    ChannelStateDesc: 'Ring',
    CallerIDNum: number,
    Context: 'from-trunk',
    Exten: '221234567',
  };
  const phone = {
    ...of(2, `PJSIP/101-000${count}`),
    ChannelStateDesc: 'Down',
    CallerIDNum: '101',
    Context: 'from-internal',
    Exten: 's',
  };
  const bridge = { BridgeUniqueid: `b${count}`, BridgeTechnology: 'simple_bridge' };
  return {
    ...{ id: `${id}.1`, number, client, phone, bridge },
    rings: amiEvent('Newchannel', client) + amiEvent('Newchannel', phone, 1),
    taken: amiEvent('BridgeEnter', { ...bridge, ...phone }, 5) + amiEvent('BridgeEnter', { ...bridge, ...client }, 5),
    over: amiEvent('Hangup', { Cause: '16', ...phone }, 35) + amiEvent('Hangup', { Cause: '16', ...client }, 35),
  };
}

const callsOf = async (number: string, line = lineId) =>
  (await house.ask('GET', `/api/v1/calls?line=${line}`)).data.filter(
    (one: { number: string }) => one.number === number,
  );
const untilCall = (number: string, state: string) =>
  waitUntil(`the call of ${number} is ${state}`, async () => (await callsOf(number))[0]?.state === state);
const paused = async (line: number) =>
  (await house.ask('GET', '/api/v1/channels?kind=phone-line')).data.find((one: { id: number }) => one.id === line)
    ?.pause;

const heard = async (line: number) =>
  (await house.ask('GET', '/api/v1/calls/lines')).data.find((one: { line: number }) => one.line === line);

describe('a line of an Asterisk exchange', () => {
  it('is followed after a login that shows no password, and its calls are kept', async () => {
    const call = incoming();
    exchange.say(call.rings + call.taken + call.over, 7);
    await untilCall(call.number, 'ended');

    expect(exchange.asked.find((one) => one.get('action') === 'Login')?.has('secret')).toBe(false);
    expect(await callsOf(call.number)).toMatchObject([
      { direction: 'incoming', state: 'ended', talkSeconds: 30, employee: { id: house.firm.adminId } },
    ]);
    expect(await heard(lineId)).toEqual({
      line: lineId,
      connectedSince: expect.any(String),
      lastCallAt: expect.any(String),
    });
  });

  it('tells that a call was missed', async () => {
    const call = incoming();
    exchange.say(call.rings + call.over);
    await untilCall(call.number, 'missed');
  });

  it('keeps no calls between colleagues, nor those of another number', async () => {
    const [call, other, last] = [incoming(), incoming(), incoming()];
    const inside = {
      ...call.client,
      Channel: 'PJSIP/101-1',
      CallerIDNum: '101',
      Exten: '102',
      Context: 'from-internal',
    };
    exchange.say(amiEvent('Newchannel', inside) + amiEvent('Newchannel', { ...call.phone, Channel: 'PJSIP/102-1' }));
    exchange.say(amiEvent('Newchannel', { ...other.client, Exten: '+48229999999' }) + other.over);
    exchange.say(last.rings + last.over);
    await untilCall(last.number, 'missed');

    expect([...(await callsOf(call.number)), ...(await callsOf(other.number))]).toEqual([]);
  });

  it('goes on after a break: what ended meanwhile ends, what goes on is one call', async () => {
    const [gone, goes] = [incoming(), incoming()];
    exchange.say(gone.rings + goes.rings + goes.taken);
    await untilCall(goes.number, 'answered');
    exchange.living = [
      { ...goes.client, ChannelStateDesc: 'Up', Duration: '00:00:20', BridgeId: goes.bridge.BridgeUniqueid },
      { ...goes.phone, ChannelStateDesc: 'Up', Duration: '00:00:19', BridgeId: goes.bridge.BridgeUniqueid },
    ];
    exchange.breakOff();
    await untilCall(gone.number, 'missed');
    exchange.say(goes.rings + goes.taken + goes.over);
    await untilCall(goes.number, 'ended');

    expect(await callsOf(goes.number)).toHaveLength(1);
    expect((await house.signals()).filter(({ payload }) => payload.number === goes.number)).toHaveLength(2);
  });

  it('is taken over by another process, which ends what ended meanwhile', async () => {
    const [first] = listening.splice(0);
    const call = incoming();
    exchange.say(call.rings);
    await untilCall(call.number, 'ringing');
    const second = keepLines(house.server.context, 'asterisk');
    listening.push(second);
    const followers = exchange.connected();
    await first?.stop();
    await untilCall(call.number, 'missed');

    expect([followers, exchange.connected()]).toEqual([1, 1]);
  });

  it('says what garbage is, and hears the next call', async () => {
    const call = incoming();
    exchange.say(`\u0000\u0001\u0002\r\nGET / HTTP/1.1\r\n\r\n${'x'.repeat(100_000)}\r\n\r\n`);
    exchange.say(call.rings + call.over);
    await untilCall(call.number, 'missed');
  });
});

it('moves the deals of whoever rings, is missed, and is called', async () => {
  const board = await makeCallBoard(house, lineId);
  const [rang, missed, out] = [incoming(), incoming(), incoming()];
  const deals = [];
  for (const { number } of [rang, missed, out]) deals.push(await board.addDeal(number));
  exchange.say(rang.rings + rang.taken + rang.over + missed.rings + missed.over);
  const caller = { ...out.phone, Linkedid: out.phone.Uniqueid, ChannelStateDesc: 'Ring', Exten: out.number };
  const trunk = { ...out.client, Linkedid: out.phone.Uniqueid, ChannelStateDesc: 'Down', CallerIDNum: '', Exten: 's' };
  const dialled = {
    ...caller,
    DestUniqueid: trunk.Uniqueid,
    DestChannel: trunk.Channel,
    DialString: `${out.number}@provider`,
  };
  const enter = (channel: object) => amiEvent('BridgeEnter', { ...out.bridge, ...channel }, 5);
  exchange.say(amiEvent('Newchannel', caller) + amiEvent('Newchannel', trunk, 1) + amiEvent('DialBegin', dialled, 1));
  exchange.say(enter(trunk) + enter(caller) + amiEvent('Hangup', trunk, 9) + amiEvent('Hangup', caller, 9));
  for (const [call, state] of [
    [rang, 'ended'],
    [missed, 'missed'],
    [out, 'ended'],
  ] as const)
    await untilCall(call.number, state);

  const stages = [];
  for (const deal of deals) stages.push(await board.stageOf(deal));
  expect(stages).toEqual(['RANG', 'MISSED', 'CALLED']);
});

describe('an exchange that speaks TLS', () => {
  it.each([
    ['whose certificate was pasted into one line is followed', localCertificate.cert.replaceAll('\n', ' '), null],
    ['that nobody has certified is not', '', /no connection to the exchange: self-signed certificate/],
    ['that certifies itself by another certificate is not', otherCertificate, /no connection to the exchange/],
  ])('%s', async (_, amiCertificate, error) => {
    const other = await startFakeExchange({ tls: localCertificate });
    const line = await addLine({ amiPort: other.port, amiSecurity: 'tls', amiLogin: 'plain', amiCertificate });
    const isDecided = async () => other.connected() > 0 || (await paused(line)) !== null;
    await waitUntil('the exchange is followed or the line says why not', isDecided);
    const said = await paused(line);
    const login = other.asked.find((one) => one.get('action') === 'Login');
    await house.ask('PATCH', `/api/v1/channels/${line}`, { enabled: false });
    await waitUntil('nobody follows it', async () => other.connected() === 0);
    await other.close();

    if (error === null) expect(login?.get('secret')).toBe('secret');
    else expect([login, said.error]).toEqual([undefined, expect.stringMatching(error)]);
  });
});

describe('a call from the screen', () => {
  it('rings the employee, then calls the client, and is one call from the click to the end', async () => {
    count += 1;
    const number = `+48601${String(100_000 + count)}`;
    const { id } = await house.ask('POST', '/api/v1/calls/dial', { number, line: lineId });
    const sender = createDialSender(house.server.context, sources);
    const delivery = await house.inside((tx) =>
      tx
        .selectFrom('outbox')
        .select(['id', 'workspace_id as workspaceId', 'channel_id as channelId'])
        .where('kind', '=', 'dial')
        .executeTakeFirstOrThrow(),
    );
    expect(await sender.send(delivery)).toEqual({ outcome: 'sent' });
    const asked = exchange.asked.findLast((one) => one.get('action') === 'Originate');
    expect(Object.fromEntries(asked ?? [])).toMatchObject({
      channel: 'PJSIP/101',
      exten: number,
      context: 'from-internal',
    });
    const own = asked?.get('channelid') ?? '';
    const phone = {
      Channel: 'PJSIP/101-00d1',
      Uniqueid: own,
      Linkedid: own,
      ChannelStateDesc: 'Down',
      CallerIDNum: '101',
    };
    const out = {
      Channel: 'PJSIP/provider-00d2',
      Uniqueid: '1.2',
      Linkedid: own,
      ChannelStateDesc: 'Down',
      Exten: 's',
    };
    const bridge = (channel: object) => amiEvent('BridgeEnter', { BridgeUniqueid: 'bd', ...channel }, 4);
    const dialled = { ...phone, DestUniqueid: '1.2', DestChannel: out.Channel, DialString: `${number}@provider` };
    exchange.say(
      amiEvent('Newchannel', phone) +
        amiEvent('Newchannel', out, 1) +
        amiEvent('DialBegin', dialled, 1) +
        bridge(phone) +
        bridge(out) +
        amiEvent('Hangup', out, 10) +
        amiEvent('Hangup', phone, 10),
    );
    await untilCall(number, 'ended');

    expect(await callsOf(number)).toMatchObject([{ id, direction: 'outgoing', talkSeconds: 6 }]);
  });
});

describe('an exchange that cannot be followed says why on the page of the line and in /healthz', () => {
  it.each([
    ['refuses the password', {}, { amiSecret: 'wrong' }, /refuses the user or the password: Authentication failed/],
    [
      'refuses it with what no database keeps',
      { refusal: `No\0pe ${'x'.repeat(294)}😀` },
      { amiSecret: 'wrong' },
      /refuses the user or the password: Nope x+/,
    ],
    ['is away', {}, { amiPort: 1 }, /no connection to the exchange/],
    ['is no exchange', { greeting: 'SSH-2.0-OpenSSH_9.6' }, {}, /no connection to the exchange/],
  ])('when it %s', async (_, options, settings, error) => {
    const other = await startFakeExchange(options);
    const line = await addLine({ amiPort: other.port, ...settings });
    await waitUntil('the line says so', async () => (await paused(line)) !== null);
    const health = await house.server.call('GET', '/healthz');
    const said = await paused(line);
    const state = await heard(line);
    await house.ask('PATCH', `/api/v1/channels/${line}`, { enabled: false });
    await other.close();

    expect(said.error).toMatch(error);
    expect(state).toEqual({ line, connectedSince: null, lastCallAt: null });
    expect(health.body.backlog.channelsPaused).toBeGreaterThan(0);
  });

  it('and is well as soon as its settings are', async () => {
    const other = await startFakeExchange();
    const line = await addLine({ amiPort: other.port, amiSecret: 'wrong' });
    await waitUntil('the line says so', async () => (await paused(line)) !== null);
    await house.ask('PATCH', `/api/v1/channels/${line}`, { settings: { amiSecret: 'secret' } });
    await waitUntil('the line is well', async () => (await paused(line)) === null);
    await waitUntil('and connected', async () => (await heard(line)).connectedSince !== null);
    await house.ask('PATCH', `/api/v1/channels/${line}`, { enabled: false });
    await waitUntil('nobody follows it', async () => other.connected() === 0);
    await other.close();
  });

  it('and is tried at once when somebody says that it works again', async () => {
    const other = await startFakeExchange();
    const line = await addLine({ amiPort: other.port, amiSecret: 'wrong' });
    await waitUntil('the line says so', async () => (await paused(line)) !== null);
    const tries = () => other.asked.filter((one) => one.get('action') === 'Login').length;
    const before = tries();
    await house.ask('POST', `/api/v1/channels/${line}/resume`);
    await waitUntil('it is tried again', async () => tries() > before);
    await house.ask('PATCH', `/api/v1/channels/${line}`, { enabled: false });
    await waitUntil('nobody follows it', async () => (await paused(line)) !== undefined);
    await other.close();
  });

  it('when it stands in a private network and that is not allowed', async () => {
    const { context } = house.server;
    const line = await addLine({ amiPort: exchange.port, otherPhones: false });
    await listening.splice(0)[0]?.stop();
    const guarded = keepLines({ ...context, config: { ...context.config, privateHosts: false } }, 'asterisk');
    await waitUntil('the line says so', async () => (await paused(line)) !== null);
    await guarded.stop();

    expect((await paused(line)).error).toMatch(/127\.0\.0\.1 leads into a private network/);
    expect(
      await inSystem(context.databases.system, (tx) => tx.selectFrom('line_leases').selectAll().execute()),
    ).toEqual([]);
  });
});
