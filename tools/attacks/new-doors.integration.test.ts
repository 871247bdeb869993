import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type FakeExchange,
  startFakeExchange,
} from '../../server/src/channels/phone/sources/asterisk/testing-fake-exchange.ts';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

const MB = 1_048_576;
const made = z.object({ id: z.number() });

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly isKnown?: boolean;
}

/** The status of one request; of somebody known unless told otherwise. */
async function ask({ method = 'POST', path, body, type = 'application/json', isKnown = true }: Asked): Promise<number> {
  const { url, apiKey } = victim.place;
  const headers = { 'content-type': type, ...(isKnown && { authorization: `Bearer ${apiKey}` }) };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, { method, headers, redirect: 'manual', ...(text && { body: text }) });
  await response.arrayBuffer();
  return response.status;
}

/** So many of them, so many at once; answers which statuses came. */
async function flood(count: number, atOnce: number, one: (n: number) => Promise<number>): Promise<Set<number>> {
  const statuses = new Set<number>();
  let next = 0;
  const go = async () => {
    while (next < count) {
      next += 1;
      statuses.add(await one(next));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, go));
  return statuses;
}

describe('an exchange that floods stops only its line', onlyWorse, () => {
  let exchange: FakeExchange | undefined;
  afterEach(() => exchange?.close());

  const event = (kind: string, n: number, more = '') =>
    `Event: ${kind}\r\nUniqueid: 17000${n}.1\r\nLinkedid: 17000${n}.1\r\nChannel: SIP/provider-${n}\r\n${more}\r\n`;
  const many = (bytes: number, one: (n: number) => string) => {
    let text = '';
    for (let n = 0; text.length < bytes; n += 1) text += one(n);
    return text;
  };

  it.each<[string, number, () => string]>([
    ['events that say nothing', 60, () => many(2 * MB, (n) => event('RTCPSent', n, 'SentOctets: 1\r\n'.repeat(20)))],
    ['lines without end', 60, () => 'x'.repeat(2 * MB)],
    ['headers without end', 60, () => many(2 * MB, (n) => `Header${n}: ${n}\r\n`)],
    ['empty lines', 60, () => '\r\n'.repeat(MB)],
    [
      'ever new calls',
      3,
      () =>
        many(MB / 2, (n) =>
          event(
            'Newchannel',
            Math.floor(Math.random() * 1e9) + n,
            'CallerIDNum: 601234567\r\nExten: 101\r\nContext: from-trunk\r\nChannelState: 4\r\nChannelStateDesc: Ring\r\n',
          ),
        ),
    ],
  ])('%s', async (name, times, make) => {
    const one = await startFakeExchange({ clock: 1_700_000_100 });
    exchange = one;
    const settings = {
      ...{
        number: '+48 22 123 45 67',
        amiHost: '127.0.0.1',
        amiPort: one.port,
        amiUser: 'signalbox',
        amiSecret: 'secret',
      },
      ...{ trunks: 'provider', employees: [] },
    };
    const line = { kind: 'phone-line', provider: 'asterisk', name, settings };
    const { id } = made.parse(await call(victim.place, 'POST', '/channels', line));
    await expect.poll(() => one.connected()).toBe(1);
    const text = make();
    const { harm } = await victim.suffer(async () => {
      for (let n = 0; n < times; n += 1) {
        one.say(text);
        await sleep(50);
      }
      await sleep(2_000);
    });
    await call(victim.place, 'DELETE', `/channels/${id}`);
    unharmed(harm);
  });
});

describe('doors that anybody may knock at', onlyWorse, () => {
  it.each<[string, (n: number) => Asked, readonly number[]]>([
    [
      'web hooks of Twilio that nobody signed',
      (n) => ({
        path: `/hooks/twilio/${n % 50}/voice?x=${n}`,
        body: `CallSid=CA${n}&From=%2B48600&To=${'1'.repeat(3_000)}`,
        type: 'application/x-www-form-urlencoded',
      }),
      [403, 404],
    ],
    [
      'forgotten passwords of everybody',
      (n) => ({ path: '/api/v1/password-resets', body: { email: `p${n}@x.test` } }),
      [202, 429],
    ],
    [
      'links for passwords that are guessed',
      (n) => ({ method: 'GET', path: `/api/v1/password-resets/guess${n}` }),
      [404, 410, 429],
    ],
    [
      'answers of an issuer that nobody asked',
      (n) => ({ method: 'GET', path: `/api/v1/session/oidc/callback?code=${n}&state=${n}` }),
      [302],
    ],
    [
      'invitations that are guessed',
      (n) => ({ method: 'GET', path: `/api/v1/invitations/guess${n}` }),
      [404, 410, 429],
    ],
    [
      'parameters without end',
      (n) => ({ method: 'GET', path: `/api/v1/items?${'a[]=&'.repeat(1_500)}${n}` }),
      [400, 401, 431],
    ],
  ])('%s', async (_, of, statuses) => {
    const { harm, outcome } = await victim.suffer(() => flood(500, 50, (n) => ask({ ...of(n), isKnown: false })));
    expect([...outcome].filter((status) => !statuses.includes(status))).toEqual([]);
    unharmed(harm);
  });
});

