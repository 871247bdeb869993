import { DateTime } from 'luxon';
import { monthNamed, weekdays } from './month-names.ts';
import { plainWords } from './plain-words.ts';

/** Which comes first of day, month and year where only figures say: `ymd` with a year of two digits, `26-01-31`. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface DateScope {
  readonly order: DateOrder;
  /** Of moments without one. */
  readonly timeZone: string;
}

/** `2026-01-31` of `31.01.2026 14:45`, `31-01-26`, `1/31/2026`, `15 Apr 2021`, `20260131`, ISO, `46053`; undefined: no date. */
export function readDate(text: string, scope: DateScope): string | undefined {
  return parse(text, scope)?.toISODate() ?? undefined;
}

/** RFC 3339 in UTC; a day alone is its beginning in the zone. */
export function readDateTime(text: string, scope: DateScope): string | undefined {
  return parse(text, scope)?.toJSDate().toISOString();
}

/** What the cells of a column say about the order of its dates. */
export interface OrderEvidence {
  /** Null: no cell is clear, or as many say the one as the other. */
  readonly order: DateOrder | null;
  /** The first cell that can be read two ways. */
  readonly sample: string | null;
}

/** What all values of a column agree on. */
export function judgeDateOrder(values: readonly string[]): OrderEvidence {
  const votes = { dmy: 0, mdy: 0, ymd: 0 };
  let sample: string | null = null;
  // `26-01-02` is of a year or of a day: the clear ones beside it tell.
  let short = 0;
  for (const value of values) {
    const match = yearLast.exec(apart(value).day);
    if (match === null) continue;
    const [, first, mark, second, year] = match;
    if (Number(first) > 31) votes.ymd += 1;
    else if (mark === '-' && Number(first) > 12 && year?.length === 2) short += 1;
    else if (mark === '.' || Number(first) > 12) votes.dmy += 1;
    else if (Number(second) > 12) votes.mdy += 1;
    else if (first !== second || year?.length === 2) sample ??= value;
  }
  votes[votes.ymd > 0 ? 'ymd' : 'dmy'] += short;
  const most = Math.max(votes.dmy, votes.mdy, votes.ymd);
  const leading = orders.filter((order) => votes[order] === most);
  return { order: most > 0 && leading.length === 1 ? (leading[0] ?? null) : null, sample };
}

