import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPacketReader, type Packet } from '../ami/packet-reader.ts';
import { createAsking } from './asking.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SECOND_MS = 1_000;

/** A list that was asked for, and what the exchange says of it. */
function open() {
  const socket = new PassThrough();
  // biome-ignore lint/suspicious/noExplicitAny: of a socket only writing is needed
  const asking = createAsking(socket as any);
  const outcome = asking.list('CoreShowChannels').then(
    (rows) => rows?.length,
    (error: Error) => error.message,
  );
  const [asked] = createPacketReader().read(socket.read());
  const say = (fields: Record<string, string>) => {
    const packet: Packet = new Map([['actionid', asked?.get('actionid') ?? ''], ...Object.entries(fields)]);
    asking.isEvent(packet);
  };
  say({ response: 'Success' });
  return { say, outcome };
}

it('waits for a long list of a slow exchange as long as it goes on', async () => {
  const { say, outcome } = open();
  for (let row = 0; row < 10; row += 1) {
    await vi.advanceTimersByTimeAsync(9 * SECOND_MS);
    say({ event: 'CoreShowChannel' });
  }
  say({ event: 'CoreShowChannelsComplete', eventlist: 'Complete' });
  expect(await outcome).toBe(10);
});

it.each([
  ['falls silent', 0],
  ['drips rows without end', 60],
])('gives up a list that %s', async (_, rows) => {
  const { say, outcome } = open();
  for (let row = 0; row < rows; row += 1) {
    await vi.advanceTimersByTimeAsync(9 * SECOND_MS);
    say({ event: 'CoreShowChannel' });
  }
  await vi.advanceTimersByTimeAsync(11 * SECOND_MS);
  expect(await outcome).toBe('the exchange does not answer');
});