describe('what an employee writes in one request', onlyWorse, () => {
  const item = (more: object) => ({ type: 'deal', title: 'Offer', ...more });
  it.each<[string, () => Asked, readonly number[]]>([
    [
      'an amount of a million digits',
      () => ({ path: '/api/v1/items', body: item({ amount: '9'.repeat(1_000_000) }) }),
      [400, 422],
    ],
    [
      'a title of accents',
      () => ({ path: '/api/v1/items', body: item({ title: 'a\u0301\u0316'.repeat(150_000) }) }),
      [400, 422, 413],
    ],
    [
      'a telephone number without end',
      () => ({ path: '/api/v1/contacts', body: { name: 'Eve', phones: ['+4860'.repeat(180_000)] } }),
      [400, 422],
    ],
    [
      'thousands of telephone numbers',
      () => ({
        path: '/api/v1/contacts',
        body: { name: 'Eve', phones: Array.from({ length: 50_000 }, (_, n) => `+48${600_000_000 + n}`) },
      }),
      [400, 413, 422],
    ],
    [
      'an address without end',
      () => ({ path: '/api/v1/contacts', body: { name: 'Eve', emails: [`${'a.'.repeat(400_000)}a@x.test`] } }),
      [400, 422],
    ],
    [
      'rates without end',
      () => ({
        method: 'PUT',
        path: '/api/v1/currencies',
        body: {
          rates: Object.fromEntries(
            Array.from({ length: 17_000 }, (_, n) => [
              `${String.fromCharCode(65 + (Math.floor(n / 676) % 26), 65 + (Math.floor(n / 26) % 26), 65 + (n % 26))}`,
              `0.${'1'.repeat(20)}`,
            ]),
          ),
        },
      }),
      [200, 400, 413, 422],
    ],
    [
      'a search of blanks and signs',
      () => ({ method: 'GET', path: `/api/v1/items?search=${'%25_%20'.repeat(1_500)}` }),
      [200, 400, 414, 422],
    ],
    [
      'a filter in filters',
      () => ({
        method: 'GET',
        path: `/api/v1/items?type=deal&filter=${encodeURIComponent(`${'{"not":'.repeat(500)}{"field":"title","is":"filled"}${'}'.repeat(500)}`)}`,
      }),
      [400, 422],
    ],
    [
      'a call with a number of letters',
      () => ({ path: '/api/v1/calls', body: { line: 'x'.repeat(200), direction: 'incoming', number: '٣'.repeat(60) } }),
      [404, 422],
    ],
    [
      'a form of a recording whose heads never end',
      () => ({
        method: 'PUT',
        path: '/api/v1/calls/1/recording',
        type: 'multipart/form-data; boundary=b',
        body: `--b\r\n${'x-head: 1\r\n'.repeat(500_000)}`,
      }),
      [400, 404, 413, 422],
    ],
  ])('%s', async (_, of, statuses) => {
    const asked = of();
    const { harm, outcome } = await victim.suffer(() => flood(6, 3, () => ask(asked)));
    expect([...outcome].filter((status) => !statuses.includes(status))).toEqual([]);
    unharmed(harm);
  });
});

it('the largest of letters from a dozen senders at once', onlyWorse, async () => {
  const words = Buffer.from(`Subject: Large\r\n\r\n${'words '.repeat(5 * MB)}`);
  const send = async (n: number) => {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: victim.place.smtpPort, ignoreTLS: true });
    const raw = Buffer.concat([Buffer.from(`From: s${n}@x${n}.test\r\nMessage-ID: <l${n}@x.test>\r\n`), words]);
    const envelope = { from: `s${n}@x${n}.test`, to: ['sales@sandbox.test'] };
    const info = await transport.sendMail({ envelope, raw }).catch((error: Error) => ({ response: error.message }));
    transport.close();
    return info.response;
  };
  const { harm, outcome } = await victim.suffer(() => Promise.all(Array.from({ length: 12 }, (_, n) => send(n))));
  expect(outcome.filter((answer) => !/^250 | 4\d\d /.test(answer))).toEqual([]);
  unharmed(harm);
});

it('ten thousand requests down one connection', onlyWorse, async () => {
  const { harm } = await victim.suffer(async () => {
    const socket = net.connect(Number(new URL(victim.place.url).port), '127.0.0.1');
    socket.on('error', () => {}).resume();
    const head = `GET /api/v1/me HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${victim.place.apiKey}\r\n\r\n`;
    socket.write(head.repeat(10_000));
    await sleep(8_000);
    socket.destroy();
  });
  unharmed(harm);
});
