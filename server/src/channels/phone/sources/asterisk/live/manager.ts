import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPacketReader, type Packet } from '../ami/packet-reader.ts';
import { ANSWER_MS, type Asking, createAsking, isSuccess } from './asking.ts';
import type { ManagerSettings } from './manager-settings.ts';
import { createPace } from './pace.ts';

/** The exchange answered that it does not let us in. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
}

/** A conversation with the manager of an exchange. */
export interface Manager extends Pick<Asking, 'ask' | 'list'> {
  /** Fulfilled with why once the connection has ended. */
  readonly ended: Promise<Error>;
  close(): void;
}

interface Watching {
  /** Events in order; while it is busy nothing more is read. */
  take(events: readonly Packet[]): Promise<void> | undefined;
}

const PING_EVERY_MS = 15_000;
const SILENT_MS = 40_000;
/** Of a conversation that is none: whatever answers at that port is no exchange. */
const MOST_GARBAGE = 10_000;

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

interface Conversation extends Manager {
  readonly greeted: Promise<void>;
  /** Since the last that was whole: who sends a letter a minute says nothing. */
  silentMs(): number;
}

function converse(socket: Socket, { take }: Watching): Conversation {
  const reader = createPacketReader();
  let heard = performance.now();
  const asking = createAsking(socket);
  const over = Promise.withResolvers<Error>();
  const greeting = Promise.withResolvers<void>();
  const end = (error: Error) => {
    over.resolve(error);
    greeting.reject(error);
    asking.end(error);
    socket.destroy();
  };
  const late = setTimeout(() => end(new Error('it does not greet as an Asterisk manager does')), ANSWER_MS);
  const settle = () => clearTimeout(late);
  void greeting.promise.then(settle, settle);

  const pace = createPace();
  socket.on('data', (bytes: Buffer) => {
    const packets = reader.read(bytes);
    if (packets.length > 0) heard = performance.now();
    const events = packets.filter((packet) => asking.isEvent(packet));
    if (reader.version !== undefined) greeting.resolve();
    else if (reader.garbage > 0) end(new Error('it does not greet as an Asterisk manager does'));
    if (reader.garbage > MOST_GARBAGE) end(new Error('what it says is not the protocol of an Asterisk manager'));
    // At most a piece a turn of the event loop, whatever is in it: nobody else waits for an exchange that floods.
    socket.pause();
    void Promise.all([take(events), pace.after(packets.length), nextTurn()]).then(
      () => socket.resume(),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('the exchange closed the connection')));
  return {
    ...{ ask: asking.ask, list: asking.list, greeted: greeting.promise, ended: over.promise },
    ...{ close: () => end(new Error('closed')), silentMs: () => performance.now() - heard },
  };
}

async function logIn(manager: Manager, { login, user, secret, events }: ManagerSettings): Promise<void> {
  const key: Readonly<Record<string, string>> =
    login === 'md5' ? { AuthType: 'MD5', Key: await keyOf(manager, secret) } : { Secret: secret };
  const answer = await manager.ask('Login', { Username: user, ...key, Events: events });
  if (!isSuccess(answer)) throw new LoginRefused(answer.get('message') ?? 'no');
}

async function keyOf(manager: Manager, secret: string): Promise<string> {
  const answer = await manager.ask('Challenge', { AuthType: 'MD5' });
  const challenge = answer.get('challenge');
  if (challenge === undefined) throw new LoginRefused(answer.get('message') ?? 'no challenge');
  return createHash('md5').update(`${challenge}${secret}`).digest('hex');
}

// A connection that is gone without a word is found by its silence.
function keepAlive(manager: Conversation, socket: Socket): void {
  const timer = setInterval(() => {
    const isSilent = manager.silentMs() > SILENT_MS && !socket.isPaused();
    if (isSilent) socket.destroy(new Error('the exchange fell silent'));
    else manager.ask('Ping').catch(() => {});
  }, PING_EVERY_MS);
  void manager.ended.then(() => clearInterval(timer));
}
