import type { ItemFacts, WorkspaceFacts } from '../kit/facts.ts';
import { lastWorkingMoment, nextWorkingMoment } from '../kit/values/calendar.ts';
import { nextAtWork, type PresenceQuestion } from '../kit/values/presence.ts';
import type { Instant } from '../kit/values/values.ts';
import type { PlacedRule } from './board.ts';

type Whose = PlacedRule['hours'][number];

export interface HoursQuestion {
  readonly rule: Pick<PlacedRule, 'hours' | 'time'>;
  readonly item: Pick<ItemFacts, 'responsible'>;
  readonly workspace: WorkspaceFacts;
  readonly now: Instant;
}

/**
 * The moment moved on until every switch of "respect working hours" holds; null when that is never (semantics.md 5.4). One that is
 * counted before a date first goes back to the last working moment: not later than it was asked for.
 */
export function withinHours(
  asked: Instant,
  { rule: { hours, time }, item, workspace, now }: HoursQuestion,
): Instant | null {
  if (hours.length === 0) return asked;
  const moment = time.is === 'before' && hours.includes('company') ? atWorkBefore(asked, workspace) : asked;
  const { calendar, timeZone } = workspace;
  const question = { presence: item.responsible?.presence, calendar, timeZone, now };
  // The calendar knows the past; whether a person is at work is known of now.
  let at: Instant | null = hours.includes('responsible') ? Math.max(moment, now) : moment;
  for (let before: Instant | null = null; at !== null && at !== before; ) {
    before = at;
    at = hours.reduce<Instant | null>((when, whose) => (when === null ? null : next[whose](when, question)), at);
  }
  return at;
}

function atWorkBefore(at: Instant, { calendar, timeZone }: WorkspaceFacts): Instant {
  return calendar === null ? at : (lastWorkingMoment(calendar, timeZone, at) ?? at);
}

const next: Readonly<Record<Whose, (at: Instant, question: PresenceQuestion) => Instant | null>> = {
  company: (at, { calendar, timeZone }) => (calendar === null ? at : nextWorkingMoment(calendar, timeZone, at)),
  responsible: nextAtWork,
};
