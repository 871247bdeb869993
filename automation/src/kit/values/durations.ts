import { z } from 'zod';
import { isRecord } from './values.ts';

export const durationUnits = ['seconds', 'minutes', 'hours', 'days'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A whole number of one unit, from 0 (semantics.md 5.3). Days are calendar days, the others exact. */
export interface Duration {
  readonly count: number;
  readonly unit: DurationUnit;
}

// A hundred years: beyond it there are moments that no calendar and no database knows.
const most = { seconds: 3_155_760_000, minutes: 52_596_000, hours: 876_600, days: 36_525 };

/** Reads `10 minutes`, `1 day`; undefined when it is not a duration. */
export function parseDuration(text: string): Duration | undefined {
  const found = /^\s*(\d+)\s+([a-z]+)\s*$/.exec(text.toLowerCase());
  const word = found?.[2];
  const unit = durationUnits.find((known) => known === word || known === `${word}s`);
  const count = Number(found?.[1]);
  return unit === undefined || count > most[unit] ? undefined : { count, unit };
}

export function isDuration(value: unknown): value is Duration {
  return isRecord(value) && typeof value.count === 'number' && durationUnits.some((unit) => unit === value.unit);
}

/** The text that `parseDuration` reads back. */
export function formatDuration(duration: Duration): string {
  return `${duration.count} ${duration.count === 1 ? duration.unit.slice(0, -1) : duration.unit}`;
}

export const durationText = z.string().transform((text, context): Duration => {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  context.addIssue({ code: 'custom', message: 'Expected a duration such as "10 minutes" or "2 days"' });
  return z.NEVER;
});
