import { expect, it } from 'vitest';
import { fitPage, pageById, pageOf, parseIdCursor } from './paging.ts';

const ways = { show: (row: { id: number }) => row.id, cursor: (row: { id: number }) => [row.id] };

it('gives a cursor only when there is more', () => {
  const rows = [{ id: 5 }, { id: 4 }, { id: 3 }];
  const page = pageOf(rows, 2, ways);
  expect(page.data).toEqual([5, 4]);
  expect(parseIdCursor(page.nextCursor ?? undefined)).toBe(4);
  expect(pageOf(rows, 3, ways)).toEqual({ data: [5, 4, 3], nextCursor: null });
});

it('refuses a cursor that is not ours', () => {
  for (const cursor of ['', 'abc', Buffer.from('["x"]').toString('base64url')])
    expect(() => parseIdCursor(cursor)).toThrow(/nextCursor/);
  expect(parseIdCursor(undefined)).toBeUndefined();
});

const MB = 1_000_000;
it.each([
  ['nothing there is', [], 3, [], false],
  ['short rows', [9, 8, 7], 3, [5, 4, 3], false],
  ['one more than was asked for', [1, 1, 1, 1], 3, [5, 4, 3], true],
  ['long rows, as many as make two megabytes', [MB, MB, MB], 3, [5, 4], true],
  ['one that is longer than a page', [5 * MB, 1], 3, [5], true],
  ['a long one behind a short one', [1, 5 * MB], 3, [5], true],
])('a page has of %s what fits', (_, sizes, limit, ids, isMore) => {
  const rows = sizes.map((bytes, index) => ({ id: 5 - index, bytes }));
  expect(fitPage(rows, limit)).toEqual({ ids, isMore });
});

it('the next page by id begins behind the last one', () => {
  const page = pageById([{ id: 5 }, { id: 4 }], true);
  expect(parseIdCursor(page.nextCursor ?? undefined)).toBe(4);
  expect(pageById([{ id: 5 }], false).nextCursor).toBeNull();
  expect(pageById([], true).nextCursor).toBeNull();
});
