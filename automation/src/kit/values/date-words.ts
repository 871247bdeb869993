import { DateTime } from 'luxon';
import type { Instant } from './values.ts';

const spans = ['week', 'month', 'quarter', 'year'] as const;
const units = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const;
export type DateSpan = (typeof spans)[number];
export type DateUnit = (typeof units)[number];

/** A day in words, told anew whenever it is asked for: `today`, `today + 7 days`, `start of month`, `now - 2 hours`. */
export interface DateWords {
  readonly from: 'now' | 'today' | 'yesterday' | 'tomorrow' | `start of ${DateSpan}` | `end of ${DateSpan}`;
  /** Negative: before. */
  readonly shift: { readonly count: number; readonly unit: DateUnit } | null;
}

const shape =
  /^(now|today|yesterday|tomorrow|start of (?:week|month|quarter|year)|end of (?:week|month|quarter|year))(?:\s*([+-])\s*(\d{1,5})\s*(minute|hour|day|week|month|year)s?)?$/;
const known = new Map<string, DateWords | undefined>();
const MOST_KNOWN = 1_000;

/** Undefined when the text is no such words. Minutes and hours are counted from `now` only: the others are days. */
export function parseDateWords(given: unknown): DateWords | undefined {
  if (typeof given !== 'string' || given.length > 60) return undefined;
  if (known.has(given)) return known.get(given);
  if (known.size >= MOST_KNOWN) known.clear();
  const words = read(given.trim().toLowerCase().replace(/\s+/g, ' '));
  known.set(given, words);
  return words;
}

function read(text: string): DateWords | undefined {
  const [, from, sign, count, word] = shape.exec(text) ?? [];
  const start = from === undefined ? undefined : starts.find((one) => one === from);
  if (start === undefined) return undefined;
  const unit = units.find((one) => one === `${word}s`);
  if (unit === undefined) return { from: start, shift: null };
  if ((unit === 'minutes' || unit === 'hours') && start !== 'now') return undefined;
  return { from: start, shift: { count: Number(`${sign}${count}`), unit } };
}

const starts: readonly DateWords['from'][] = [
  ...(['now', 'today', 'yesterday', 'tomorrow'] as const),
  ...spans.flatMap((span) => [`start of ${span}`, `end of ${span}`] as const),
];

/** The words as `parseDateWords` reads them again. */
export function formatDateWords({ from, shift }: DateWords): string {
  if (shift === null || shift.count === 0) return from;
  const count = Math.abs(shift.count);
  return `${from} ${shift.count < 0 ? '-' : '+'} ${count} ${count === 1 ? shift.unit.slice(0, -1) : shift.unit}`;
}

/** What the words mean at a moment: a day of the zone, `2026-11-21`, or of `now` the moment itself in RFC 3339. */
export function resolveDateWords({ from, shift }: DateWords, at: Instant, timeZone: string): string {
  const start = startOf(from, DateTime.fromMillis(at, { zone: timeZone }));
  const moved = shift === null ? start : start.plus({ [shift.unit]: shift.count });
  return from === 'now' ? new Date(moved.toMillis()).toISOString() : moved.toFormat('yyyy-MM-dd');
}

function startOf(from: DateWords['from'], now: DateTime): DateTime {
  if (from === 'now' || from === 'today') return now;
  if (from === 'yesterday') return now.minus({ days: 1 });
  if (from === 'tomorrow') return now.plus({ days: 1 });
  const span = spans.find((one) => from.endsWith(one)) ?? 'month';
  return from.startsWith('start') ? now.startOf(span) : now.endOf(span);
}
