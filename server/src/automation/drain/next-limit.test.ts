import { expect, it } from 'vitest';
import { nextLimit } from './next-limit.ts';

it('a batch takes twice as many as the one before, as far as that goes', () => {
  expect(nextLimit({ limit: 100, count: 100, most: 2_000 })).toBe(200);
  expect(nextLimit({ limit: 1_500, count: 1_500, most: 2_000 })).toBe(2_000);
});

it('behind a signal that fails it begins with few', () => {
  expect(nextLimit({ limit: 1, count: 1, most: 2_000 })).toBe(2);
});

it('a long queue of which each batch decides a few is not read anew for each', () => {
  let limit = 2_000;
  let read = 0;
  for (let decided = 0; decided < 10_000; decided += 8) {
    read += limit;
    limit = nextLimit({ limit, count: 8, most: 2_000 });
  }
  expect(read / 10_000).toBeLessThan(15);
});
