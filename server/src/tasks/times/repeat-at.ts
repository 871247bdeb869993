import type { WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import {
  dateOf,
  isWorkingTime,
  nextDay,
  nextWorkingMoment,
  startOfDay,
} from '@signalbox/automation/kit/values/calendar.ts';
import { atTimeOfDay } from '@signalbox/automation/kit/values/time.ts';
import type { TaskRepeat } from '@signalbox/contract/tasks.ts';

interface Repeating {
  /** When the one before was to be made. */
  readonly from: Date;
  /** The next one comes after this moment: what was missed is not made up for. */
  readonly after: Date;
  readonly workspace: Pick<WorkspaceFacts, 'calendar' | 'timeZone'>;
}

const DAY_MS = 86_400_000;
const MOST_STEPS = 4_000;

/** The first moment after `after` at which the rule wants another one; null: none any more. */
export function repeatAt(repeat: TaskRepeat | null, { from, after, workspace }: Repeating): Date | null {
  if (repeat === null) return null;
  const start = dateOf(from.getTime(), workspace.timeZone);
  let day = start;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    day = next[repeat.every](day, { repeat, start });
    if (repeat.until != null && day > repeat.until) return null;
    const at = momentOn(day, repeat, workspace);
    if (at > after.getTime()) return new Date(at);
  }
  return null;
}

interface Step {
  readonly repeat: TaskRepeat;
  readonly start: string;
}

/** The next of its days, as `2026-12-01`. */
const next: Readonly<Record<TaskRepeat['every'], (day: string, step: Step) => string>> = {
  day: (day, { repeat }) => plusDays(day, repeat.interval),
  week: (day, { repeat, start }) => {
    const days = repeat.every === 'week' ? repeat.weekdays : [];
    let found = nextDay(day);
    while (!days.includes(weekdayOf(found)) || weeksBetween(start, found) % repeat.interval !== 0)
      found = nextDay(found);
    return found;
  },
  month: (day, { repeat }) => {
    const wanted = repeat.every === 'month' ? repeat.day : 1;
    const [year = 0, month = 1] = day.split('-').map(Number);
    const here = dayOfMonth(year, month, wanted);
    return here > day && day.slice(8) !== here.slice(8) ? here : dayOfMonth(year, month + repeat.interval, wanted);
  },
};

function dayOfMonth(year: number, month: number, wanted: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - 1, Math.min(wanted, last)));
}

function momentOn(day: string, repeat: TaskRepeat, { calendar, timeZone }: Repeating['workspace']): number {
  const at = atTimeOfDay(startOfDay(day, timeZone), repeat.at, timeZone);
  const onlyWorkingDays = repeat.every === 'day' && repeat.workingDays && calendar !== null;
  if (!onlyWorkingDays || isWorkingTime(calendar, timeZone, at)) return at;
  const working = nextWorkingMoment(calendar, timeZone, at);
  if (working === null || dateOf(working, timeZone) === day) return at;
  return atTimeOfDay(working, repeat.at, timeZone);
}

function plusDays(day: string, count: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function weeksBetween(start: string, day: string): number {
  const monday = (one: string) => Date.parse(`${one}T00:00:00Z`) - (weekdayOf(one) - 1) * DAY_MS;
  return Math.round((monday(day) - monday(start)) / (7 * DAY_MS));
}
