import { parseDateWords } from '../../values/date-words.ts';
import { type Decimal, parseDecimal } from '../../values/decimal.ts';
import { type DurationUnit, parseDuration } from '../../values/durations.ts';
import { instantOf, isDay } from '../../values/time.ts';
import { type FieldKind, isMoney } from '../../values/values.ts';
import type { ConditionPart } from '../condition.ts';
import { listOf, parseWeekday } from '../condition-tests.ts';
import { above, below, between, exactly, ofWhole, type Span, widened } from './spans.ts';

/** The values that a part asks for, on a scale; those of two scales are not compared. */
export interface Asked {
  readonly scale: string;
  readonly spans: readonly Span[];
  /** Where days and moments meet nobody knows the zone: some more than is asked for. */
  readonly isWide: boolean;
}

/** Undefined: not values that stand in an order, or none that can be told without knowing more. */
export function askedSpans(part: ConditionPart, kind: FieldKind): Asked | undefined {
  const clock = clockSpans[part.is]?.(part.value);
  if (clock !== undefined) return { scale: part.is, spans: clock, isWide: false };
  const near = daysNear(part, kind);
  if (near !== undefined) return { scale: 'today', spans: [near], isWide: true };
  const read = readers[kind];
  const shape = shapes[part.is];
  if (read === undefined || shape === undefined) return undefined;
  const points = (part.is === 'between' ? listOf(part.value) : [part.value].flat()).map(read);
  const [first] = points;
  if (first === undefined || points.some((point) => point?.scale.name !== first.scale.name)) return undefined;
  const spans = shape(points.flatMap((point) => (point === undefined ? [] : [point.at])));
  const isWide = points.some((point) => point?.isWide === true);
  return { scale: first.scale.name, isWide, spans: spans.map((span) => fit(span, first.scale.isWhole, isWide)) };
}

function fit(span: Span, isWhole: boolean, isWide: boolean): Span {
  if (isWide) return widened(span, SOME_DAYS);
  return isWhole ? ofWhole(span) : span;
}

// A moment's day is another one east and west, and its own end may be left out.
const SOME_DAYS = 2n;

type Shape = (points: readonly Decimal[]) => readonly Span[];
const one =
  (make: (at: Decimal) => Span): Shape =>
  (points) =>
    points.slice(0, 1).map(make);

const shapes: Readonly<Partial<Record<ConditionPart['is'], Shape>>> = {
  equals: one(exactly),
  in: (points) => points.map(exactly),
  greater: one((at) => above(at, false)),
  'at least': one((at) => above(at, true)),
  less: one((at) => below(at, false)),
  'at most': one((at) => below(at, true)),
  between: ([from, to]) => (from === undefined || to === undefined ? [] : [between(from, to)]),
};

interface Point {
  readonly scale: { readonly name: string; readonly isWhole: boolean };
  readonly at: Decimal;
  readonly isWide?: boolean;
}
type Read = (value: unknown) => Point | undefined;

const whole = (count: number): Decimal => ({ units: BigInt(count), scale: 0 });

const number: Read = (value) => {
  const at = typeof value === 'number' || typeof value === 'string' ? parseDecimal(value) : undefined;
  return at && { scale: { name: 'number', isWhole: false }, at };
};

// A plain number is in the money's own currency; amounts in two currencies stand to each other as the rates want it.
const money: Read = (value) => {
  const [amount = '', currency = ''] = (isMoney(value) ? `${value.amount} ${value.currency}` : String(value))
    .trim()
    .split(/\s+/);
  const at = parseDecimal(amount);
  return at && { scale: { name: `money ${currency.toUpperCase()}`, isWhole: false }, at };
};

const DAY_MS = 86_400_000;
const days = { name: 'day', isWhole: true };

const date: Read = (value) => {
  if (isDay(value)) return { scale: days, at: whole(Date.parse(value) / DAY_MS) };
  const words = parseDateWords(value);
  if (words === undefined) {
    const moment = instantOf(value, 'UTC');
    return moment === undefined ? undefined : { scale: days, at: whole(Math.floor(moment / DAY_MS)), isWide: true };
  }
  const { unit, count } = words.shift ?? { unit: 'days', count: 0 };
  // Months are of different lengths, minutes are no days.
  const length = unit === 'weeks' ? 7 : 1;
  const plain = named[words.from];
  if ((unit !== 'days' && unit !== 'weeks') || words.from === 'now') return undefined;
  return {
    scale: { name: plain === undefined ? words.from : 'today', isWhole: true },
    at: whole(count * length + (plain ?? 0)),
  };
};
const named: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

const SECONDS: Readonly<Record<DurationUnit, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** The days that `within last` and `within next` reach, some more than they ask for. */
function daysNear({ is, value }: ConditionPart, kind: FieldKind): Span | undefined {
  if ((is !== 'within last' && is !== 'within next') || (kind !== 'date' && kind !== 'dateTime')) return undefined;
  const duration = parseDuration(String(value));
  if (duration === undefined) return undefined;
  const exact = Math.ceil((duration.count * SECONDS[duration.unit]) / SECONDS.days);
  // Days are counted on the calendar, hours on the clock: over a day that is an hour shorter, or left out, they reach one day more.
  const count = duration.unit === 'days' || exact === 0 ? exact : exact + 1;
  return is === 'within last' ? between(whole(-count), whole(0)) : between(whole(0), whole(count));
}

const readers: Readonly<Partial<Record<FieldKind, Read>>> = { number, money, date, dateTime: date };

/** What is asked of the clock and the week; undefined where it goes over midnight. */
const clockSpans: Readonly<Partial<Record<ConditionPart['is'], (value: unknown) => readonly Span[] | undefined>>> = {
  weekday: (value) => listOf(value).flatMap((day) => weekdaySpan(parseWeekday(day))),
  'time of day'(value) {
    const [from, to] = listOf(value).map((time) => secondOf(String(time)));
    return from === undefined || to === undefined || from > to ? undefined : [between(whole(from), whole(to))];
  },
};

function weekdaySpan(day: number | undefined): Span[] {
  return day === undefined ? [] : [exactly(whole(day))];
}

function secondOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return hour * 3600 + minute * 60 + second;
}
