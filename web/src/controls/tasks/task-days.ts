import { addDays, dayOf, daysBetween, startOf, type WeekBegins, weekOf } from '../../ui/inputs/days.ts';

export const dayGroups = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none'] as const;
export type DayGroup = (typeof dayGroups)[number];

/** The group of days in which a deadline lies: what is past is overdue, today or not. */
export function dayGroupOf(deadline: string | null, now: Date, begins: WeekBegins): DayGroup {
  if (deadline === null) return 'none';
  const at = new Date(deadline);
  if (at < now) return 'overdue';
  const days = daysBetween(dayOf(now), dayOf(at));
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return weekOf(dayOf(now), begins).includes(dayOf(at)) ? 'week' : 'later';
}

/** The day that a new task of a group is due on; null for those without, undefined where none is meant. */
export function dayOfGroup(group: DayGroup, now: Date, begins: WeekBegins): string | null | undefined {
  const today = dayOf(now);
  if (group === 'today') return today;
  if (group === 'tomorrow') return addDays(today, 1);
  if (group === 'none') return null;
  const [lastOfWeek = today] = weekOf(today, begins).toReversed();
  if (group === 'week') return daysBetween(today, lastOfWeek) > 1 ? lastOfWeek : undefined;
  return group === 'later' ? addDays(today, 7) : undefined;
}

const WORK_ENDS_HOUR = 18;

/** The deadline on a day when nobody said at what time: at the end of work, or of the day if that is past. */
export function deadlineOn(day: string, now: Date): string {
  const at = startOf(day);
  at.setHours(WORK_ENDS_HOUR);
  if (at <= now) at.setHours(23, 59);
  return at.toISOString();
}

/** The same time of another day. */
export function movedTo(day: string, deadline: string): string {
  const was = new Date(deadline);
  const at = startOf(day);
  at.setHours(was.getHours(), was.getMinutes(), was.getSeconds());
  return at.toISOString();
}
