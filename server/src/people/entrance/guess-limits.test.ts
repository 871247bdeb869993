import { describe, expect, it } from 'vitest';
import { delayMsAfter, isWorthTelling, networkOf, waitSecondsAfter } from './guess-limits.ts';

describe('wrong passwords', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 5],
    [6, 10],
    [10, 160],
    [13, 1_280],
    [14, 1_800],
    [1_000, 1_800],
  ])('of one account: after %i of them, it waits %i seconds', (failures, seconds) => {
    expect(waitSecondsAfter(failures)).toBe(seconds);
  });

  it('allow an account fewer than a hundred guesses a day', () => {
    let [guesses, seconds] = [0, 0];
    while (seconds < 86_400) {
      guesses += 1;
      seconds += waitSecondsAfter(guesses);
    }
    expect(guesses).toBeLessThan(100);
  });

  it.each([
    [1, 0],
    [60, 0],
    [61, 250],
    [70, 250],
    [71, 500],
    [130, 16_000],
    [5_000, 30_000],
  ])('of one network: the answer after %i of them takes %i ms', (failures, delayMs) => {
    expect(delayMsAfter(failures)).toBe(delayMs);
  });

  it('are told to the owner at the fifth, the tenth, the twentieth', () => {
    expect(Array.from({ length: 45 }, (_, failures) => failures).filter(isWorthTelling)).toEqual([5, 10, 20, 40]);
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
