import { expect, it } from 'vitest';
import { unfoldedSize } from './unfolded-size.ts';

it.each([
  ['abc', 3],
  ['a{10}', 10],
  ['(ab){10}', 30],
  ['((ab){25}){25}', 25 * (25 * 3 + 1)],
  ['x{1000}'.repeat(100), 100_000],
  ['[a-z]{2,30}', 30],
  ['[]a]{2,}', 2],
  ['\\d{4}-\\d{2}', 7],
  ['a{,5}', 5],
  ['(((', 0],
  [')))', 3],
])('%s has about %d parts', (pattern, parts) => {
  expect(unfoldedSize(pattern)).toBe(parts);
});

it('takes no time for what is hostile', () => {
  for (const part of ['[', '(', '{', '\\', '[^', '{1', ')']) unfoldedSize(part.repeat(1_000));
});
