import type { Item } from '@signalbox/contract/items.ts';

export type Value = Item['fields'][string];

export function moneyOf(value: Value): { amount: string; currency: string } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { amount, currency } = value;
  return { amount: String(amount ?? ''), currency: typeof currency === 'string' ? currency : '' };
}

/** A list of values, whether one or several are kept. */
export const listOf = (value: Value): Value[] => {
  if (value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
};

export const textsOf = (value: Value): string[] => listOf(value).map(String);
export const idsOf = (value: Value): number[] => listOf(value).map(Number);
export const isNothing = (value: Value) => listOf(value).length === 0;
