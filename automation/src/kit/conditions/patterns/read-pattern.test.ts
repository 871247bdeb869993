import { expect, it } from 'vitest';
import { readPattern } from './read-pattern.ts';

const anyCase = { matchCase: false };

it('reads a pattern once, and apart where case counts', () => {
  const pattern = readPattern('faktura \\d+', anyCase);
  expect(readPattern('faktura \\d+', anyCase)).toBe(pattern);
  expect(pattern.isFoundIn('FAKTURA 7')).toBe(true);
  expect(readPattern('faktura \\d+', { matchCase: true }).isFoundIn('FAKTURA 7')).toBe(false);
});

it('forgets those read long ago', () => {
  const first = readPattern('first', anyCase);
  for (let n = 0; n < 30; n += 1) readPattern(`x{900}${n}`, anyCase);
  expect(readPattern('first', anyCase)).not.toBe(first);
  const last = readPattern('x{900}29', anyCase);
  expect(readPattern('x{900}29', anyCase)).toBe(last);
});

it('tells what is wrong each time', () => {
  for (let n = 0; n < 2; n += 1) expect(() => readPattern('(', anyCase)).toThrow(/closing|missing/);
});
