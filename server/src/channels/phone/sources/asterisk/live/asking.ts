import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Packet } from '../ami/packet-reader.ts';

/** What is asked of a manager, each with an id of its own, by which the answers find whoever asked. */
export interface Asking {
  /** Its answer, whatever it says; rejects when none comes in time or the connection ends. */
  ask(action: string, fields?: Readonly<Record<string, string>>): Promise<Packet>;
  /** The rows that follow the answer; undefined: the exchange does not know the action. */
  list(action: string): Promise<Packet[] | undefined>;
  /** True for an event that nobody asked for; answers and the rows of lists are handed on. */
  isEvent(packet: Packet): boolean;
  end(error: Error): void;
}

export const ANSWER_MS = 10_000;
/** A long list of a slow exchange is waited for as long as it goes on, but not for ever. */
const LIST_MS = 120_000;
const MOST_ROWS = 20_000;

interface Asked {
  readonly rows: Packet[];
  /** It is being answered: waited for anew. */
  heard?: () => void;
  answered(packet: Packet): void;
  ended(error: Error): void;
  done?: (rows: Packet[]) => void;
}

export function createAsking(socket: Socket): Asking {
  const asked = new Map<string, Asked>();

  const send = async <T>(
    { action, fields = {} }: { action: string; fields?: Readonly<Record<string, string>> },
    { answer, asking }: { answer: Promise<T>; asking: Asked },
  ): Promise<T> => {
    const id = `signalbox-${randomUUID()}`;
    asked.set(id, asking);
    const lines = Object.entries({ Action: action, ActionID: id, ...fields });
    socket.write(`${lines.map(([name, value]) => `${name}: ${plain(value)}`).join('\r\n')}\r\n\r\n`);
    const timer = setTimeout(() => asking.ended(new Error('the exchange does not answer')), ANSWER_MS);
    const begun = performance.now();
    asking.heard = () => {
      if (performance.now() - begun < LIST_MS) timer.refresh();
    };
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      asked.delete(id);
    }
  };

  return {
    ask(action, fields) {
      const { promise, resolve, reject } = Promise.withResolvers<Packet>();
      return send({ action, fields }, { answer: promise, asking: { rows: [], answered: resolve, ended: reject } });
    },
    list(action) {
      const { promise, resolve, reject } = Promise.withResolvers<Packet[] | undefined>();
      const answered = (packet: Packet) => {
        if (!isSuccess(packet)) resolve(undefined);
      };
      return send({ action }, { answer: promise, asking: { rows: [], answered, ended: reject, done: resolve } });
    },
    isEvent(packet) {
      const one = asked.get(packet.get('actionid') ?? '');
      if (one?.done !== undefined) one.heard?.();
      if (packet.has('response')) one?.answered(packet);
      else if (one?.done !== undefined && isLast(packet)) one.done(one.rows);
      else if (one?.done !== undefined && one.rows.length < MOST_ROWS) one.rows.push(packet);
      return packet.has('event') && one === undefined;
    },
    end(error) {
      for (const one of asked.values()) one.ended(error);
    },
  };
}

export const isSuccess = (packet: Packet) => /^success$/i.test(packet.get('response') ?? '');

const isLast = (packet: Packet) =>
  /complete$/i.test(packet.get('event') ?? '') || /^complete$/i.test(packet.get('eventlist') ?? '');

// Nobody puts a second header into a value.
const plain = (value: string) => value.replace(/[\r\n\0]+/g, ' ');
