import { type Decimal, parseDecimal } from './decimal.ts';

/** What can be counted with: a decimal, and the currency when it is money. */
export interface Quantity {
  readonly decimal: Decimal;
  readonly currency: string | null;
}

/** Reads `12.50`, `-3`, `1000 EUR`; undefined for a date, a duration, words, `1,5` (which may be 15 tenths or 1500). */
export function parseQuantity(given: unknown): Quantity | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const [, text = '', currency] = /^\s*([+-]?[\d.]+)(?:\s+([A-Z]{3}))?\s*$/.exec(plain(given)) ?? [];
  const decimal = parseDecimal(text);
  return decimal === undefined ? undefined : { decimal, currency: currency ?? null };
}

const plain = (given: string | number): string =>
  typeof given === 'number' && Number.isFinite(given) && /e/.test(String(given)) ? given.toFixed(20) : String(given);
