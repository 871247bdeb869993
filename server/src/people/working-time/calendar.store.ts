import type { Stretch, WorkingCalendar } from '@signalbox/automation/kit/values/calendar.ts';
import { type CalendarBody, calendarBody, type DayHours, weekdays } from '@signalbox/contract/people/working-time.ts';
import type { Tx } from '../../platform/db.ts';
import { holidayDates } from './holidays.ts';

const office: DayHours = [{ from: '09:00', to: '18:00' }];
/** What counts until somebody sets a calendar up. */
export const usualCalendar: CalendarBody = {
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] },
  country: null,
  daysOff: [],
  daysOn: [],
};

export async function findCalendar(tx: Tx, workspaceId: number): Promise<CalendarBody> {
  const row = await tx
    .selectFrom('working_calendars')
    .select(['week', 'country', 'days_off as daysOff', 'days_on as daysOn'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row === undefined ? usualCalendar : calendarBody.parse(row);
}

export async function saveCalendar(tx: Tx, workspaceId: number, calendar: CalendarBody): Promise<void> {
  const columns = {
    week: JSON.stringify(calendar.week),
    country: calendar.country,
    days_off: JSON.stringify(calendar.daysOff),
    days_on: JSON.stringify(calendar.daysOn),
  };
  await tx
    .insertInto('working_calendars')
    .values({ workspace_id: workspaceId, ...columns })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(columns))
    .execute();
  if (calendar.timeZone === undefined) return;
  await tx.updateTable('workspaces').set({ time_zone: calendar.timeZone }).where('id', '=', workspaceId).execute();
}

/** As the engine reads it: a day that is worked beats a day off, a day off beats the week (semantics.md 5.4). */
export function toWorkingCalendar({ week, country, daysOff, daysOn }: CalendarBody): WorkingCalendar {
  const free = [...(country === null ? [] : holidayDates(country)), ...daysOff.map(({ date }) => date)];
  return {
    week: weekdays.map((day) => week[day].map(toStretch)),
    exceptions: Object.fromEntries([
      ...free.map((date): [string, Stretch[]] => [date, []]),
      ...daysOn.map(({ date, hours }): [string, Stretch[]] => [date, hours.map(toStretch)]),
    ]),
  };
}

function toStretch({ from, to }: DayHours[number]): Stretch {
  return { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
