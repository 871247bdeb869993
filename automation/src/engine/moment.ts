import { pathReader } from '../kit/conditions/paths.ts';
import type { ItemFacts, Results, WorkspaceFacts } from '../kit/facts.ts';
import { addWorkingDays, subtractWorkingDays } from '../kit/values/calendar.ts';
import type { Duration } from '../kit/values/durations.ts';
import { atTimeOfDay, instantOf, shift } from '../kit/values/time.ts';
import { type Instant, isEmpty } from '../kit/values/values.ts';
import type { PlacedRule } from './board.ts';
import type { RuleTime } from './rule-time.ts';

export interface MomentQuestion {
  readonly rule: Pick<PlacedRule, 'time' | 'hours'>;
  /** From entry, or from the end of the rule above. */
  readonly base: Instant;
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
  readonly results: Results;
}

/** The moment of a rule's time; `wait` or `skip` when its date is empty and it is set so (semantics.md 5.3). */
export function momentOf(question: MomentQuestion): Instant | 'wait' | 'skip' {
  const moment = unboundedMomentOf(question);
  return typeof moment === 'number' ? Math.min(Math.max(moment, earliest), latest) : moment;
}

// What the database can keep, whatever date somebody typed.
const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9999, 11, 30);

function unboundedMomentOf(question: MomentQuestion): Instant | 'wait' | 'skip' {
  const { time } = question.rule;
  const { timeZone } = question.workspace;
  if (time.is === 'immediately') return question.base;
  if (time.is === 'after' && time.field === null) return later(question.base, time.duration, question);

  if (time.is === 'on')
    return atTimeOfDay(instantOf(time.date, timeZone) ?? question.base, time.time ?? '00:00', timeZone);

  const date = dateOf(time, question);
  if (date === undefined) return time.empty === 'now' ? question.base : time.empty;
  if (time.is === 'at') return time.time === null ? date : atTimeOfDay(date, time.time, timeZone);
  return time.is === 'after' ? later(date, time.duration, question) : earlier(date, time.duration, question);
}

/** A delay in days counts working days when the rule respects working hours (semantics.md 5.4). */
function later(from: Instant, duration: Duration, { rule, workspace }: MomentQuestion): Instant {
  const { calendar, timeZone } = workspace;
  const calendarDays = shift(from, duration, { sign: 1, timeZone });
  if (duration.unit !== 'days' || calendar === null || !rule.hours.includes('company')) return calendarDays;
  return addWorkingDays(calendar, timeZone, { from, count: duration.count }) ?? calendarDays;
}

/** Days before a date are working days as well, counted backwards (semantics.md 5.4). */
function earlier(from: Instant, duration: Duration, { rule, workspace }: MomentQuestion): Instant {
  const { calendar, timeZone } = workspace;
  const calendarDays = shift(from, duration, { sign: -1, timeZone });
  if (duration.unit !== 'days' || calendar === null || !rule.hours.includes('company')) return calendarDays;
  return subtractWorkingDays(calendar, timeZone, { from, count: duration.count }) ?? calendarDays;
}

function dateOf(
  time: Extract<RuleTime, { empty: unknown }>,
  { item, workspace, results }: MomentQuestion,
): Instant | undefined {
  const { value } = pathReader(time.field ?? '')({ item, workspace, results });
  const first = Array.isArray(value) ? value.find((one) => !isEmpty(one)) : value;
  return typeof first === 'number' ? first : instantOf(first, workspace.timeZone);
}
