import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createPacketReader, type Packet } from './ami/packet-reader.ts';

type Row = Readonly<Record<string, string>>;

/** For tests: speaks as the manager of an exchange does, over a real socket. */
export interface FakeExchange {
  readonly port: number;
  /** To everybody who is logged in; cut wherever `pieces` says, in bytes. */
  say(text: string, pieces?: number): void;
  /** What CoreShowChannels answers from now on. */
  living: readonly Row[];
  /** Every action that was asked for, but pings. */
  readonly asked: Packet[];
  connected(): number;
  /** Breaks all connections off in the middle of an event. */
  breakOff(): void;
  close(): Promise<void>;
}

interface FakeOptions {
  readonly secret?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly greeting?: string;
  /** What it says to whoever shows a wrong secret. */
  readonly refusal?: string;
  /** Seconds that its clock shows when somebody logs in. */
  readonly clock?: number;
}

type Answer = (packet: Packet, fields: Row) => void;
type Act = (packet: Packet, answer: Answer, socket: Socket) => void;

export async function startFakeExchange(options: FakeOptions = {}): Promise<FakeExchange> {
  const sockets = new Set<Socket>();
  const loggedIn = new Set<Socket>();
  const fake = { living: [] as readonly Row[], asked: [] as Packet[] };
  const actions = actionsOf({ ...options, loggedIn, living: () => fake.living });

  const serve = (socket: Socket) => {
    const reader = createPacketReader();
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      loggedIn.delete(socket);
    });
    socket.write(`${options.greeting ?? 'Asterisk Call Manager/5.0.1'}\r\n`);
    const answer: Answer = (packet, fields) => {
      const lines = Object.entries({ ...fields, ActionID: packet.get('actionid') ?? '' });
      socket.write(`${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`);
    };
    socket.on('data', (bytes: Buffer) => {
      for (const packet of reader.read(bytes)) {
        const action = (packet.get('action') ?? '').toLowerCase();
        if (action !== 'ping') fake.asked.push(packet);
        const act = actions[action];
        if (act === undefined) answer(packet, { Response: 'Error', Message: 'Invalid/unknown command' });
        else act(packet, answer, socket);
      }
    });
  };
  const server = options.tls === undefined ? createServer(serve) : createTlsServer(options.tls, serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return Object.assign(fake, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connected: () => loggedIn.size,
    say(text: string, pieces = text.length) {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length; from += pieces)
        for (const socket of loggedIn) socket.write(bytes.subarray(from, from + pieces));
    },
    breakOff() {
      for (const socket of loggedIn) socket.end('Event: Newchannel\r\nChan');
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

interface Acting extends FakeOptions {
  readonly loggedIn: Set<Socket>;
  living(): readonly Row[];
}

function actionsOf({
  secret = 'secret',
  refusal = 'Authentication failed',
  clock,
  loggedIn,
  living,
}: Acting): Readonly<Record<string, Act>> {
  const challenge = '840415273';
  const key = createHash('md5').update(`${challenge}${secret}`).digest('hex');
  return {
    challenge: (packet, answer) => answer(packet, { Response: 'Success', Challenge: challenge }),
    login: (packet, answer, socket) => {
      const isRight = packet.get('key') === key || packet.get('secret') === secret;
      if (!isRight) return answer(packet, { Response: 'Error', Message: refusal });
      answer(packet, { Response: 'Success', Message: 'Authentication accepted' });
      if (clock !== undefined)
        socket.write(`Event: FullyBooted\r\nTimestamp: ${clock}\r\nStatus: Fully Booted\r\n\r\n`);
      loggedIn.add(socket);
    },
    ping: (packet, answer) => answer(packet, { Response: 'Success', Ping: 'Pong' }),
    coreshowchannels: (packet, answer) => {
      answer(packet, { Response: 'Success', EventList: 'start', Message: 'Channels will follow' });
      for (const row of living()) answer(packet, { Event: 'CoreShowChannel', ...row });
      answer(packet, { Event: 'CoreShowChannelsComplete', EventList: 'Complete' });
    },
    originate: (packet, answer) => answer(packet, { Response: 'Success', Message: 'Originate successfully queued' }),
  };
}
