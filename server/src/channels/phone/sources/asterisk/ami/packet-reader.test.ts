import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacketReader, type Packet } from './packet-reader.ts';

const readAll = (...pieces: (string | Uint8Array)[]) => {
  const reader = createPacketReader();
  const packets = pieces.flatMap((piece) => reader.read(typeof piece === 'string' ? Buffer.from(piece) : piece));
  return { packets: packets.map((packet: Packet) => Object.fromEntries(packet)), reader };
};

describe('the stream of a manager', () => {
  it.each([
    ['lines as the protocol ends them', 'Event: Hangup\r\nCause: 16\r\n\r\n'],
    ['bare line feeds', 'Event: Hangup\nCause: 16\n\n'],
    ['a colon in the value, white space around it', 'Event:  Hangup \r\nCause:16\r\n\r\n'],
    ['empty lines before', '\r\n\r\nEvent: Hangup\r\nCause: 16\r\n\r\n'],
    ['names in another case', 'EVENT: Hangup\r\ncause: 16\r\n\r\n'],
  ])('is read with %s', (_, text) => {
    expect(readAll(text).packets).toEqual([{ event: 'Hangup', cause: '16' }]);
  });

  it('tells the version of the manager', () => {
    const { packets, reader } = readAll('Asterisk Call Manager/1.1\r\nResponse: Success\r\n\r\n');

    expect([reader.version, packets]).toEqual(['1.1', [{ response: 'Success' }]]);
  });

  it('keeps no packet that has not ended', () => {
    expect(readAll('Event: Hangup\r\nCause: 16\r\n').packets).toEqual([]);
  });

  it('passes over what is no header, and counts it', () => {
    const { packets, reader } = readAll('GET / HTTP/1.1\r\n\u0000\u0001junk\r\nEvent: Hangup\r\n: 1\r\n\r\n');

    expect(packets).toEqual([{ event: 'Hangup' }]);
    expect(reader.garbage).toBe(3);
  });

  it('lets go of a line without an end, and reads on after it', () => {
    const endless = Array.from({ length: 1_000 }, () => 'x'.repeat(10_000));
    const { packets, reader } = readAll('Event: A\r\n', ...endless, '\r\nCause: 1\r\n\r\nEvent: B\r\n\r\n');

    expect(packets).toEqual([{ event: 'A', cause: '1' }, { event: 'B' }]);
    expect(reader.garbage).toBe(1);
  });

  it('keeps no packet of a million headers', () => {
    const { packets } = readAll('Event: A\r\n', ...Array.from({ length: 100_000 }, (_, i) => `H${i}: 1\r\n`), '\r\n');

    expect(Object.keys(packets[0] ?? {})).toHaveLength(400);
  });

  it('is the same however it is cut, in the middle of a letter too', () => {
    const stream = Buffer.from(
      'Event: Newchannel\r\nCallerIDName: Zażółć gęślą 😀\r\n\r\nEvent: Hangup\nCause-txt: Naïve\n\n'.repeat(3),
    );
    const whole = readAll(stream).packets;
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 30 }), (cuts) => {
        const ends = [...cuts.toSorted((a, b) => a - b), stream.length];
        const pieces = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
        expect(readAll(...pieces).packets).toEqual(whole);
      }),
    );
    expect(whole).toHaveLength(6);
  });
});
