import { nextDay, nextWorkingMoment, nextWorkStart, startOfDay, type WorkingCalendar } from './calendar.ts';
import type { Instant } from './values.ts';

/** What is known of a person's being at work (semantics.md 5.4). */
export interface Presence {
  /** The latest work day; null: there never was one. */
  readonly workDay: {
    readonly startedAt: Instant;
    readonly state: 'open' | 'paused' | 'ended';
    /** When it last changed. */
    readonly changedAt: Instant;
  } | null;
  /** Leaves, from 00:00 of the first day to 00:00 of the day after the last. */
  readonly absences: readonly { readonly from: Instant; readonly to: Instant }[];
}

const HOUR_MS = 3_600_000;
/** Who has not touched the work day for so long does not use it: they count as at work in company hours. */
export const WORK_DAY_LAPSES_MS = 14 * 24 * HOUR_MS;
/** A day that nobody ended counts as ended then. */
export const FORGOTTEN_DAY_MS = 16 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

export interface PresenceQuestion {
  /** Undefined: nobody is responsible, or somebody who has left the company. */
  readonly presence: Presence | undefined;
  readonly calendar: WorkingCalendar | null;
  readonly timeZone: string;
  readonly now: Instant;
}

export function isAbsent({ absences }: Pick<Presence, 'absences'>, at: Instant): boolean {
  return absences.some(({ from, to }) => from <= at && at < to);
}

/**
 * When the person can be taken to be at work, not earlier than `at`; null when no working time comes. Of a later moment only
 * leaves are known: it is asked again then. Who is not at work now is looked for when work begins next, so that nothing waits for ever.
 */
export function nextAtWork(at: Instant, { presence, calendar, timeZone, now }: PresenceQuestion): Instant | null {
  const absence = presence?.absences.find(({ from, to }) => from <= at && at < to);
  if (absence !== undefined) return absence.to;
  if (presence === undefined || !usesWorkDay(presence, at))
    return calendar === null ? at : nextWorkingMoment(calendar, timeZone, at);
  if (at > now || hasOpenDay(presence, now)) return at;
  return calendar === null ? at + DAY_MS : nextWorkStart(calendar, timeZone, at);
}

function usesWorkDay({ workDay }: Presence, at: Instant): boolean {
  return workDay !== null && at - workDay.changedAt < WORK_DAY_LAPSES_MS;
}

function hasOpenDay({ workDay }: Presence, at: Instant): boolean {
  return workDay?.state === 'open' && at - workDay.startedAt < FORGOTTEN_DAY_MS;
}

/** The moments of a leave given as its first and last day. */
export function absenceOf(days: { readonly from: string; readonly to: string }, timeZone: string) {
  return { from: startOfDay(days.from, timeZone), to: startOfDay(nextDay(days.to), timeZone) };
}
