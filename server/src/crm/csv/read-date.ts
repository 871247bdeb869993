import { DateTime } from 'luxon';

export type DateOrder = 'dmy' | 'mdy';

export interface DateScope {
  readonly order: DateOrder;
  /** Of moments without one. */
  readonly timeZone: string;
}

const yearFirst =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const yearLast =
  /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[,T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?)?$/i;

/** `2026-01-31` of `31.01.2026 14:45`, `31-01-26`, `1/31/2026`, ISO; undefined: no date. */
export function readDate(text: string, scope: DateScope): string | undefined {
  return parse(text, scope)?.toISODate() ?? undefined;
}

/** RFC 3339 in UTC; a day alone is its beginning in the zone. */
export function readDateTime(text: string, scope: DateScope): string | undefined {
  return parse(text, scope)?.toJSDate().toISOString();
}

/** What all values of a column agree on; day first when nothing tells. */
export function guessDateOrder(values: readonly string[]): DateOrder {
  const parts = values.map((value) => yearLast.exec(value.trim())).filter((match) => match !== null);
  const dayFirst = parts.filter(([, first, mark]) => mark === '.' || Number(first) > 12).length;
  const monthFirst = parts.filter(([, , mark, second]) => mark !== '.' && Number(second) > 12).length;
  return monthFirst > dayFirst ? 'mdy' : 'dmy';
}

function parse(text: string, { order, timeZone }: DateScope): DateTime | undefined {
  const trimmed = text.trim();
  const iso = yearFirst.exec(trimmed);
  if (iso !== null) {
    const [, year, , month, day, hour, minute, second, offset] = iso;
    return made({ year, month, day, hour, minute, second }, zoneOf(offset) ?? timeZone);
  }
  const local = yearLast.exec(trimmed);
  if (local === null) return undefined;
  const [, first, mark, second, year, hour, minute, seconds, half] = local;
  const [day, month] = order === 'mdy' && mark !== '.' ? [second, first] : [first, second];
  return made({ year: fullYear(year), month, day, hour: fullHour(hour, half), minute, second: seconds }, timeZone);
}

type Parts = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string | undefined>>;

function made(parts: Parts, zone: string): DateTime | undefined {
  const numbers = Object.fromEntries(Object.entries(parts).map(([unit, value]) => [unit, Number(value ?? 0)]));
  const moment = DateTime.fromObject(numbers, { zone });
  return moment.isValid && moment.year >= 1000 ? moment : undefined;
}

function zoneOf(offset: string | undefined): string | undefined {
  if (offset === undefined) return undefined;
  return offset.toUpperCase() === 'Z' ? 'UTC' : `UTC${offset.replace(/^(...)(\d\d)$/, '$1:$2')}`;
}

function fullYear(year = ''): string {
  if (year.length === 4) return year;
  return String(Number(year) + (Number(year) < 70 ? 2000 : 1900));
}

function fullHour(hour: string | undefined, half: string | undefined): string | undefined {
  if (half === undefined || hour === undefined) return hour;
  return String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0));
}
