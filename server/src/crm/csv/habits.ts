import type { DateOrder } from './read-date.ts';
import type { DecimalMark } from './read-money.ts';

/** How people of a language and country write. */
export interface Habits {
  readonly order: DateOrder;
  readonly decimal: DecimalMark;
}

/** Of a language tag such as `en-US`. */
export function habitsOf(tag: string): Habits {
  const parts = new Intl.NumberFormat(tag).formatToParts(1.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value;
  return { order: orderOf(tag), decimal: decimal === ',' ? ',' : '.' };
}

function orderOf(tag: string): DateOrder {
  const date = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const units = date.formatToParts().map(({ type }) => type);
  const [year, month, day] = (['year', 'month', 'day'] as const).map((unit) => units.indexOf(unit));
  if (year === 0) return 'ymd';
  return month !== undefined && day !== undefined && month < day ? 'mdy' : 'dmy';
}
