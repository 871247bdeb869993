import type { ItemFacts, WorkspaceFacts } from '../kit/facts.ts';
import { nextWorkingMoment } from '../kit/values/calendar.ts';
import { nextAtWork, type PresenceQuestion } from '../kit/values/presence.ts';
import type { Instant } from '../kit/values/values.ts';
import type { PlacedRule } from './board.ts';

type Whose = PlacedRule['hours'][number];

export interface HoursQuestion {
  readonly hours: PlacedRule['hours'];
  readonly item: Pick<ItemFacts, 'responsible'>;
  readonly workspace: WorkspaceFacts;
  readonly now: Instant;
}

/** The moment moved on until every switch of "respect working hours" holds; null when that is never (semantics.md 5.4). */
export function withinHours(moment: Instant, { hours, item, workspace, now }: HoursQuestion): Instant | null {
  if (hours.length === 0) return moment;
  const { calendar, timeZone } = workspace;
  const asked = { presence: item.responsible?.presence, calendar, timeZone, now };
  // The calendar knows the past; whether a person is at work is known of now.
  let at: Instant | null = hours.includes('responsible') ? Math.max(moment, now) : moment;
  for (let before: Instant | null = null; at !== null && at !== before; ) {
    before = at;
    at = hours.reduce<Instant | null>((when, whose) => (when === null ? null : next[whose](when, asked)), at);
  }
  return at;
}

const next: Readonly<Record<Whose, (at: Instant, asked: PresenceQuestion) => Instant | null>> = {
  company: (at, { calendar, timeZone }) => (calendar === null ? at : nextWorkingMoment(calendar, timeZone, at)),
  responsible: nextAtWork,
};
