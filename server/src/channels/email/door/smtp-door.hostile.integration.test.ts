import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmtpListener, startSmtpListener } from '../inbound/smtp-listener.ts';
import { letter } from '../reading/testing-letters.ts';
import { type MailHouse, openMailHouse, smtpClient } from '../testing-mail.ts';
import { usualLimits } from './door.ts';
import { makeSelfSigned } from './self-signed.ts';

const house: MailHouse = await openMailHouse();
let listener: SmtpListener;
afterEach(() => listener.close());

const sign = { isSelfSigned: true, ...makeSelfSigned('mail.corp.test', new Date()) };

async function open(limits: Partial<typeof usualLimits> = {}, config: Partial<typeof house.context.config> = {}) {
  const context = { ...house.context, config: { ...house.context.config, ...config } };
  listener = await startSmtpListener(context, {
    ...{ host: '127.0.0.1', port: 0, limits: { ...usualLimits, ...limits }, tls: sign },
  });
}

const plain = () => letter(['From: cleo@client.test', `Message-ID: <${crypto.randomUUID()}@client.test>`], 'Hello');
const deliver = async (from: string) => {
  const client = await smtpClient(listener.port);
  try {
    return await client.send(plain(), { from, to: ['sales@sandbox.test'] });
  } finally {
    client.close();
  }
};

/** A raw connection from one of this machine's addresses, and what it has heard. */
function connect(localAddress = '127.0.0.1') {
  const socket = net.connect({ host: '127.0.0.1', port: listener.port, localAddress });
  const heard: string[] = [];
  socket.setEncoding('latin1').on('data', (text: string) => heard.push(...text.trimEnd().split('\r\n')));
  socket.on('error', () => {});
  const until = async (what: RegExp) => {
    for (let tries = 0; tries < 500 && !heard.some((line) => what.test(line)) && !socket.closed; tries += 1)
      await sleep(10);
    return heard;
  };
  return { socket, heard, until, say: (line: string) => socket.write(`${line}\r\n`) };
}

describe('many at once', () => {
  it('from one address are turned away with 421, while others go on', async () => {
    await open({ ofOne: 5 });
    const crowd = Array.from({ length: 30 }, () => connect('127.0.0.2'));
    const greetings = await Promise.all(crowd.map(({ until }) => until(/^(220|421)/)));
    expect(greetings.filter(([first]) => first?.startsWith('220'))).toHaveLength(5);
    expect(
      greetings.filter(([first]) => /^421 4\.7\.0 signalbox too many connections from you/.test(first ?? '')),
    ).toHaveLength(25);
    expect(await deliver('cleo@client.test')).toBe('250 2.0.0 taken');
    for (const { socket } of crowd) socket.destroy();
    // Until the door has noticed that they are gone.
    for (let tries = 0; tries < 50 && (await greeting('127.0.0.2')) === '421'; tries += 1) await sleep(50);
    expect(await greeting('127.0.0.2')).toBe('220');
  });

  it('two thousand connections hold no more than their part, and an honest letter comes in between', async () => {
    await open();
    const before = process.memoryUsage().rss;
    const crowd = Array.from({ length: 2_000 }, () => connect('127.0.0.3'));
    const began = performance.now();
    const answer = await deliver('cleo@client.test');
    const tookMs = performance.now() - began;
    const greetings = await Promise.all(crowd.map(({ until }) => until(/^(220|421)/)));
    expect(answer).toBe('250 2.0.0 taken');
    expect(greetings.filter(([first]) => first?.startsWith('220')).length).toBeLessThanOrEqual(usualLimits.ofOne);
    const megabytes = Math.round((process.memoryUsage().rss - before) / 1e6);
    console.info(`2,000 connections: an honest letter in ${Math.round(tookMs)} ms, ${megabytes} MB more`);
    expect(megabytes).toBeLessThan(400);
    for (const { socket } of crowd) socket.destroy();
  });

  it('messages of one sender, and of one address, wait with 450', async () => {
    await open({ messagesAMinute: 3 });
    const answers = [];
    for (const from of ['eve@evil.test', 'Eve@evil.test', 'eve@evil.test', 'eve@evil.test'])
      answers.push(await deliverFrom(from));
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['250', '250', '250', '450']);
    expect(await deliverFrom('other@client.test', '127.0.0.5')).toBe('250');
    expect(await deliverFrom('eve@evil.test', '127.0.0.6')).toBe('450');
  });
});

async function greeting(address: string): Promise<string> {
  const one = connect(address);
  const [first = ''] = await one.until(/^(220|421)/);
  one.socket.destroy();
  return first.slice(0, 3);
}

