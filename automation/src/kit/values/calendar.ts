import { DateTime } from 'luxon';
import { instantOf, secondOfDay } from './time.ts';
import type { Instant } from './values.ts';

/** Working hours of one day on the wall clock: whole minutes since midnight, `to` at most 1440, never over midnight. */
export interface Stretch {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The company calendar (semantics.md 5.4); days are of the workspace's time zone. */
export interface WorkingCalendar {
  /** Monday first, always seven; the stretches of a day in order, without overlap. */
  readonly week: readonly (readonly Stretch[])[];
  /** Days that are not like their weekday, by date (`2026-12-24`): holidays and own days off have no stretches. */
  readonly exceptions: Readonly<Record<string, readonly Stretch[]>>;
}

/** A day without work is looked over; after two years of them it is taken that none comes. */
const FARTHEST_DAYS = 731;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

export function isWorkingTime(calendar: WorkingCalendar, timeZone: string, at: Instant): boolean {
  return spansOf(calendar, timeZone, dateOf(at, timeZone)).some(({ from, to }) => from <= at && at < to);
}

/** The first moment of working time that is not earlier than `at`; null when there is none within two years. */
export function nextWorkingMoment(calendar: WorkingCalendar, timeZone: string, at: Instant): Instant | null {
  const span = nextSpan(calendar, timeZone, (one) => one.to > at, dateOf(at, timeZone));
  return span === null ? null : Math.max(span.from, at);
}

/** The last moment of working time that is not later than `at`, to the second; null when there is none within two years. */
export function lastWorkingMoment(calendar: WorkingCalendar, timeZone: string, at: Instant): Instant | null {
  for (let day = dateOf(at, timeZone), looked = 0; looked < FARTHEST_DAYS; day = previousDay(day), looked += 1) {
    const span = spansOf(calendar, timeZone, day).findLast(({ from }) => from <= at);
    if (span !== undefined) return Math.min(at, span.to - SECOND_MS);
  }
  return null;
}

/** When work begins next, later than `at`: the next day or after a break; null when it does not within two years. */
export function nextWorkStart(calendar: WorkingCalendar, timeZone: string, at: Instant): Instant | null {
  return nextSpan(calendar, timeZone, (one) => one.from > at, dateOf(at, timeZone))?.from ?? null;
}

/**
 * `count` working days later at the same wall time, counted from the next working moment: Friday 16:00 and one day is Monday
 * 16:00, Saturday and one day is Tuesday's start. Null when there are not so many within reach.
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  timeZone: string,
  { from, count }: { readonly from: Instant; readonly count: number },
): Instant | null {
  return walkDays(calendar, timeZone, { from, count, step: (day) => nextWorkingDay(calendar, nextDay(day)) });
}

/**
 * `count` working days earlier at the same wall time. A date on which nobody works, or its 00:00, stands for the next working moment:
 * a day before Monday is Friday's start, and so is a day before Saturday. Null when there are not so many within reach.
 */
export function subtractWorkingDays(
  calendar: WorkingCalendar,
  timeZone: string,
  { from, count }: { readonly from: Instant; readonly count: number },
): Instant | null {
  return walkDays(calendar, timeZone, { from, count, step: (day) => lastWorkingDay(calendar, previousDay(day)) });
}

interface Walk {
  readonly from: Instant;
  readonly count: number;
  /** The working day beside one; null: none within reach. */
  step(day: string): string | null;
}

function walkDays(calendar: WorkingCalendar, timeZone: string, { from, count, step }: Walk): Instant | null {
  if (count === 0) return from;
  const start = nextWorkingMoment(calendar, timeZone, from);
  let day = start === null ? null : dateOf(start, timeZone);
  for (let counted = 0; day !== null && counted < count; counted += 1) day = step(day);
  return start === null || day === null ? null : sameWallTime(start, day, timeZone);
}

/** How much working time lies between two instants, in milliseconds. */
export function workingMsBetween(
  calendar: WorkingCalendar,
  timeZone: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): number {
  let sum = 0;
  for (let day = dateOf(from, timeZone); startOfDay(day, timeZone) < to; day = nextDay(day))
    for (const span of spansOf(calendar, timeZone, day))
      sum += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
  return sum;
}

/** 00:00 of a date; the first moment of the day where daylight saving skips midnight. */
export function startOfDay(date: string, timeZone: string): Instant {
  return instantOf(date, timeZone) ?? Number.NaN;
}

export function nextDay(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}

function previousDay(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
}

/** The date on the wall, `2026-11-21`. */
export function dateOf(at: Instant, timeZone: string): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

function stretchesOn({ week, exceptions }: WorkingCalendar, date: string): readonly Stretch[] {
  return exceptions[date] ?? week[(new Date(Date.parse(date)).getUTCDay() + 6) % 7] ?? [];
}

// Hours that daylight saving skips as a whole are no working time that day.
function spansOf(calendar: WorkingCalendar, timeZone: string, date: string): readonly Span[] {
  return stretchesOn(calendar, date)
    .map(({ fromMinute, toMinute }) => ({
      from: wallMoment(date, fromMinute, timeZone),
      to: wallMoment(date, toMinute, timeZone),
    }))
    .filter(({ from, to }) => from < to);
}

function nextSpan(
  calendar: WorkingCalendar,
  timeZone: string,
  fits: (span: Span) => boolean,
  first: string,
): Span | null {
  for (let day = first, looked = 0; looked < FARTHEST_DAYS; day = nextDay(day), looked += 1) {
    const span = spansOf(calendar, timeZone, day).find(fits);
    if (span !== undefined) return span;
  }
  return null;
}

const nextWorkingDay = (calendar: WorkingCalendar, first: string) => findWorkingDay(calendar, first, nextDay);
const lastWorkingDay = (calendar: WorkingCalendar, first: string) => findWorkingDay(calendar, first, previousDay);

function findWorkingDay(calendar: WorkingCalendar, first: string, step: (day: string) => string): string | null {
  for (let day = first, looked = 0; looked < FARTHEST_DAYS; day = step(day), looked += 1)
    if (stretchesOn(calendar, day).length > 0) return day;
  return null;
}

function wallMoment(date: string, minute: number, timeZone: string): Instant {
  if (minute >= 1440) return startOfDay(nextDay(date), timeZone);
  return instantOf(`${date}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`, timeZone) ?? Number.NaN;
}

function sameWallTime(at: Instant, date: string, timeZone: string): Instant {
  const second = secondOfDay(at, timeZone);
  const minute = wallMoment(date, Math.floor(second / 60), timeZone);
  return minute + (second % 60) * 1_000 + (at % 1_000);
}

const twoDigits = (count: number) => String(count).padStart(2, '0');
