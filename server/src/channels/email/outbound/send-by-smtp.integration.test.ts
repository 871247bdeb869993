import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { type Letter, sendBySmtp } from './send-by-smtp.ts';
import type { SmtpServer } from './smtp-server-of.ts';

const letter: Letter = {
  from: 'sales@firm.test',
  to: ['cleo@client.test'],
  raw: Buffer.from('Subject: Offer\r\n\r\n.dot\r\nHello\r\n'),
};
let peer: SMTPServer | undefined;
const taken: { from: string; to: string[]; raw: string; user: string | undefined }[] = [];

afterEach(async () => {
  await new Promise<void>((resolve) => (peer === undefined ? resolve() : peer.close(() => resolve())));
  taken.length = 0;
});

/** A real SMTP server on this machine that does what the options say. */
async function start(options: SMTPServerOptions = {}): Promise<SmtpServer> {
  peer = new SMTPServer({
    ...{
      authOptional: true,
      logger: false,
      closeTimeout: 100,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    },
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('no')),
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      taken.push({
        from,
        to: rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString(),
        user: session.user,
      });
      done();
    },
    ...options,
  });
  peer.on('error', () => {});
  const server = peer;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { host: '127.0.0.1', port, security: 'none', user: null, password: null, isOperators: true };
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
const quick = { connectMs: 500, idleMs: 500, wholeMs: 1_500 };
/** Long enough for a machine with other work to answer too much. */
const patient = { connectMs: 10_000, idleMs: 10_000, wholeMs: 20_000 };

describe('a mail is handed in', () => {
  it('byte for byte, dots at line starts included', async () => {
    expect(await sendBySmtp(await start(), letter)).toEqual({ outcome: 'sent' });
    expect(taken).toEqual([
      { from: letter.from, to: ['cleo@client.test'], raw: letter.raw.toString(), user: undefined },
    ]);
  });

  it('with the account of the mailbox', async () => {
    const server = { ...(await start({ authOptional: false })), user: 'sales', password: 'right' };

    expect(await sendBySmtp(server, letter)).toEqual({ outcome: 'sent' });
    expect(taken[0]?.user).toBe('sales');
  });
});

describe('a temporary failure', () => {
  it.each<[string, SMTPServerOptions]>([
    ['greylisting', { onRcptTo: (_address, _session, done) => done(refusal(451, 'greylisted, try later')) }],
    [
      'a full disk',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refusal(452, 'no space'))) },
    ],
    ['too many connections', { onConnect: (_session, done) => done(refusal(421, 'busy')) }],
  ])('is %s', async (_, options) => {
    expect((await sendBySmtp(await start(options), letter)).outcome).toBe('temporary');
  });

  it('is a server that is not there', async () => {
    const server = await start();
    await new Promise<void>((resolve) => peer?.close(() => resolve()));
    peer = undefined;

    expect(await sendBySmtp(server, letter)).toMatchObject({
      outcome: 'temporary',
      reason: { code: 'no-connection', params: { answer: expect.stringContaining('ECONNREFUSED') } },
    });
  });

  it('is a connection cut before the message was sent', async () => {
    const server = await start({ onRcptTo: () => void peer?.connections.forEach(cut) });

    expect((await sendBySmtp(server, letter)).outcome).toBe('temporary');
  });

  it('is a server that never greets', async () => {
    const server = await start({ onConnect: () => {} });

    expect((await sendBySmtp(server, letter, quick)).outcome).toBe('temporary');
  });
});

describe('a server that wears us out', () => {
  /** Says 220, then to each line what it is told to say. */
  async function drip(answer: (socket: net.Socket) => void): Promise<SmtpServer & { close(): void }> {
    const listener = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 hello\r\n');
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', () => resolve()));
    const address = listener.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    return {
      host: '127.0.0.1',
      port,
      security: 'none',
      user: null,
      password: null,
      isOperators: true,
      close: () => listener.close(),
    };
  }

  it.each<[string, (socket: net.Socket) => void, RegExp, typeof quick]>([
    [
      'by an answer that comes a letter at a time',
      (socket) => every(socket, 100, () => socket.write('2')),
      /took too long/,
      quick,
    ],
    [
      'by an answer of more and more lines',
      (socket) => every(socket, 100, () => socket.write('250-more\r\n')),
      /took too long/,
      quick,
    ],
    [
      'by an answer that has no end',
      (socket) => every(socket, 5, () => socket.write('2'.repeat(20_000))),
      /answered too much/,
      patient,
    ],
    [
      'by lines that have no end',
      (socket) => every(socket, 5, () => socket.write('250-more\r\n'.repeat(2_000))),
      /answered too much/,
      patient,
    ],
  ])('%s is left, and tried again later', async (_, answer, words, timeouts) => {
    const server = await drip(answer);
    const began = performance.now();
    expect(await sendBySmtp(server, letter, timeouts)).toMatchObject({
      ...{ outcome: 'temporary', ofProvider: true },
      reason: { params: { answer: expect.stringMatching(words) } },
    });
    expect(performance.now() - began).toBeLessThan(timeouts.wholeMs + 20_000);
    server.close();
  });

  function every(socket: net.Socket, ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    socket.on('close', () => clearInterval(timer));
  }
});

describe('a permanent failure', () => {
  it.each<[string, SMTPServerOptions]>([
    ['an unknown receiver', { onRcptTo: (_address, _session, done) => done(refusal(550, 'no such user')) }],
    ['a refused sender', { onMailFrom: (_address, _session, done) => done(refusal(553, 'not you')) }],
    [
      'a refused message',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refusal(554, 'spam'))) },
    ],
  ])('is %s', async (_, options) => {
    expect((await sendBySmtp(await start(options), letter)).outcome).toBe('permanent');
  });

  it('is a wrong password', async () => {
    const server = { ...(await start({ authOptional: false })), user: 'sales', password: 'wrong' };

    expect(await sendBySmtp(server, letter)).toMatchObject({
      outcome: 'permanent',
      reason: { code: 'server-said', params: { answer: expect.stringMatching(/^535/) } },
    });
  });

  it('is a server without the encryption that the mailbox demands', async () => {
    const server = { ...(await start()), security: 'starttls' as const };

    expect((await sendBySmtp(server, letter)).outcome).not.toBe('sent');
    expect(taken).toEqual([]);
  });

  it('says who was refused when others were not', async () => {
    const server = await start({
      onRcptTo: ({ address }, _session, done) => (address.startsWith('bad') ? done(refusal(550, 'no')) : done()),
    });

    expect(await sendBySmtp(server, { ...letter, to: ['good@client.test', 'bad@client.test'] })).toMatchObject({
      outcome: 'permanent',
      reason: {
        code: 'partly-refused',
        params: { refused: 'bad@client.test', accepted: 'good@client.test' },
      },
    });
  });
});

describe('nobody knows', () => {
  it.each<[string, () => void]>([
    ['the connection is cut', () => peer?.connections.forEach(cut)],
    ['the server is silent', () => {}],
  ])('whether it was taken when after the whole message %s', async (_, end) => {
    const server = await start({ onData: (stream) => void stream.resume().on('end', () => void sleep(20).then(end)) });

    await expect(sendBySmtp(server, letter, quick)).rejects.toThrow(
      'the connection was lost before the server had answered',
    );
  });
});

function cut(connection: unknown): void {
  if (typeof connection !== 'object' || connection === null || !('_socket' in connection)) return;
  const socket = connection._socket;
  if (typeof socket === 'object' && socket !== null && 'destroy' in socket && typeof socket.destroy === 'function')
    socket.destroy();
}
