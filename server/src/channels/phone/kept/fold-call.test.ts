import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from './call-event.ts';
import { addEvent, type CallFold, callFold, emptyFold, tellCall } from './fold-call.ts';

const at = (second: number) => new Date(1_780_000_000_000 + second * 1_000);
const said = (second: number, kind: CallEvent['kind'], more: Partial<CallEvent> = {}): CallEvent => ({
  ...{ sourceCallId: 'c', at: at(second), kind, direction: 'incoming' as const },
  ...more,
});
const phone = (extension: string) => ({ leg: extension, employee: { extension } });
const fold = (events: readonly CallEvent[]): CallFold => events.reduce(addEvent, emptyFold);
const told = (events: readonly CallEvent[]) => tellCall(fold(events));

describe('a call as a person would tell it', () => {
  const rings = said(0, 'ringing', { number: '+48601234567' });
  it.each([
    ['rings', [rings], { state: 'ringing', talkSeconds: null, waitingSeconds: null }],
    ['is answered', [rings, said(5, 'answered', phone('101'))], { state: 'answered', waitingSeconds: 5 }],
    [
      'has ended',
      [rings, said(5, 'answered', phone('101')), said(65, 'ended')],
      { state: 'ended', talkSeconds: 60, waitingSeconds: 5 },
    ],
    [
      'is missed when nobody answered',
      [rings, said(20, 'ended')],
      { state: 'missed', talkSeconds: 0, waitingSeconds: 20 },
    ],
    [
      'is one call though five phones rang',
      [
        ...['1', '2', '3', '4', '5'].map((one) => said(1, 'ringing', phone(one))),
        said(9, 'answered', phone('3')),
        ...['1', '2', '4', '5'].map((one) => said(9, 'leg-ended', phone(one))),
        said(30, 'ended'),
      ],
      { state: 'ended', talkSeconds: 21, talked: [{ extension: '3' }] },
    ],
    [
      'has both employees when it was transferred, the later last',
      [rings, said(2, 'answered', phone('101')), said(40, 'answered', phone('102')), said(90, 'ended')],
      { state: 'ended', talkSeconds: 88, talked: [{ extension: '101' }, { extension: '102' }] },
    ],
    [
      'is missed when a machine answered',
      [rings, said(20, 'answered', { leg: 'vm', voicemail: true }), said(60, 'ended')],
      { state: 'missed', talkSeconds: 0, talked: [] },
    ],
    [
      'is what the exchange says it was',
      [rings, said(5, 'answered', phone('101')), said(9, 'ended', { outcome: 'missed', statusCode: '304' })],
      { state: 'missed', talkSeconds: 0, statusCode: '304' },
    ],
    [
      'was talked as long as the exchange measured',
      [rings, said(5, 'answered'), said(65, 'ended', { talkSeconds: 42 })],
      { state: 'ended', talkSeconds: 42 },
    ],
    [
      'was answered when only its end is told, with talk',
      [said(60, 'ended', { talkSeconds: 30 })],
      { state: 'ended', talkSeconds: 30 },
    ],
    [
      'failed when the client did not answer',
      [said(0, 'ringing', { direction: 'outgoing' }), said(30, 'ended', { direction: 'outgoing' })],
      { state: 'failed', talkSeconds: 0 },
    ],
    ['failed when the exchange says so', [rings, said(1, 'ended', { outcome: 'failed' })], { state: 'failed' }],
    ['has no number when it was withheld', [said(0, 'ringing', { number: null })], { number: null }],
    [
      'takes no time when the clock went back',
      [said(100, 'ringing'), said(110, 'answered'), said(-5_000, 'ended')],
      { state: 'ended', talkSeconds: 0 },
    ],
    [
      'lasts a week at most when the clock jumped',
      [said(0, 'ringing'), said(5, 'answered'), said(90 * 86_400, 'ended')],
      { talkSeconds: 604_800 },
    ],
    [
      'is not undone by seconds that are none',
      [rings, said(3, 'answered'), said(13, 'ended', { talkSeconds: Number.NaN })],
      { talkSeconds: 10 },
    ],
  ])('%s', (_, events, expected) => {
    expect(told(events)).toMatchObject(expected);
  });

  it('keeps no more than it can hold of phones that ring without end', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => said(index, 'ringing', { leg: `leg ${index}` }));
    const held = fold(many);
    expect(Object.keys(held.legs).length).toBeLessThanOrEqual(101);
    expect(tellCall(addEvent(held, said(6_000, 'ended'))).state).toBe('missed');
  });

  it('survives being stored', () => {
    const held = fold([rings, said(5, 'answered', phone('101'))]);
    expect(callFold.parse(JSON.parse(JSON.stringify(held)))).toEqual(JSON.parse(JSON.stringify(held)));
  });
});

const anyEvent = fc.record({
  sourceCallId: fc.constant('c'),
  at: fc.integer({ min: 0, max: 50 }).map(at),
  kind: fc.constantFrom<CallEvent['kind']>('ringing', 'answered', 'leg-ended', 'ended'),
  leg: fc.constantFrom(undefined, 'a', 'b'),
  direction: fc.constantFrom<CallEvent['direction']>('incoming', 'outgoing', undefined),
  number: fc.constantFrom(undefined, null, '+48601234567', '+48601234568'),
  employee: fc.constantFrom(undefined, { id: 1 }, { extension: '101' }),
  voicemail: fc.constantFrom(undefined, true),
  talkSeconds: fc.constantFrom(undefined, 0, 7),
  outcome: fc.constantFrom(undefined, 'missed' as const, 'answered' as const),
});
const tellable = (events: readonly CallEvent[]) => {
  const { talked, rang, ...facts } = told(events);
  const sorted = (refs: typeof talked) => refs.map((ref) => JSON.stringify(ref)).sort();
  return { ...facts, talked: sorted(talked), rang: sorted(rang) };
};

describe('whatever the order', () => {
  it('the same events make the same call', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { minLength: 1, maxLength: 12 })
          .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
        ([events, shuffled]) => {
          expect(tellable(shuffled)).toEqual(tellable(events));
        },
      ),
    );
  });

  it('events that come again change nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 12 }), fc.nat(), (events, some) => {
        const again = events.filter((_, index) => (some >> index) & 1);
        expect(fold([...events, ...again])).toEqual(fold(events));
      }),
    );
  });
});
