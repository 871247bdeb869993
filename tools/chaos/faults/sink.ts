import { once } from 'node:events';
import net from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Sink {
  readonly port: number;
  /** How often each Message-ID was taken. */
  readonly taken: ReadonlyMap<string, number>;
  /** From now on what is newly connected is answered a letter a second, or as fast as ever. */
  drip(drips: boolean): void;
  close(): Promise<void>;
}

/** A mail server of the outside world: takes everything, slowly enough to be cut in the middle. */
export async function startSink(): Promise<Sink> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^message-id:\s*(<[^>]+>)/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? 'none';
        taken.set(id, (taken.get(id) ?? 0) + 1);
        setTimeout(() => done(), Math.random() * 40);
      });
    },
  });
  server.on('error', () => {});
  const inner = await portOf(server.listen(0, '127.0.0.1'));
  let drips = false;
  const door = net.createServer((socket) => (drips ? dripOn(socket) : connect(socket, inner)));
  return {
    taken,
    port: await portOf(door.listen(0, '127.0.0.1')),
    drip: (on) => {
      drips = on;
    },
    close: async () => {
      door.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function connect(socket: net.Socket, port: number): void {
  const peer = net.connect(port, '127.0.0.1');
  socket.on('error', () => peer.destroy()).pipe(peer);
  peer.on('error', () => socket.destroy()).pipe(socket);
}

/** A greeting that never ends. */
function dripOn(socket: net.Socket): void {
  const timer = setInterval(() => socket.write('2'), 1_000);
  socket.on('error', () => {}).on('close', () => clearInterval(timer));
}

async function portOf(listener: net.Server): Promise<number> {
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the mail sink');
  return address.port;
}
