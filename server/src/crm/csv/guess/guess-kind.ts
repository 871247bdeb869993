import { isKnownCurrency } from '@signalbox/automation/kit/values/currencies.ts';
import { isEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import { plainWords } from '../plain-words.ts';
import { isSerial, judgeDateOrder, readDate } from '../read-date.ts';
import { judgeDecimals, readMoney, readNumber } from '../read-money.ts';
import { dateWords } from './header-words.ts';

/** What nearly all values of a column look like; text when in doubt. `values` has no empty ones. */
export function guessKind(values: readonly string[], header = ''): FieldKind {
  if (values.length === 0) return 'text';
  // Spreadsheets keep days as numbers: only the header tells them from others.
  if (dateWords.test(plainWords(header)) && values.every(isSerial))
    return values.some((value) => /[.,]/.test(value)) ? 'dateTime' : 'date';
  const order = judgeDateOrder(values).order ?? 'dmy';
  const decimal = judgeDecimals(values).decimal ?? '.';
  const tests: readonly (readonly [FieldKind, (value: string) => boolean])[] = [
    ['email', (value) => isEmail(value)],
    ['dateTime', (value) => /[T ]\d{1,2}([:.]\d{2}|\s?[ap]\.?\s?m)|^\d{8}T/i.test(value) && isDate(value)],
    ['date', (value) => isDate(value)],
    ['phone', (value) => /^\+?[\d\s()./-]{7,20}$/.test(value) && /^(\+|00|\()|[\d)][\s-][\d(]/.test(value)],
    // A long number or one that begins with 0 is a name, not a quantity.
    ['number', (value) => !/^0\d|\d{12}|e/i.test(value) && readNumber(value, decimal) !== undefined],
    ['money', (value) => !/^0\d|\d{12}/.test(value) && isMoney(value)],
    ['link', (value) => /^https?:\/\/\S+$/i.test(value)],
  ];
  function isDate(value: string): boolean {
    return !isSerial(value) && readDate(value, { order, timeZone: 'UTC' }) !== undefined;
  }
  function isMoney(value: string): boolean {
    const read = readMoney(value, decimal);
    return read !== undefined && (read.currency === undefined || isKnownCurrency(read.currency));
  }
  const enough = Math.ceil(values.length * 0.98);
  const kind = tests.find(([, fits]) => values.filter(fits).length >= enough)?.[0] ?? 'text';
  return kind === 'number' && values.some((value) => readMoney(value, decimal)?.currency !== undefined)
    ? 'money'
    : kind;
}
