import type { ItemFacts, Results, WorkspaceFacts } from '../kit/facts.ts';
import type { Instant } from '../kit/values/values.ts';
import { because, type Reason } from '../kit/words/reasons.ts';
import type { PlacedRule } from './board.ts';
import { withinHours } from './hours.ts';
import { momentOf } from './moment.ts';

export interface RunQuestion {
  readonly rule: Pick<PlacedRule, 'time' | 'order' | 'hours'>;
  readonly enteredAt: Instant;
  /** When the rule above ended; null while it has not. For the first rule of a chain: `enteredAt`. */
  readonly previousEndedAt: Instant | null;
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
  readonly results: Results;
  readonly now: Instant;
}

export type RunPlan =
  /** `at`: its moment, which may have passed long ago; not before what it is counted from. */
  | { readonly state: 'due'; readonly at: Instant }
  | { readonly state: 'waiting'; readonly dueAt: Instant }
  | { readonly state: 'waiting'; readonly dueAt: null; readonly waitingFor: 'time' }
  | { readonly state: 'skip'; readonly reason: Reason };

const unknownMoment: RunPlan = { state: 'waiting', dueAt: null, waitingFor: 'time' };

/** When a run is due, as things stand now: pure, asked again whenever something it depends on changes (semantics.md 5.3, 5.4). */
export function planRun(question: RunQuestion): RunPlan {
  const { rule, enteredAt, previousEndedAt, now } = question;
  const base = rule.order === 'after previous' ? previousEndedAt : enteredAt;
  if (base === null) return unknownMoment;

  const asked = momentOf({ ...question, base });
  if (asked === 'skip')
    return {
      state: 'skip',
      reason: because('date-empty', { field: 'field' in rule.time ? (rule.time.field ?? '') : '' }),
    };
  const moment = asked === 'wait' ? null : withinHours(asked, question);
  if (moment === null) return unknownMoment;
  return moment <= now ? { state: 'due', at: Math.max(moment, base) } : { state: 'waiting', dueAt: moment };
}
