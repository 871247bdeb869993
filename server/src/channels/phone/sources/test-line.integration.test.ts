import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPhoneHouse, type PhoneHouse } from '../testing-phone.ts';
import { type FakeExchange, startFakeExchange } from './asterisk/testing-fake-exchange.ts';

let house: PhoneHouse;
let exchange: FakeExchange;
/** Answers whoever comes as a web server would. */
let noExchange: SocketServer;
let api: Server;
let answer: { status: number; body: object } = { status: 200, body: {} };
const asked: (string | undefined)[] = [];
beforeAll(async () => {
  house = await openPhoneHouse();
  exchange = await startFakeExchange();
  noExchange = createSocketServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  api = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await Promise.all([once(noExchange, 'listening'), once(api, 'listening')]);
});
afterAll(async () => {
  await exchange.close();
  noExchange.close();
  api.close();
  await house.close();
});

const portOf = (server: SocketServer) => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
async function addLine(provider: string, settings: object): Promise<number> {
  const body = { kind: 'phone-line', provider, name: provider, settings: { number: '+48221112233', ...settings } };
  return Number((await house.ask('POST', '/api/v1/channels', body)).id);
}
const test = (id: number) => house.ask('POST', `/api/v1/channels/${id}/test`);
const codes = ({ checks }: { checks: { code: string; ok: boolean; reason: { code: string } | null }[] }) =>
  checks.map(({ code, ok, reason }) => [code, ok, reason?.code ?? null]);

describe('a line of an Asterisk exchange that is tried', () => {
  const ami = (port: number, more = {}) =>
    addLine('asterisk', { amiHost: '127.0.0.1', amiPort: port, amiUser: 'signalbox', amiSecret: 'secret', ...more });

  it('is connected', async () => {
    const told = await test(await ami(exchange.port));

    expect([told.ok, codes(told)]).toEqual([
      true,
      [
        ['connected', true, null],
        ['signed-in', true, null],
      ],
    ]);
    await expect.poll(() => exchange.connected()).toBe(0);
  });

  it('has another password', async () => {
    const told = await test(await ami(exchange.port, { amiSecret: 'guess' }));

    expect([told.ok, codes(told)]).toEqual([
      false,
      [
        ['connected', true, null],
        ['signed-in', false, 'exchange-refuses'],
      ],
    ]);
    expect(told.checks[1].message).toContain('the exchange refuses the user or the password');
  });

  it.each([
    ['nobody answers', () => 1],
    ['a web server answers', () => portOf(noExchange)],
  ])('is not reached where %s', async (_, port) => {
    const told = await test(await ami(port()));

    expect([told.ok, codes(told)]).toEqual([false, [['connected', false, 'exchange-away']]]);
  });
});

describe('a line at Twilio that is tried', () => {
  let lineId = 0;
  beforeAll(async () => {
    const settings = { accountSid: 'AC1', authToken: 'token', apiUrl: `http://127.0.0.1:${portOf(api)}` };
    lineId = await addLine('twilio', settings);
  });
  const numbers = (...urls: string[]) => ({ incoming_phone_numbers: urls.map((voice_url) => ({ voice_url })) });

  it('is connected, and asked for its number with its password', async () => {
    answer = { status: 200, body: numbers(`http://localhost/hooks/twilio/${lineId}/voice`) };
    const told = await test(lineId);

    expect([told.ok, codes(told).map(([code]) => code)]).toEqual([
      true,
      ['connected', 'signed-in', 'number', 'web-hook'],
    ]);
    expect(asked.slice(-2)).toEqual([
      '/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json?PhoneNumber=%2B48221112233',
      `Basic ${Buffer.from('AC1:token').toString('base64')}`,
    ]);
  });

  it.each([
    ['has another token', 401, { message: 'Authenticate' }, ['signed-in', false, 'twilio-refuses']],
    ['has a number of somebody else', 200, numbers(), ['number', false, 'twilio-no-number']],
    ['has its calls sent elsewhere', 200, numbers('https://demo.twilio.com/x'), ['web-hook', false, 'twilio-hook']],
    ['is answered by something else', 200, { hello: 1 }, ['connected', false, 'exchange-away']],
    ['is away', 503, {}, ['connected', false, 'exchange-away']],
  ])('%s', async (_, status, body, last) => {
    answer = { status, body };
    const told = await test(lineId);

    expect([told.ok, codes(told).at(-1)]).toEqual([false, last]);
  });
});

describe('the test of a channel', () => {
  it('is refused where there is nothing to try, to who may not change settings, and for one of others', async () => {
    const other = await house.server.addWorkspace('Other');
    const { key } = await house.firm.addPerson('clerk@firm.test');
    const call = (path: string, who: string) =>
      house.server.call('POST', `/api/v1/channels/${path}/test`, { key: who });
    const refused = [
      await call(String(house.lineId), house.firm.key),
      await call(String(house.lineId), key),
      await call(String(house.lineId), other.key),
    ];

    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'cannot-test'],
      [403, 'no-settings'],
      [404, 'not_found'],
    ]);
  });
});
