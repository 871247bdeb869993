import type { PersonFacts, WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import { isWorkingTime, lastWorkingMoment } from '@signalbox/automation/kit/values/calendar.ts';
import type { TaskReminder } from '@signalbox/contract/tasks.ts';

interface Reminding {
  readonly deadline: Date | null;
  readonly reminder: TaskReminder | null;
  /** Who is reminded; absent: company hours count alone. */
  readonly person: PersonFacts | undefined;
  readonly workspace: Pick<WorkspaceFacts, 'calendar' | 'timeZone'>;
}

const MINUTE_MS = 60_000;
const MOST_ABSENCES = 100;

/**
 * When the responsible is reminded: so many minutes before the deadline, and, where working time counts, at the last moment until then at
 * which they are at work. Null: never.
 */
export function remindAt({ deadline, reminder, person, workspace }: Reminding): Date | null {
  if (deadline === null || reminder === null) return null;
  const asked = deadline.getTime() - reminder.minutes * MINUTE_MS;
  return new Date(reminder.workingTime ? atWorkUntil(asked, { person, workspace }) : asked);
}

function atWorkUntil(asked: number, { person, workspace }: Pick<Reminding, 'person' | 'workspace'>): number {
  const { calendar, timeZone } = workspace;
  const absences = person?.presence?.absences ?? [];
  let at = asked;
  for (let looked = 0; looked < MOST_ABSENCES; looked += 1) {
    if (calendar !== null && !isWorkingTime(calendar, timeZone, at))
      at = lastWorkingMoment(calendar, timeZone, at) ?? at;
    const absence = absences.find(({ from, to }) => from <= at && at < to);
    if (absence === undefined) return at;
    at = absence.from - 1_000;
  }
  return asked;
}
