import { expect, test } from 'vitest';
import { SLICE_BYTES } from '../apart/breathe.ts';
import { joinInTurns } from './join-in-turns.ts';

test.each([
  ['nothing', []],
  ['a few bytes', [3, 0, 2]],
  ['a slice and a byte', [SLICE_BYTES, 1]],
  ['one of many slices', [5 * SLICE_BYTES + 7]],
  ['thousands of small ones', Array.from({ length: 3_000 }, () => 1_000)],
])('%s is joined in its order, and the list is empty afterwards', async (_, lengths) => {
  const chunks = lengths.map((length, index) => Buffer.alloc(length, index + 1));
  const expected = Buffer.concat(chunks);
  const joined = await joinInTurns(chunks);
  expect(joined.equals(expected)).toBe(true);
  expect(chunks).toEqual([]);
});

test('others have a turn while megabytes are joined', async () => {
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  await joinInTurns([Buffer.alloc(20 * SLICE_BYTES)]);
  clearInterval(others);
  expect(turns).toBeGreaterThan(2);
});