const orders = ['dmy', 'mdy', 'ymd'] as const;
const yearFirst = /^(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?$/;
const yearLast = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?$/;
const compact = /^((?:19|20|21)\d\d)(\d\d)(\d\d)$/;
const compactMoment = /^(\d{8})T?(\d\d)(\d\d)(\d\d)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const zone = String.raw`Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?|UTC|GMT`;
const clock = new RegExp(
  String.raw`(?:T|,?\s+(?:(?:at|o|o godz\.|godz\.|a las|às|à\(s\)|as|alle|alle ore|ore|um|à) )?)(\d{1,2})(?:[:.h](\d\d)(?:[:.](\d\d)(?:[.,](\d+))?)?)?(?:\s*([ap])\.?\s?m\.?)?(?:\s*(${zone}))?(?: Uhr| hs?\.?)?(?: \([^()]+\))?$`,
  'i',
);

interface Apart {
  readonly day: string;
  readonly time: Time;
}
interface Time {
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly fraction?: string | undefined;
  readonly half?: string | undefined;
  readonly offset?: string | undefined;
}

const LONGEST = 80;

/** The day and the time of day of a text. */
function apart(text: string): Apart {
  const plain = text.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  const short = compactMoment.exec(plain);
  if (short !== null) {
    const [, day = '', hour, minute, second, offset] = short;
    return { day, time: { hour, minute, second, offset } };
  }
  const match = clock.exec(plain);
  const [whole = '', hour, minute, second, fraction, half, offset] = match ?? [];
  // `15 Apr 21` ends with a year, not with an hour.
  if (match === null || (minute === undefined && half === undefined)) return { day: plain, time: {} };
  return {
    day: plain.slice(0, -whole.length).replace(/,$/, ''),
    time: { hour, minute, second, fraction, half, offset },
  };
}

function parse(text: string, { order, timeZone }: DateScope): DateTime | undefined {
  if (text.trim().length > LONGEST) return undefined;
  const serial = readSerial(text.trim(), timeZone);
  if (serial !== undefined) return serial;
  const { day, time } = apart(text);
  const date = readDay(day, order) ?? readDay(withoutWeekday(day), order);
  return date && made(date, time, timeZone);
}

const readDay = (text: string, order: DateOrder) => readFigures(text, order) ?? readNames(text);

function withoutWeekday(text: string): string {
  const [, word = '', rest = ''] = /^([\p{L}-]+)[.,]*\s+(.+)$/u.exec(text) ?? [];
  return weekdays.has(plainWords(word)) ? rest : '';
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function readFigures(text: string, order: DateOrder): Day | undefined {
  const first = yearFirst.exec(text);
  if (first !== null) return { year: Number(first[1]), month: Number(first[3]), day: Number(first[4]) };
  const dense = compact.exec(text);
  if (dense !== null) return { year: Number(dense[1]), month: Number(dense[2]), day: Number(dense[3]) };
  const last = yearLast.exec(text);
  if (last === null) return undefined;
  const [, one = '', mark, two, three = ''] = last;
  if (order === 'ymd' && three.length === 2) return { year: fullYear(one), month: Number(two), day: Number(three) };
  const [day, month] = order === 'mdy' && mark !== '.' ? [two, one] : [one, two];
  return { year: fullYear(three), month: Number(month), day: Number(day) };
}

const particles = new Set(['de', 'del', 'di', 'of', 'the', 'el', 'il', 'r', 'roku', 'dnia', 'em', 'on']);

/** `15 Apr 2021`, `Apr 15th, 2021`, `15 de abril de 2021`, `czwartek, 15 kwietnia 2021 r.`, `2021-Apr-15`. */
function readNames(text: string): Day | undefined {
  const said = plainWords(text)
    .split(' ')
    .filter((word) => !particles.has(word));
  const at = said.findIndex((word) => monthNamed.has(word));
  const month = monthNamed.get(said[at] ?? '');
  if (said.length !== 3 || month === undefined) return undefined;
  const [one = '', two = ''] = said.filter((_, index) => index !== at);
  const [day, year] = /^\d{4}$/.test(one) ? [two, one] : [one, two];
  const number = /^(\d{1,2})(st|nd|rd|th|o|a|er|º|ª)?$/.exec(day)?.[1];
  if (number === undefined || !/^(\d{4}|\d{2})$/.test(year)) return undefined;
  return { year: fullYear(year), month, day: Number(number) };
}

/** The days of a spreadsheet since 1900, of years that records have: 10000 is in 1927, 99999 in 2173. */
export function isSerial(text: string): boolean {
  return /^[1-9]\d{4}([.,]\d+)?$/.test(text);
}

const DAY_SECONDS = 86_400;

function readSerial(text: string, timeZone: string): DateTime | undefined {
  if (!isSerial(text)) return undefined;
  const days = Number(text.replace(',', '.'));
  const midnight = DateTime.fromObject({ year: 1899, month: 12, day: 30 }, { zone: timeZone }).plus({
    days: Math.floor(days),
  });
  const seconds = Math.round((days % 1) * DAY_SECONDS);
  return midnight.set({
    hour: Math.floor(seconds / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
  });
}

function made(
  date: Day,
  { hour, minute, second, fraction, half, offset }: Time,
  timeZone: string,
): DateTime | undefined {
  const millisecond = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const time = { hour: fullHour(hour, half), minute: Number(minute ?? 0), second: Number(second ?? 0), millisecond };
  const moment = DateTime.fromObject({ ...date, ...time }, { zone: zoneOf(offset) ?? timeZone });
  return moment.isValid && moment.year >= 1000 ? moment : undefined;
}

function zoneOf(offset: string | undefined): string | undefined {
  if (offset === undefined) return undefined;
  const [, sign, hours = '', minutes = '00'] = /([+-])(\d{1,2}):?(\d\d)?$/.exec(offset) ?? [];
  return sign === undefined ? 'UTC' : `UTC${sign}${hours}:${minutes}`;
}

function fullYear(year: string): number {
  if (year.length === 4) return Number(year);
  return Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

function fullHour(hour: string | undefined, half: string | undefined): number {
  const number = Number(hour ?? 0);
  return half === undefined ? number : (number % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
