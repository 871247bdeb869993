import { describe, expect, it } from 'vitest';
import { foldFetch, type Judged, type NearbyEvent } from './fold-fetches.ts';

const now = new Date('2026-01-05T09:00:00Z');
const open: Judged = {
  ...{ kind: 'open', url: null, at: now, userAgent: 'Browser', ip: '203.0.113.9' },
  ...{ machine: false, counted: true, isHeld: false, isFirst: false },
};
const events = (count: number, of: Partial<NearbyEvent> = {}): NearbyEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const { isFirst: _isFirst, ...event } = open;
    return { ...event, lastAt: event.at, id: index + 1, ...of };
  });
const visitors = (count: number) => events(count).map((event) => ({ ...event, userAgent: `Browser ${event.id}` }));

describe('opens and clicks that come faster than anybody reads', () => {
  it.each<[string, Partial<Judged>, readonly NearbyEvent[], number, object]>([
    ['few are kept one by one', {}, events(29), 29, { to: 'keep' }],
    ['the same again is one more of what stands there', {}, events(30), 30, { to: 'fold', id: 1 }],
    ['minutes later it is kept', { at: new Date(now.getTime() + 60_000) }, events(30), 30, { to: 'keep' }],
    ['another visitor is kept', { userAgent: 'Other' }, events(30), 30, { to: 'keep' }],
    ['another network is kept', { ip: '203.0.113.10' }, events(30), 30, { to: 'keep' }],
    ['another link is kept', { kind: 'click', url: 'https://shop.test/1' }, events(30), 30, { to: 'keep' }],
    ['a machine is no more of a person', { machine: true, counted: false }, events(30), 30, { to: 'keep' }],
    ['an employee is no more of a client', { counted: false }, events(30), 30, { to: 'keep' }],
    [
      'one that waits is no more of one that does not',
      { counted: false, isHeld: true },
      events(30),
      30,
      { to: 'keep' },
    ],
    ['a crowd begins where there are more than people send', { userAgent: 'New' }, visitors(100), 100, { to: 'crowd' }],
    [
      'the first that counts is kept in any crowd',
      { userAgent: 'New', isFirst: true },
      visitors(100),
      100,
      { to: 'keep' },
    ],
    [
      'a crowd takes whoever comes',
      { userAgent: 'New' },
      [...visitors(100), ...events(1, { id: 500, ip: null, userAgent: null })],
      101,
      { to: 'fold', id: 500 },
    ],
    ['a letter that was flooded before is kept shorter', {}, events(3), 1_000, { to: 'fold', id: 1 }],
  ])('%s', (_, fetch, nearby, count, folding) => {
    expect(foldFetch({ ...open, ...fetch }, nearby, count)).toEqual(folding);
  });
});
