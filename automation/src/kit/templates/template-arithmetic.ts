import { toValue } from 'liquidjs';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalText,
  divideDecimals,
  multiplyDecimals,
  negated,
  remainder,
  roundDecimal,
} from '../values/decimal.ts';
import { parseQuantity, type Quantity } from '../values/quantity.ts';
import { isRecord } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import { TextDrop } from './template-drop.ts';
import { outputText } from './template-limits.ts';

/** Digits behind the point of a quotient that does not end, and of money (what an amount can keep). */
const QUOTIENT_DIGITS = 12;
const MONEY_DIGITS = 6;
/** Longer numbers are nobody's, and would take long. */
const MOST_DIGITS = 60;

type Count = (value: Quantity, given: readonly Quantity[], filter: string) => Quantity;

const counts: Readonly<Record<string, { readonly takes: 0 | 1; readonly count: Count }>> = {
  plus: { takes: 1, count: joined((a, b) => addDecimals(a, b)) },
  minus: { takes: 1, count: joined((a, b) => addDecimals(a, negated(b))) },
  at_least: { takes: 1, count: joined((a, b) => (compareDecimals(a, b) < 0 ? b : a)) },
  at_most: { takes: 1, count: joined((a, b) => (compareDecimals(a, b) > 0 ? b : a)) },
  times: { takes: 1, count: multiply },
  divided_by: { takes: 1, count: divide },
  modulo: { takes: 1, count: joined(modulo) },
  abs: { takes: 0, count: single((a) => (a.units < 0n ? negated(a) : a)) },
  ceil: { takes: 0, count: single((a) => roundDecimal(a, { scale: 0, towards: 'up' })) },
  floor: { takes: 0, count: single((a) => roundDecimal(a, { scale: 0, towards: 'down' })) },
  round: { takes: 0, count: (a, [digits]) => rounded(a, digits) },
};

/** The filters that count; each with how many numbers it needs behind it. */
export const neededNumbers: Readonly<Record<string, 0 | 1>> = {
  ...Object.fromEntries(Object.entries(counts).map(([name, { takes }]) => [name, takes])),
  sum: 0,
};

type Filter = (value: unknown, ...given: unknown[]) => unknown;

/** Exact decimals; money stays money. What is no number throws `Impossible` instead of counting as 0. */
export const arithmeticFilters: Readonly<Record<string, Filter>> = {
  ...Object.fromEntries(
    Object.entries(counts).map(([name, { takes, count }]): [string, Filter] => [
      name,
      (value, ...given) => {
        const numbers = [...given, ...Array.from({ length: Math.max(0, takes - given.length) }, () => null)];
        return shown(
          count(
            quantity(value, name),
            numbers.map((one) => quantity(one, name)),
            name,
          ),
        );
      },
    ]),
  ),
  sum: (value, property) => {
    const list = (Array.isArray(value) ? value : [value]).map((one) => quantity(part(one, property), 'sum'));
    return shown(list.reduce((a, b) => add(a, b), list.shift() ?? plainly({ units: 0n, scale: 0 })));
  },
};

const add = (a: Quantity, b: Quantity): Quantity => joined(addDecimals)(a, [b], 'sum');

const plainly = (decimal: Decimal): Quantity => ({ decimal, currency: null });

function quantity(given: unknown, filter: string): Quantity {
  const value = toValue(given);
  if (value === null || value === undefined || value === '') throw new Impossible(because('no-value', { filter }));
  const read = parseQuantity(value);
  if (read === undefined)
    throw new Impossible(because('no-number', { value: outputText(value).slice(0, 200), filter }));
  return read;
}

function part(one: unknown, property: unknown): unknown {
  if (typeof property !== 'string') return one;
  if (one instanceof TextDrop) return one.liquidMethodMissing(property);
  return isRecord(one) && Object.hasOwn(one, property) ? one[property] : null;
}

function shown({ decimal, currency }: Quantity): unknown {
  const text = decimalText(decimal);
  if (text.length > MOST_DIGITS) throw new Error(`a number has more than ${MOST_DIGITS} digits`);
  const number = Number(text);
  if (currency !== null) return new TextDrop(`${text} ${currency}`, { amount: text, currency }, number);
  return String(number) === text ? number : new TextDrop(text, {}, number);
}

// Sums, differences and comparisons: money of one currency, or with a plain number.
function joined(count: (a: Decimal, b: Decimal) => Decimal): Count {
  return (a, [b], filter) =>
    b === undefined ? a : { decimal: count(a.decimal, b.decimal), currency: currencyOf(a, b, filter) };
}

function single(count: (a: Decimal) => Decimal): Count {
  return ({ decimal, currency }) => ({ decimal: count(decimal), currency });
}

function currencyOf(a: Quantity, b: Quantity, filter: string): string | null {
  if (a.currency !== null && b.currency !== null && a.currency !== b.currency)
    throw new Impossible(because('two-currencies', { value: `${a.currency}, ${b.currency}`, filter }));
  return a.currency ?? b.currency;
}

function multiply(a: Quantity, [b]: readonly Quantity[], filter: string): Quantity {
  if (b === undefined) return a;
  if (a.currency !== null && b.currency !== null)
    throw new Impossible(because('no-number', { value: `${decimalText(b.decimal)} ${b.currency}`, filter }));
  return { decimal: multiplyDecimals(a.decimal, b.decimal), currency: a.currency ?? b.currency };
}

function divide(a: Quantity, [b]: readonly Quantity[], filter: string): Quantity {
  if (b === undefined) return a;
  if (b.currency !== null && a.currency === null)
    throw new Impossible(because('no-number', { value: `${decimalText(b.decimal)} ${b.currency}`, filter }));
  if (b.currency !== null) currencyOf(a, b, filter);
  const currency = b.currency === null ? a.currency : null;
  const decimal = divideDecimals(a.decimal, b.decimal, currency === null ? QUOTIENT_DIGITS : MONEY_DIGITS);
  if (decimal === undefined) throw new Impossible(because('divided-by-zero'));
  return { decimal, currency };
}

function modulo(a: Decimal, b: Decimal): Decimal {
  const rest = remainder(a, b);
  if (rest === undefined) throw new Impossible(because('divided-by-zero'));
  return rest;
}

function rounded({ decimal, currency }: Quantity, digits: Quantity | undefined): Quantity {
  const scale = digits === undefined ? 0 : Number(decimalText(digits.decimal));
  if (!Number.isInteger(scale) || scale < 0 || scale > QUOTIENT_DIGITS)
    throw new Impossible(because('no-number', { value: String(scale), filter: 'round' }));
  return { decimal: roundDecimal(decimal, { scale, towards: 'nearest' }), currency };
}
