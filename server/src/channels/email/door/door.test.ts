import { describe, expect, it } from 'vitest';
import { createDoor, usualLimits } from './door.ts';

function open(limits: Partial<typeof usualLimits> = {}) {
  const clock = { ms: 0 };
  const isRelay = (address: string) => address === '10.0.0.1';
  return { clock, door: createDoor({ limits: { ...usualLimits, ...limits }, isRelay, nowMs: () => clock.ms }) };
}

describe('the room at the door', () => {
  it('is shared: one network takes its part, others go on', () => {
    const { door } = open({ ofOne: 2 });
    const leave = door.enter('203.0.113.7');
    door.enter('203.0.113.7');
    expect(door.enter('203.0.113.7')).toBeUndefined();
    expect(door.enter('203.0.113.8')).toBeDefined();
    leave?.();
    expect(door.enter('203.0.113.7')).toBeDefined();
  });

  it('is one for all addresses of an IPv6 network', () => {
    const { door } = open({ ofOne: 1 });
    expect(door.enter('2001:db8:1:2::1')).toBeDefined();
    expect(door.enter('2001:db8:1:2:ffff::2')).toBeUndefined();
    expect(door.enter('2001:db8:1:3::1')).toBeDefined();
  });

  it('is bounded for all strangers, and relays have their own', () => {
    const { door } = open({ ofAll: 3, ofRelays: 2 });
    for (const last of [1, 2, 3]) expect(door.enter(`203.0.113.${last}`)).toBeDefined();
    expect(door.enter('203.0.113.4')).toBeUndefined();
    expect([door.enter('10.0.0.1'), door.enter('10.0.0.1')]).toEqual([expect.anything(), expect.anything()]);
    expect(door.enter('10.0.0.1')).toBeUndefined();
  });

  it('is not for who knocks too often, until a minute is over', () => {
    const { door, clock } = open({ connectionsAMinute: 2 });
    for (const _ of [1, 2]) door.enter('203.0.113.7')?.();
    expect(door.enter('203.0.113.7')).toBeUndefined();
    clock.ms = 60_001;
    expect(door.enter('203.0.113.7')).toBeDefined();
  });
});

describe('messages in a minute', () => {
  it('are counted by network and by sender; the null sender is nobody', () => {
    const { door, clock } = open({ messagesAMinute: 2 });
    expect([1, 2, 3].map((last) => door.mayBegin(`203.0.113.${last}`, 'Eve@evil.test'))).toEqual([true, true, false]);
    expect(door.mayBegin('203.0.113.9', 'eve@EVIL.test')).toBe(false);
    expect([4, 5, 6].map((last) => door.mayBegin(`203.0.113.${last}`, ''))).toEqual([true, true, true]);
    expect([1, 2, 3].map((number) => door.mayBegin('203.0.113.20', `a${number}@b.test`))).toEqual([true, true, false]);
    clock.ms = 60_001;
    expect(door.mayBegin('203.0.113.20', 'eve@evil.test')).toBe(true);
  });
});

it('wrong passwords end the guessing of a network for ten minutes', () => {
  const { door, clock } = open({ guesses: 2 });
  door.guessed('2001:db8::1');
  expect(door.mayGuess('2001:db8::2')).toBe(true);
  door.guessed('2001:db8::2');
  expect(door.mayGuess('2001:db8::3')).toBe(false);
  expect(door.mayGuess('203.0.113.7')).toBe(true);
  clock.ms = 600_001;
  expect(door.mayGuess('2001:db8::3')).toBe(true);
});
