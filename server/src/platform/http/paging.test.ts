import { expect, it } from 'vitest';
import { pageOf, parseIdCursor } from './paging.ts';

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
