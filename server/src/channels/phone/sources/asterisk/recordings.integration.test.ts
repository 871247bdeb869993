import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from '../../../../parts/part.ts';
import { waitUntil } from '../../../../platform/testing-waits.ts';
import { fetchAll } from '../../recordings/testing-fetch.ts';
import { openPhoneHouse, type PhoneHouse } from '../../testing-phone.ts';
import { keepLines } from './live/keep-lines.ts';
import { amiEvent } from './testing-exchange.ts';
import { type FakeExchange, startFakeExchange } from './testing-fake-exchange.ts';

const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(100, 7)]);
let house: PhoneHouse;
let exchange: FakeExchange;
let listener: Listener;
let web: Server;
let lineId = 0;
const asked: { url: string | undefined; authorization: string | undefined }[] = [];
beforeAll(async () => {
  house = await openPhoneHouse();
  exchange = await startFakeExchange({ clock: 1_700_000_100 });
  web = createServer(({ url, headers: { authorization } }, answer) => {
    asked.push({ url, authorization });
    answer.end(wav);
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const address = web.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const made = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'asterisk', name: 'Office' },
    settings: {
      ...{ amiHost: '127.0.0.1', amiPort: exchange.port, amiUser: 'signalbox', amiSecret: 'secret' },
      ...{ trunks: 'provider', recordingUrl: `http://127.0.0.1:${port}/monitor/{file}` },
      ...{ recordingUser: 'listener', recordingSecret: 'hush' },
    },
  });
  lineId = Number(made.id);
  listener = keepLines(house.server.context, 'asterisk');
  await waitUntil('the exchange is followed', async () => exchange.connected() > 0);
});
afterAll(async () => {
  await listener.stop();
  await exchange.close();
  web.close();
  await house.close();
});

const client = {
  ...{ Channel: 'PJSIP/provider-0001', Uniqueid: '1.1', Linkedid: '1.1', ChannelStateDesc: 'Ring' },
  ...{ CallerIDNum: '+48601100100', Context: 'from-trunk', Exten: '221234567' },
};
const phone = {
  Channel: 'PJSIP/101-0001',
  Uniqueid: '1.2',
  Linkedid: '1.1',
  ChannelStateDesc: 'Down',
  CallerIDNum: '101',
};
const variable = (Variable: string, Value: string) => amiEvent('VarSet', { ...client, Variable, Value }, 2);
const file = '/var/spool/asterisk/monitor/2026/12/01/in-1.wav';

describe('what an Asterisk exchange records', () => {
  it('is fetched by the address of the line, with its password, once the call is over', async () => {
    const said = [
      amiEvent('Newchannel', client) + amiEvent('Newchannel', phone, 1),
      variable('MIXMONITOR_FILENAME', file) + variable('MIXMONITOR_FILENAME', file) + variable('FROM_DID', '/x/1.wav'),
      amiEvent('BridgeEnter', { BridgeUniqueid: 'b', ...phone }, 5),
      amiEvent('BridgeEnter', { BridgeUniqueid: 'b', ...client }, 5),
      amiEvent('Hangup', phone, 35) + amiEvent('Hangup', client, 35),
    ];
    exchange.say(said.join(''), 11);
    const call = async () => (await house.ask('GET', `/api/v1/calls?line=${lineId}`)).data[0];
    await waitUntil('the call has ended', async () => (await call())?.state === 'ended');
    const atOnce = await fetchAll(house.server.context);
    house.server.clock.advance(20_000);
    const later = await fetchAll(house.server.context);

    expect([atOnce, later]).toEqual([0, 1]);
    expect(asked).toEqual([
      {
        url: '/monitor/2026/12/01/in-1.wav',
        authorization: `Basic ${Buffer.from('listener:hush').toString('base64')}`,
      },
    ]);
    expect(await call()).toMatchObject({ recording: { state: 'kept', size: wav.length } });
    expect(exchange.asked.find((one) => one.get('action') === 'Login')?.get('events')).toBe('call,cel,user,dialplan');
  });

  it('stays in the exchange where nobody talked', async () => {
    const ofCall = (fields: Record<string, string>) => ({ ...fields, Uniqueid: '2.1', Linkedid: '2.1' });
    const set = { Variable: 'MIXMONITOR_FILENAME', Value: file };
    exchange.say(amiEvent('Newchannel', ofCall(client)) + amiEvent('VarSet', { ...ofCall(client), ...set }, 1));
    exchange.say(amiEvent('Hangup', ofCall(client), 9));
    await waitUntil('the call was missed', async () =>
      (await house.ask('GET', `/api/v1/calls?line=${lineId}`)).data.some(
        (one: { state: string }) => one.state === 'missed',
      ),
    );
    house.server.clock.advance(20_000);

    expect(await fetchAll(house.server.context)).toBe(0);
  });
});
