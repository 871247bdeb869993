import { z } from 'zod';
import { UserError } from '../errors.ts';

/** What a list is asked for (interfaces.md, HTTP: `?limit=&cursor=`). */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One row more than `limit` was read: there is a next page, which begins behind the last row shown. */
export function pageOf<Row, Out>(
  rows: readonly Row[],
  limit: number,
  { show, cursor }: { show: (row: Row) => Out; cursor: (row: Row) => readonly (string | number)[] },
): { data: Out[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(cursor(last)) : null;
  return { data: shown.map(show), nextCursor };
}

/** Of all texts of a page together; of one row that is longer a page has none but it. */
const MOST_BYTES = 2_000_000;

/** Which of the next rows, whose sizes are known before their texts are read, make a page; one more than `limit` was looked at. */
export function fitPage(
  sizes: readonly { readonly id: number; readonly bytes: number }[],
  limit: number,
): { ids: number[]; isMore: boolean } {
  const ids: number[] = [];
  let bytes = 0;
  for (const one of sizes.slice(0, limit)) {
    bytes += one.bytes;
    if (ids.length > 0 && bytes > MOST_BYTES) break;
    ids.push(one.id);
  }
  return { ids, isMore: ids.length < sizes.length };
}

/** A page of a list by id, behind whose last one the next begins. */
export function pageById<T extends { readonly id: number }>(
  data: T[],
  isMore: boolean,
): { data: T[]; nextCursor: string | null } {
  const last = data.at(-1);
  return { data, nextCursor: isMore && last !== undefined ? encodeCursor([last.id]) : null };
}

/** A page of a list that is read whole because it is short by nature. */
export function pageOfAll<T>(
  rows: readonly T[],
  { limit, cursor }: PageQuery,
): { data: T[]; nextCursor: string | null } {
  const start = parseIdCursor(cursor) ?? 0;
  const end = start + limit;
  return { data: rows.slice(start, end), nextCursor: end < rows.length ? encodeCursor([end]) : null };
}

/** Where the last page ended; 400 for a cursor that is not ours. */
export function parseCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(decode(cursor));
  if (parsed.success) return parsed.data;
  throw new UserError({
    status: 400,
    code: 'cursor',
    title: 'Invalid cursor',
    detail: 'Use the nextCursor of the page before',
  });
}

/** The cursor of lists by id. */
export function parseIdCursor(cursor: string | undefined): number | undefined {
  return parseCursor(idCursor, cursor)?.[0];
}

const idCursor = z.tuple([z.int()]);

function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
