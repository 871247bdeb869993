import { isMoney, type Scalar } from '../values/values.ts';

/** The most characters of a text in a field. */
export const LONGEST_TEXT = 20_000;

export function shownAs(value: Scalar): string {
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

export function asNumber(value: Scalar): number | undefined {
  if (typeof value === 'boolean' || isMoney(value)) return undefined;
  // Digits, as people write them: `0x10` is a name.
  const number = typeof value === 'string' && !decimal.test(value.trim()) ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** An id; what is no number stays, for whoever knows the thing by another name. */
export function asId(value: Scalar): Scalar {
  return asNumber(value) ?? shownAs(value);
}

export const isId = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/** What the database keeps: no U+0000, no half of a letter. */
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT && !value.includes('\0') && !/\p{Surrogate}/u.test(value);
