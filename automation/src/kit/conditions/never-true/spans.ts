import { addDecimals, compareDecimals, type Decimal } from '../../values/decimal.ts';

interface End {
  readonly at: Decimal;
  /** Whether it belongs to the span itself. */
  readonly within: boolean;
}
/** From one value to another; null: without an end there. */
export interface Span {
  readonly from: End | null;
  readonly to: End | null;
}

const end = (at: Decimal, within = true): End => ({ at, within });

export const exactly = (at: Decimal): Span => ({ from: end(at), to: end(at) });
export const between = (from: Decimal, to: Decimal): Span => ({ from: end(from), to: end(to) });
export const above = (at: Decimal, within: boolean): Span => ({ from: end(at, within), to: null });
export const below = (at: Decimal, within: boolean): Span => ({ from: null, to: end(at, within) });

/** Of whole numbers: what lies between two neighbours is nothing. */
export function ofWhole({ from, to }: Span): Span {
  return { from: moved(from, 1n), to: moved(to, -1n) };
}

/** Longer on both sides. */
export function widened({ from, to }: Span, by: bigint): Span {
  const add = (one: End | null, units: bigint) => one && end(addDecimals(one.at, { units, scale: 0 }));
  return { from: add(from, -by), to: add(to, by) };
}

function moved(one: End | null, units: bigint): End | null {
  return one === null || one.within ? one : end(addDecimals(one.at, { units, scale: 0 }));
}

export function areApart(a: Span, b: Span): boolean {
  return endsBefore(a.to, b.from) || endsBefore(b.to, a.from);
}

/** Whether all of a span lies in the other one, or it holds nothing. */
export function isInside(a: Span, b: Span): boolean {
  if (endsBefore(a.to, a.from)) return true;
  return reaches(b.from, a.from, -1) && reaches(b.to, a.to, 1);
}

function endsBefore(to: End | null, from: End | null): boolean {
  if (to === null || from === null) return false;
  const order = compareDecimals(to.at, from.at);
  return order < 0 || (order === 0 && !(to.within && from.within));
}

function reaches(outer: End | null, inner: End | null, side: 1 | -1): boolean {
  if (outer === null) return true;
  if (inner === null) return false;
  const order = compareDecimals(outer.at, inner.at) * side;
  return order > 0 || (order === 0 && (outer.within || !inner.within));
}
