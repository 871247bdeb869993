import { createHash, randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createPacketReader, type Packet } from '../ami/packet-reader.ts';
import type { ManagerSettings } from './manager-settings.ts';

/** The exchange answered that it does not let us in. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
}

/** A conversation with the manager of an exchange. */
export interface Manager {
  /** `5.0.1`, of the protocol. */
  readonly version: string;
  /** Lines that were none of the protocol's. */
  readonly garbage: number;
  /** Its answer, whatever it says; rejects when none comes in time or the connection ends. */
  ask(action: string, fields?: Readonly<Record<string, string>>): Promise<Packet>;
  /** The rows that follow the answer; undefined: the exchange does not know the action. */
  list(action: string): Promise<Packet[] | undefined>;
  /** Fulfilled with why once the connection has ended. */
  readonly ended: Promise<Error>;
  close(): void;
}

interface Watching {
  /** Events in order; while it is busy nothing more is read. */
  take(events: readonly Packet[]): Promise<void> | undefined;
}

const ANSWER_MS = 10_000;
const PING_EVERY_MS = 15_000;
const SILENT_MS = 40_000;
const MOST_ROWS = 20_000;
/** Of a conversation that is none: whatever answers at that port is no exchange. */
const MOST_GARBAGE = 10_000;

interface Asked {
  readonly rows: Packet[];
  answered(packet: Packet): void;
  ended(error: Error): void;
  done?: (rows: Packet[]) => void;
}

/** Greets and logs in. Throws LoginRefused, or what the network says. */
export async function openManager(socket: Socket, settings: ManagerSettings, watching: Watching): Promise<Manager> {
  const manager = converse(socket, watching);
  try {
    await manager.greeted;
    await logIn(manager, settings);
    keepAlive(manager, socket);
    return manager;
  } catch (error) {
    manager.close();
    throw error;
  }
}

function converse(socket: Socket, { take }: Watching): Manager & { readonly greeted: Promise<void> } {
  const reader = createPacketReader();
  const asked = new Map<string, Asked>();
  const over = Promise.withResolvers<Error>();
  const greeting = Promise.withResolvers<void>();
  const end = (error: Error) => {
    over.resolve(error);
    greeting.reject(error);
    for (const one of asked.values()) one.ended(error);
    asked.clear();
    socket.destroy();
  };
  const late = setTimeout(() => end(new Error('it does not greet as an Asterisk manager does')), ANSWER_MS);
  greeting.promise.catch(() => {});
  void over.promise.then(() => clearTimeout(late));

  // Answers and the rows of lists go to whoever asked; all else is an event.
  const sort = (packet: Packet): boolean => {
    const one = asked.get(packet.get('actionid') ?? '');
    if (packet.has('response')) one?.answered(packet);
    else if (one?.done !== undefined && isLast(packet)) one.done(one.rows);
    else if (one?.done !== undefined && one.rows.length < MOST_ROWS) one.rows.push(packet);
    return packet.has('event') && one === undefined;
  };
  socket.on('data', (bytes: Buffer) => {
    const events = reader.read(bytes).filter(sort);
    if (reader.version !== undefined) {
      clearTimeout(late);
      greeting.resolve();
    }
    if (reader.garbage > MOST_GARBAGE) end(new Error('what it says is no Asterisk manager protocol'));
    const busy = take(events);
    if (busy === undefined) return;
    socket.pause();
    void busy.then(
      () => socket.resume(),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('the exchange closed the connection')));

  const send = (action: string, fields: Readonly<Record<string, string>>, asking: (id: string) => Asked) => {
    const id = `signalbox-${randomUUID()}`;
    asked.set(id, asking(id));
    const lines = Object.entries({ Action: action, ActionID: id, ...fields });
    socket.write(`${lines.map(([name, value]) => `${name}: ${plain(value)}`).join('\r\n')}\r\n\r\n`);
    return id;
  };
  const inTime = async <T>(work: Promise<T>, id: string): Promise<T> => {
    const timer = setTimeout(() => asked.get(id)?.ended(new Error('the exchange does not answer')), ANSWER_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      asked.delete(id);
    }
  };
  return {
    greeted: greeting.promise,
    ended: over.promise,
    get version() {
      return reader.version ?? '';
    },
    get garbage() {
      return reader.garbage;
    },
    ask(action, fields = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Packet>();
      const id = send(action, fields, () => ({ rows: [], answered: resolve, ended: reject }));
      return inTime(promise, id);
    },
    list(action) {
      const { promise, resolve, reject } = Promise.withResolvers<Packet[] | undefined>();
      const answered = (packet: Packet) => {
        if (!isSuccess(packet)) resolve(undefined);
      };
      const id = send(action, {}, () => ({ rows: [], answered, ended: reject, done: resolve }));
      return inTime(promise, id);
    },
    close: () => end(new Error('closed')),
  };
}

const isLast = (packet: Packet) =>
  /complete$/i.test(packet.get('event') ?? '') || /^complete$/i.test(packet.get('eventlist') ?? '');

// Nobody puts a second header into a value.
const plain = (value: string) => value.replace(/[\r\n\0]+/g, ' ');

export const isSuccess = (packet: Packet) => /^success$/i.test(packet.get('response') ?? '');

async function logIn(manager: Manager, { login, user, secret }: ManagerSettings): Promise<void> {
  const key = login === 'md5' ? { AuthType: 'MD5', Key: await keyOf(manager, secret) } : { Secret: secret };
  const answer = await manager.ask('Login', { Username: user, ...key, Events: 'call,cel,user' });
  if (!isSuccess(answer)) throw new LoginRefused(answer.get('message') ?? 'no');
}

async function keyOf(manager: Manager, secret: string): Promise<string> {
  const answer = await manager.ask('Challenge', { AuthType: 'MD5' });
  const challenge = answer.get('challenge');
  if (challenge === undefined) throw new LoginRefused(answer.get('message') ?? 'no challenge');
  return createHash('md5').update(`${challenge}${secret}`).digest('hex');
}

// A connection that is gone without a word is found by its silence.
function keepAlive(manager: Manager, socket: Socket): void {
  let heard = performance.now();
  socket.on('data', () => {
    heard = performance.now();
  });
  const timer = setInterval(() => {
    if (performance.now() - heard > SILENT_MS && !socket.isPaused()) socket.destroy(new Error('the exchange fell silent'));
    else manager.ask('Ping').catch(() => {});
  }, PING_EVERY_MS);
  void manager.ended.then(() => clearInterval(timer));
}
