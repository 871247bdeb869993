import { z } from 'zod';
import { id, language, listOf, name, person, personRef, time } from '../common.ts';
import { timeZone } from './setup.ts';

/** `09:00`; the end of a day is `24:00`. */
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time of day like 09:00');

const stretch = z.strictObject({ from: timeOfDay, to: timeOfDay }).refine(({ from, to }) => from < to, {
  path: ['to'],
  error: 'Must be later than the beginning; what goes over midnight is written on both days',
  params: { code: 'order' },
});

/** Several stretches of a day, in order, none over midnight. */
const dayHours = z
  .array(stretch)
  .max(10)
  .refine((stretches) => stretches.every(({ from }, at) => at === 0 || from >= (stretches[at - 1]?.to ?? '')), {
    error: 'The hours of a day stand in order and do not overlap',
    params: { code: 'overlap' },
  });
export type DayHours = z.infer<typeof dayHours>;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
const week = z
  .strictObject({
    ...{ mon: dayHours, tue: dayHours, wed: dayHours, thu: dayHours, fri: dayHours, sat: dayHours, sun: dayHours },
  })
  .refine((days) => Object.values(days).some((hours) => hours.length > 0), {
    error: 'On one day of the week at least there is work',
    params: { code: 'no-work' },
  });

const date = z.iso.date();
const country = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'An ISO 3166 code like PL, with a region behind it like DE-BY');
const dayOff = z.strictObject({ date, name: z.string().trim().max(200).default('') });
const dayOn = z.strictObject({ date, hours: dayHours.min(1) });

/** The company calendar, in the workspace's time zone (semantics.md 5.4). */
export const calendarBody = z.strictObject({
  week,
  /** The workspace's from now on; as it is when left out. */
  timeZone: timeZone.optional(),
  /** Of the public holidays: a country, or a region of it. */
  country: country.nullable().default(null),
  daysOff: z.array(dayOff).max(1_000).default([]),
  daysOn: z.array(dayOn).max(1_000).default([]),
});
export type CalendarBody = z.infer<typeof calendarBody>;
export const calendar = calendarBody.extend({ timeZone: z.string() });
export type Calendar = z.infer<typeof calendar>;

export const holiday = z.object({ date, name: z.string() });
/** The public holidays of the next twelve months. */
export const holidays = listOf(holiday);
export const holidaysQuery = z.strictObject({ country, language: language.default('en') });
const region = z.object({ code: country, name: z.string() });
export const countries = listOf(z.object({ code: country, regions: z.array(region) }));

export const workdaySteps = ['start', 'pause', 'resume', 'end'] as const;
export type WorkdayStep = (typeof workdaySteps)[number];
export const workdayBody = z.strictObject({ step: z.enum(workdaySteps) });
/** `none`: the work day has never been used. */
export const workday = z.object({
  state: z.enum(['none', 'open', 'paused', 'ended']),
  startedAt: time.nullable(),
  changedAt: time.nullable(),
  pausedSeconds: z.int(),
});
export type Workday = z.infer<typeof workday>;

/** The person's own if no employee is named; somebody else's only for administrators. First and last day included. */
export const absenceBody = z
  .strictObject({ employee: personRef.optional(), from: date, to: date, reason: name })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    error: 'Must not be before the first day',
    params: { code: 'order' },
  });
export const absence = z.object({ id, employee: person, from: date, to: date, reason: z.string() });
export type Absence = z.infer<typeof absence>;
export const absences = listOf(absence);
