import { DateTime } from 'luxon';
import { instantOf } from '../values/time.ts';

interface FilterThis {
  readonly context: { getSync(path: string[]): unknown };
}

/** `{{ item.deliveryDate | date: "%d.%m.%Y" }}`, in the workspace's zone; `now` is the moment of the run. */
export function dateFilter(this: FilterThis, value: unknown, format: unknown = '%Y-%m-%d'): string {
  const zone = String(this.context.getSync(['timeZone']));
  const given = value === 'now' || value === 'today' ? this.context.getSync(['now']) : value;
  const instant = instantOf(String(given ?? ''), zone);
  if (instant === undefined) return String(value ?? '');
  const moment = DateTime.fromMillis(instant, { zone }).setLocale('en');
  return String(format).replace(/%(-?)([a-zA-Z%])/g, (all, short: string, letter: string) => {
    const pattern = patterns[letter];
    if (letter === '%') return '%';
    return pattern === undefined ? all : moment.toFormat(short === '-' ? (unpadded[letter] ?? pattern) : pattern);
  });
}

const patterns: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  d: 'dd',
  e: 'd',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  p: 'a',
  j: 'ooo',
  a: 'ccc',
  A: 'cccc',
  b: 'LLL',
  B: 'LLLL',
  u: 'c',
  F: 'yyyy-MM-dd',
  T: 'HH:mm:ss',
  R: 'HH:mm',
  D: 'MM/dd/yy',
  z: 'ZZZ',
  Z: 'ZZZZ',
  V: 'WW',
};
const unpadded: Readonly<Record<string, string>> = { m: 'L', d: 'd', H: 'H', I: 'h', M: 'm', S: 's', j: 'o' };
