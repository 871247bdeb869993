import { DateTime, IANAZone } from 'luxon';
import type { Duration } from './durations.ts';
import type { Instant } from './values.ts';

/** Whether a text is a day of the calendar, `2026-02-28`; no 31 February. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const moment = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().slice(0, 10) === value;
}

/** The instant of a date (00:00 in the zone) or date-time value; undefined when it is neither. */
export function instantOf(value: unknown, timeZone: string): Instant | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  // As the database gives them, and much faster than the general way.
  const plain = value.endsWith('Z') && value.length === 24 ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(plain) && new Date(plain).toISOString() === value) return plain;
  const moment = DateTime.fromISO(value.replace(' ', 'T'), { zone: timeZone });
  if (!moment.isValid) return undefined;
  return /([zZ]|[+-]\d{2}:?\d{2})$/.test(value.slice(10)) ? moment.toMillis() : firstOf(moment);
}

/**
 * Days are calendar days at the same wall time, shorter units exact. A wall time that daylight saving skips moves
 * forward, a doubled one means the first (semantics.md, preamble).
 */
export function shift(
  from: Instant,
  duration: Duration,
  options: { readonly sign: 1 | -1; readonly timeZone: string },
): Instant {
  const count = duration.count * options.sign;
  if (count === 0) return from;
  if (duration.unit !== 'days') return from + count * exactMs[duration.unit];
  return firstOf(DateTime.fromMillis(from, { zone: options.timeZone }).plus({ days: count }));
}

/** The same day at another time of day, `HH:mm` or `HH:mm:ss`. */
export function atTimeOfDay(on: Instant, time: string, timeZone: string): Instant {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const { year, month, day } = DateTime.fromMillis(on, { zone: timeZone });
  return firstOf(DateTime.fromObject({ year, month, day, hour, minute, second }, { zone: timeZone }));
}

/** Seconds since midnight on the wall clock. */
export function secondOfDay(at: Instant, timeZone: string): number {
  const { hour, minute, second } = DateTime.fromMillis(at, { zone: timeZone });
  return hour * 3600 + minute * 60 + second;
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(at: Instant, timeZone: string): number {
  return DateTime.fromMillis(at, { zone: timeZone }).weekday;
}

// Between the years 500 and 3400 an ISO date has four digits; what lies beyond goes the general way.
const PLAIN_MS = Date.UTC(3400, 0);

/** `2026-11-21 09:05`, as templates show a moment. */
export function wallText(at: Instant, timeZone: string): string {
  const offsetMs = IANAZone.create(timeZone).offset(at) * 60_000;
  if (!(Math.abs(at + offsetMs) < PLAIN_MS))
    return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
  return new Date(at + offsetMs).toISOString().slice(0, 16).replace('T', ' ');
}

const exactMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };

function firstOf(moment: DateTime): Instant {
  return Math.min(...moment.getPossibleOffsets().map((possible) => possible.toMillis()));
}