/** MAIL FROM alone: the code of its answer. A network of its own, so that what is asked is the sender. */
async function deliverFrom(from: string, address = '127.0.0.4'): Promise<string> {
  const one = connect(address);
  await one.until(/^220/);
  one.say('EHLO evil.test');
  await one.until(/^250 /);
  one.say(`MAIL FROM:<${from}>`);
  await one.until(/^(250 Accepted|250 2|450)/);
  one.socket.destroy();
  return (one.heard.at(-1) ?? '').slice(0, 3);
}

it('a connection ends, however it goes on', async () => {
  await open({ wholeMs: 400 });
  const slow = connect();
  await slow.until(/^220/);
  const noise = setInterval(() => slow.say('NOOP'), 50);
  const began = performance.now();
  while (!slow.socket.closed && performance.now() - began < 10_000) await sleep(20);
  clearInterval(noise);
  expect(slow.socket.closed).toBe(true);
});

describe('encryption', () => {
  it('is used by who asks, with the certificate of the house', async () => {
    await open();
    const one = connect();
    await one.until(/^220/);
    one.say('EHLO peer.test');
    await one.until(/^250 /);
    expect(one.heard.some((line) => line.includes('STARTTLS'))).toBe(false);
    one.say('STARTTLS');
    await one.until(/^220 (?!signalbox)/);
    one.socket.removeAllListeners('data');
    const secure = tls.connect({ socket: one.socket, ca: sign.cert, servername: 'mail.corp.test' });
    await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
    expect(secure.authorized).toBe(true);
    secure.destroy();
  });

  it('is offered to everybody when somebody vouches for the certificate', async () => {
    const context = house.context;
    listener = await startSmtpListener(context, { host: '127.0.0.1', port: 0, tls: { ...sign, isSelfSigned: false } });
    const one = connect();
    await one.until(/^220/);
    one.say('EHLO peer.test');
    await one.until(/^250 /);
    expect(one.heard.some((line) => line.includes('STARTTLS'))).toBe(true);
    expect(one.heard.some((line) => line.includes('AUTH'))).toBe(false);
    one.socket.destroy();
  });
});

describe('relays', () => {
  const smtpUsers = [{ name: 'relay', password: 'a long password' }];
  const login = (password: string) => `AUTH PLAIN ${Buffer.from(`\0relay\0${password}`).toString('base64')}`;

  it('of the settings are not held to what strangers are', async () => {
    await open({ messagesAMinute: 1 }, { smtpRelays: ['127.0.0.4'] });
    for (const _ of [1, 2, 3]) expect(await deliverFrom('cleo@client.test')).toBe('250');
    expect(await deliverFrom('cleo@client.test', '127.0.0.9')).toBe('250');
    expect(await deliverFrom('cleo@client.test', '127.0.0.9')).not.toBe('250');
  });

  it('that sign in send as much as they like; a wrong password is refused, and after ten nobody guesses', async () => {
    await open({ guesses: 2 }, { smtpUsers });
    const one = connect();
    await one.until(/^220/);
    one.say('EHLO relay.test');
    await one.until(/^250 /);
    for (const expected of [535, 535, 454]) {
      one.say(login('wrong'));
      await one.until(new RegExp(`^${expected}`));
    }
    one.say(login('a long password'));
    await sleep(50);
    expect(one.heard.filter((line) => line.startsWith('235'))).toEqual([]);
    one.socket.destroy();

    const other = connect('127.0.0.7');
    await other.until(/^220/);
    other.say('EHLO relay.test');
    await other.until(/^250 /);
    other.say(login('a long password'));
    expect(await other.until(/^235/)).toContainEqual(expect.stringMatching(/^235/));
    other.socket.destroy();
  });
});

it('says nothing of the inside: no number of a signal, no reason of a failure', async () => {
  await open();
  expect(await deliver('cleo@client.test')).toBe('250 2.0.0 taken');
  const broken = {
    ...house.context.databases,
    app: house.context.databases.app.withPlugin({
      transformQuery: () => {
        throw new Error('secret table');
      },
      transformResult: async ({ result }) => result,
    }),
  };
  await listener.close();
  listener = await startSmtpListener({ ...house.context, databases: broken }, { host: '127.0.0.1', port: 0 });
  expect(await deliver('cleo@client.test')).toBe('451 4.3.0 not taken now; try again later');
  const [row] = await house.rows<{ count: number }>(sql`select count(*)::int as count from emails`);
  expect(row?.count).toBeGreaterThan(0);
});
