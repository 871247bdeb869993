import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import { guessDateOrder, readDate } from './read-date.ts';
import { guessDecimalMark, readMoney, readNumber } from './read-money.ts';

/** What nearly all values of a column look like; text when in doubt. `values` has no empty ones. */
export function guessKind(values: readonly string[]): FieldKind {
  if (values.length === 0) return 'text';
  const order = guessDateOrder(values);
  const decimal = guessDecimalMark(values);
  const tests: readonly (readonly [FieldKind, (value: string) => boolean])[] = [
    ['email', (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)],
    ['dateTime', (value) => /[T ]\d{1,2}:\d{2}/.test(value) && isDate(value)],
    ['date', (value) => isDate(value)],
    ['phone', (value) => /^\+?[\d\s()./-]{7,20}$/.test(value) && /^(\+|00|\()|[\d)][\s-][\d(]/.test(value)],
    // A long number or one that begins with 0 is a name, not a quantity.
    ['number', (value) => !/^0\d|\d{12}/.test(value) && readNumber(value, decimal) !== undefined],
    ['money', (value) => !/^0\d|\d{12}/.test(value) && readMoney(value, decimal) !== undefined],
    ['link', (value) => /^https?:\/\/\S+$/i.test(value)],
  ];
  function isDate(value: string): boolean {
    return readDate(value, { order, timeZone: 'UTC' }) !== undefined;
  }
  const enough = Math.ceil(values.length * 0.98);
  const kind = tests.find(([, fits]) => values.filter(fits).length >= enough)?.[0] ?? 'text';
  return kind === 'number' && values.some((value) => readMoney(value, decimal)?.currency !== undefined)
    ? 'money'
    : kind;
}
