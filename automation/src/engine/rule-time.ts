import { z } from 'zod';
import { type Duration, durationText, formatDuration } from '../kit/values/durations.ts';
import { isDay } from '../kit/values/time.ts';
import { isRecord } from '../kit/values/values.ts';

/** What a rule with a date field does while the field is empty (semantics.md 5.3). */
export type WhenEmpty = 'wait' | 'now' | 'skip';

export type RuleTime =
  | { readonly is: 'immediately' }
  | { readonly is: 'after'; readonly duration: Duration; readonly field: string | null; readonly empty: WhenEmpty }
  | { readonly is: 'before'; readonly duration: Duration; readonly field: string; readonly empty: WhenEmpty }
  | { readonly is: 'at'; readonly field: string; readonly time: string | null; readonly empty: WhenEmpty }
  /** A day of the calendar, the same for every item; without a time of day at its beginning. */
  | { readonly is: 'on'; readonly date: string; readonly time: string | null };

export interface RuleTimeEntry {
  readonly after?: string;
  readonly before?: string;
  readonly field?: string;
  readonly at?: { readonly field?: string; readonly date?: string; readonly time?: string };
  readonly empty?: WhenEmpty;
}

const empty = z.enum(['wait', 'now', 'skip']).default('wait');
const field = z.string().min(1);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'Expected a time of day such as "09:00"');

const after = z.strictObject({ after: durationText, field: field.optional(), empty });
const before = z.strictObject({ before: durationText, field, empty });
const at = z.strictObject({ at: z.strictObject({ field, time: timeOfDay.optional() }), empty });
const day = z.string().refine(isDay, 'Expected a day such as "2026-12-31"');
const on = z.strictObject({ at: z.strictObject({ date: day, time: timeOfDay.optional() }) });

/** The `time` of the automation file (interfaces.md). */
export const ruleTime = z.unknown().transform((given, context): RuleTime => {
  const parsed = shapeFor(given).safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue({ ...issue, input: undefined });
  return z.NEVER;
});

/** What stands in the file for a time; undefined for immediately. */
export function ruleTimeEntry(time: RuleTime): RuleTimeEntry | undefined {
  if (time.is === 'immediately') return undefined;
  if (time.is === 'on') return { at: { date: time.date, ...(time.time === null ? {} : { time: time.time }) } };
  const whenEmpty = time.empty === 'wait' ? {} : { empty: time.empty };
  if (time.is === 'at')
    return { at: { field: time.field, ...(time.time === null ? {} : { time: time.time }) }, ...whenEmpty };
  const base = time.field === null ? {} : { field: time.field };
  return { [time.is]: formatDuration(time.duration), ...base, ...whenEmpty };
}

function shapeFor(given: unknown): z.ZodType<RuleTime> {
  const has = (key: string) => typeof given === 'object' && given !== null && key in given;
  if (given === undefined || given === null || given === 'immediately')
    return z.unknown().transform(() => ({ is: 'immediately' as const }));
  if (isRecord(given) && isRecord(given.at) && 'date' in given.at)
    return on.transform((time) => ({ is: 'on' as const, date: time.at.date, time: time.at.time ?? null }));
  if (has('at'))
    return at.transform((time) => ({
      is: 'at' as const,
      field: time.at.field,
      time: time.at.time ?? null,
      empty: time.empty,
    }));
  if (has('before'))
    return before.transform((time) => ({
      is: 'before' as const,
      duration: time.before,
      field: time.field,
      empty: time.empty,
    }));
  return after.transform((time) => ({
    is: 'after' as const,
    duration: time.after,
    field: time.field ?? null,
    empty: time.empty,
  }));
}
