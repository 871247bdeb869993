import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

const made = z.object({ id: z.number() });
const HOLD_MS = 8_000;

/** A mail server that does as `answer` says with each connection. */
async function startPeer(answer: (socket: net.Socket) => void): Promise<{ port: number; close(): void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const every = (ms: number, socket: net.Socket, write: () => void) => {
  const timer = setInterval(write, ms);
  socket.on('close', () => clearInterval(timer));
};

/** Twenty letters through a mailbox whose server is the peer. */
async function writeThrough(port: number): Promise<void> {
  const { place } = victim;
  const settings = { address: `p${port}@peer.test`, smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'none' };
  const channel = { kind: 'mailbox', provider: 'smtp', name: `Peer ${port}`, settings };
  const { id: mailbox } = made.parse(await call(place, 'POST', '/channels', channel));
  const contact = { name: 'Pat', emails: [`pat${port}@peer.test`] };
  const { id } = made.parse(await call(place, 'POST', '/contacts', contact));
  const { id: item } = made.parse(await call(place, 'POST', '/items', { type: 'deal', title: 'Slow', contact: id }));
  for (let n = 0; n < 20; n += 1)
    await call(place, 'POST', `/items/${item}/emails`, { subject: `Slow ${n}`, text: 'Hello.', mailbox });
}

describe('a slow mail server stops only what leaves through it', onlyWorse, () => {
  it.each<[string, (socket: net.Socket) => void]>([
    ['drips its greeting', (socket) => every(500, socket, () => socket.write('2'))],
    ['never greets', () => {}],
    ['says lines without end', (socket) => every(5, socket, () => socket.write(`220-${'x'.repeat(10_000)}\r\n`))],
    [
      'greets, and then drips each answer',
      (socket) => {
        socket.write('220 peer\r\n');
        socket.on('data', () => every(700, socket, () => socket.write('2')));
      },
    ],
    ['hangs up at once', (socket) => socket.destroy()],
  ])('%s', async (_, answer) => {
    const peer = await startPeer(answer);
    const { harm } = await victim.suffer(async () => {
      await writeThrough(peer.port);
      await sleep(HOLD_MS);
    });
    peer.close();
    unharmed(harm);
    expect(harm.slowestJobMs).toBeLessThan(20_000);
  });
});

describe('a slow caller stops only itself', onlyWorse, () => {
  const connect = (port: number) => {
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    socket.on('error', () => {});
    return socket;
  };
  const httpPort = () => Number(new URL(victim.place.url).port);

  it.each<[string, number, () => net.Socket]>([
    [
      'heads that grow by a letter now and then',
      250,
      () => {
        const socket = connect(httpPort());
        socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nx-');
        every(200, socket, () => socket.write('a'));
        return socket;
      },
    ],
    [
      'answers that nobody reads',
      60,
      () => {
        const socket = connect(httpPort());
        const head = `GET /api/v1/items?limit=200 HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${victim.place.apiKey}\r\n\r\n`;
        socket.write(head.repeat(2));
        socket.pause();
        return socket;
      },
    ],
    [
      'letters that drip in',
      250,
      () => {
        const socket = connect(victim.place.smtpPort);
        socket.write('EHLO evil\r\nMAIL FROM:<eve@evil.test>\r\nRCPT TO:<sales@sandbox.test>\r\nDATA\r\n');
        every(300, socket, () => socket.write('x'));
        return socket;
      },
    ],
    ['connections for mail that say nothing', 250, () => connect(victim.place.smtpPort)],
  ])('%s', async (_, count, open) => {
    const sockets: net.Socket[] = [];
    const { harm } = await victim.suffer(async () => {
      for (let n = 0; n < count; n += 1) sockets.push(open());
      await sleep(HOLD_MS);
    });
    for (const socket of sockets) socket.destroy();
    unharmed(harm);
  });
});
