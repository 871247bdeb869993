import { momentOf, toldDate } from '@signalbox/automation/kit/conditions/compare.ts';
import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { parseDuration } from '@signalbox/automation/kit/values/durations.ts';
import { isDay, shift } from '@signalbox/automation/kit/values/time.ts';
import { listOf } from './narrow-people.ts';
import type { NarrowScope } from './narrowing.ts';

export interface Bounds<T> {
  readonly least?: T | undefined;
  readonly most?: T | undefined;
}

/** Between what a value lies, the ends included; undefined when the operator asks for something else. */
export function boundsOf({ is, value }: ConditionPart): Bounds<unknown> | undefined {
  const [first, second] = listOf(value);
  if (is === 'equals') return { least: value, most: value };
  if (is === 'greater' || is === 'at least') return { least: value };
  if (is === 'less' || is === 'at most') return { most: value };
  return is === 'between' ? { least: first, most: second } : undefined;
}

/** The same in epoch milliseconds; an end that is no moment is left out. */
export function momentsOf(part: ConditionPart, { reference, at }: NarrowScope): Bounds<number> {
  const { timeZone } = reference.workspace;
  if (part.is === 'within last' || part.is === 'within next') {
    const duration = parseDuration(String(part.value));
    if (duration === undefined) return {};
    const end = shift(at, duration, { sign: part.is === 'within last' ? -1 : 1, timeZone });
    return { least: Math.min(at, end), most: Math.max(at, end) };
  }
  const { least, most } = boundsOf(part) ?? {};
  const [first, last] = [toldDate(least, at, timeZone), toldDate(most, at, timeZone)];
  // A moment is at most a day until that day has ended.
  const end = isDay(last) ? shift(momentOf(last, timeZone) ?? at, wholeDay, { sign: 1, timeZone }) : undefined;
  return { least: momentOf(first, timeZone), most: end ?? momentOf(last, timeZone) };
}

const wholeDay = { count: 1, unit: 'days' } as const;

/** RFC 3339, a millisecond to either side: the database counts microseconds. */
export function timesOf(part: ConditionPart, scope: NarrowScope): Bounds<string> {
  const { least, most } = momentsOf(part, scope);
  return { least: isoOf(least, -1), most: isoOf(most, 1) };
}

const DAY_MS = 86_400_000;

/** Dates, two days to either side: whatever the time zone. */
export function datesOf(part: ConditionPart, scope: NarrowScope): Bounds<string> {
  const { least, most } = momentsOf(part, scope);
  return { least: isoOf(least, -2 * DAY_MS)?.slice(0, 10), most: isoOf(most, 2 * DAY_MS)?.slice(0, 10) };
}

const FIRST_MS = Date.UTC(1000, 0);
const LAST_MS = Date.UTC(9999, 0);

// Years of four digits alone sort as text, and are known to PostgreSQL as we write them.
function isoOf(moment: number | undefined, slackMs: number): string | undefined {
  if (moment === undefined || !(moment > FIRST_MS && moment < LAST_MS)) return undefined;
  return new Date(Math.trunc(moment + slackMs)).toISOString();
}
