import type { WorkspaceFacts } from '../facts.ts';
import { fieldKindOf } from '../field-kinds/index.ts';
import { parseYesNo } from '../field-kinds/yes-no.ts';
import { dateOf } from '../values/calendar.ts';
import { parseDateWords, resolveDateWords } from '../values/date-words.ts';
import { compareDecimals, type Decimal, multiplyDecimals, parseDecimal } from '../values/decimal.ts';
import { textOf, wholeOf } from '../values/spellings.ts';
import { instantOf, isDay } from '../values/time.ts';
import { type FieldKind, type Instant, isMoney, type Money } from '../values/values.ts';

/** Null: it can't be told, `note` says why (semantics.md 6: no rate for the currency). */
export interface Order {
  readonly order: number | null;
  readonly note?: string;
}

export interface Comparing {
  readonly kind: FieldKind | null;
  readonly matchCase: boolean;
  readonly workspace: WorkspaceFacts;
  /** The currency of the item, for amounts that say none. */
  readonly currency: string;
  /** When it is asked: what `today` means. */
  readonly at: Instant;
}

/** How one value stands to another: below zero when it is less. Values that can't be compared are in no order. */
export function compareValues(got: unknown, wanted: unknown, by: Comparing): Order {
  const compared = by.kind === null ? null : fieldKindOf[by.kind].compared;
  if (compared === 'money' || isMoney(got)) return compareMoney(got, wanted, by);
  if (compared === 'moment') return compareMoments(got, wanted, by);
  if (compared === 'yesNo' || typeof got === 'boolean') return compareNumbers(yesOf(got), yesOf(wanted));
  return compareLoose(got, wanted, by);
}

function compareLoose(got: unknown, wanted: unknown, by: Comparing): Order {
  const numbers = by.kind === null || by.kind === 'number' || typeof got === 'number';
  const a = numbers ? decimalOf(got) : undefined;
  const b = numbers ? decimalOf(wanted) : undefined;
  if (a !== undefined && b !== undefined) return { order: compareDecimals(a, b) };
  if (by.kind === 'number') return { order: Number.NaN };
  if (by.kind === null && instantOf(got, by.workspace.timeZone) !== undefined) return compareMoments(got, wanted, by);
  return compareTexts(wholeOf(got, got, by), wholeOf(wanted, got, by));
}

/** Whether nothing but its one form as a text counts: the same is asked of it as `compareValues` asks, of many values at once. */
export function isComparedAsText(got: unknown, { kind }: Comparing): got is string {
  if (typeof got !== 'string' || kind === null || kind === 'number' || kind === 'person' || kind === 'client')
    return false;
  return fieldKindOf[kind].compared === 'text';
}

function compareTexts(a: string, b: string): Order {
  if (a === b) return { order: 0 };
  return { order: a < b ? -1 : 1 };
}

function compareNumbers(a: number, b: number): Order {
  return { order: a - b };
}

/** A day against a day or a moment: both are days of the workspace's zone (semantics.md 6). */
function compareMoments(got: unknown, given: unknown, { workspace: { timeZone }, matchCase, at }: Comparing): Order {
  const wanted = toldDate(given, at, timeZone);
  const read = isDay(got) || isDay(wanted) ? dayOf : momentOf;
  const [a, b] = [read(got, timeZone), read(wanted, timeZone)];
  if (a !== undefined && b !== undefined) return compareNumbers(a, b);
  const same = textOf(got, matchCase) === textOf(wanted, matchCase);
  return { order: same ? 0 : Number.NaN };
}

/** A date in words as the day that it means now; anything else as it is. */
export function toldDate(given: unknown, at: Instant, timeZone: string): unknown {
  const words = parseDateWords(given);
  return words === undefined ? given : resolveDateWords(words, at, timeZone);
}

/** The day on which it is, as a number that rises with the days. */
export function dayOf(value: unknown, timeZone: string): number | undefined {
  const day = isDay(value) ? value : dateOn(momentOf(value, timeZone), timeZone);
  return day === undefined ? undefined : Date.parse(day);
}

function dateOn(moment: Instant | undefined, timeZone: string): string | undefined {
  return moment === undefined || Number.isNaN(moment) ? undefined : dateOf(moment, timeZone);
}

/** Values that are instants already (`now`, `signal.occurredAt`) pass; dates and date-times are read. */
export function momentOf(value: unknown, timeZone: string): number | undefined {
  return typeof value === 'number' ? value : instantOf(value, timeZone);
}

function compareMoney(got: unknown, wanted: unknown, by: Comparing): Order {
  const a = moneyOf(got, by.currency);
  // A plain number is in the money's own currency (semantics.md 6).
  const b = a && moneyOf(wanted, a.currency);
  if (a === undefined || b === undefined) return { order: Number.NaN };
  const [x, y] =
    a.currency === b.currency ? [parseDecimal(a.amount), parseDecimal(b.amount)] : [converted(a, by), converted(b, by)];
  if (x !== undefined && y !== undefined) return { order: compareDecimals(x, y) };
  const missing = [a, b].find((money) => converted(money, by) === undefined);
  return { order: null, note: `no rate for ${missing?.currency ?? a.currency}` };
}

/** The currency whose rate a note says is missing. */
export function missingRate(note: unknown): string | undefined {
  return /^no rate for ([A-Z]{3})$/.exec(String(note))?.[1];
}

/** `{ amount, currency }`, `1000`, `"1000"`, `"1000 EUR"`. */
export function moneyOf(value: unknown, currency: string): Money | undefined {
  if (isMoney(value)) return { amount: value.amount, currency: value.currency.toUpperCase() };
  const [amount = '', named = currency] = String(value).trim().split(/\s+/);
  return parseDecimal(amount) === undefined ? undefined : { amount, currency: named.toUpperCase() };
}

function converted({ amount, currency }: Money, { workspace }: Comparing): Decimal | undefined {
  const own = parseDecimal(amount);
  if (currency === workspace.currency.toUpperCase()) return own;
  const rate = parseDecimal(workspace.rates[currency] ?? '');
  return own === undefined || rate === undefined ? undefined : multiplyDecimals(own, rate);
}

function decimalOf(value: unknown): Decimal | undefined {
  return typeof value === 'number' || typeof value === 'string' ? parseDecimal(value) : undefined;
}

/** 1 for yes, 0 for no, in no order with anything when it is neither. */
function yesOf(value: unknown): number {
  const answer = parseYesNo(String(value));
  return answer === undefined ? Number.NaN : Number(answer);
}
