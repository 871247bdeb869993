import { expect, it } from 'vitest';
import { isAttended, touched } from './attended.ts';

it('a screen is attended for a minute after it was opened or touched', () => {
  expect(isAttended(59_999)).toBe(true);
  expect(isAttended(60_000)).toBe(false);
  touched(90_000);
  expect(isAttended(149_999)).toBe(true);
  expect(isAttended(150_000)).toBe(false);
});
