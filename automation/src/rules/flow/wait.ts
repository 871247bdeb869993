import './port.ts';
import type { Condition } from '../../kit/conditions/condition.ts';
import { conditionSetting } from '../../kit/conditions/condition-setting.ts';
import { evaluateCondition } from '../../kit/conditions/conditions.ts';
import { type Awaited, beginAwaiting, dueOf, endOfAwaiting, readAwaiting } from '../../kit/definitions/awaiting.ts';
import { defineRule, hold } from '../../kit/definitions/define-rule.ts';
import { choice, duration } from '../../kit/settings/fields.ts';
import type { Duration } from '../../kit/values/durations.ts';
import type { Instant } from '../../kit/values/values.ts';
import strings from './wait.strings.json' with { type: 'json' };

/** How a wait has ended, for the rules behind it; `past`: its moment had passed when it began. */
type WaitOutcome = 'moment' | 'past' | 'condition' | 'deadline' | 'asked';

/**
 * Holds the chain until a moment, which is the rule's own time, or until a condition is true, with a deadline (rules.md,
 * semantics.md 5.9).
 */
export const wait = defineRule({
  key: 'flow/wait',
  icon: 'hourglass',
  group: 'flow',
  writesToClients: false,
  uses: ['flow'],
  leaves: [],
  fields: {
    until: choice(['moment', 'condition'], 'moment'),
    condition: conditionSetting(),
    deadline: duration({ count: 7, unit: 'days' }),
    atDeadline: choice(['goOn', 'stop'], 'goOn'),
  },
  outputs: { outcome: 'text', since: 'dateTime', endedAt: 'dateTime' },
  strings,
  example: {
    until: 'condition',
    condition: { field: 'paymentDate', is: 'is filled' },
    deadline: '3 days',
    atDeadline: 'stop',
  },
  check: ({ until, condition }) =>
    until === 'condition' && condition === null
      ? [{ path: ['condition'], code: 'required', message: 'Say what it waits for' }]
      : [],
  needsTime: ({ until }) => until === 'moment',
  holds: ({ until }) => until === 'condition',
  awaits: ({ until, condition, deadline }) =>
    until === 'condition' && condition !== null ? awaitedBy(condition, deadline) : null,
  async run({ until, condition, deadline }, { facts, run }) {
    const { at, since, hours, asked } = run;
    if (until === 'moment' || condition === null)
      return ended(asked ? 'asked' : at <= since ? 'past' : 'moment', { since, at });
    const begun = beginAwaiting(awaitedBy(condition, deadline), { facts, at, hours });
    return begun.metAt === null ? hold('condition', begun, dueOf(begun)) : ended('condition', { since: at, at });
  },
  async resume(result, { ports, facts, run, asked, settings: { condition, deadline, atDeadline } }) {
    const awaiting = readAwaiting(result);
    const since = awaiting === undefined ? run.since : Date.parse(awaiting.since);
    if (awaiting === undefined || condition === null) return ended('asked', { since, at: run.now });
    const end = endOfAwaiting(awaiting, awaitedBy(condition, deadline), { facts, at: run.now });
    if (end === null)
      return asked ? ended('asked', { since, at: run.now }) : hold('condition', awaiting, dueOf(awaiting));
    if (end.outcome === 'deadline' && atDeadline === 'stop') await ports.flow.stopBehind();
    return ended(end.outcome, { since, at: end.at });
  },
});

function awaitedBy(condition: Condition, deadline: Duration): Awaited {
  return { condition, asks: (facts, at) => evaluateCondition(condition, { ...facts, at }), deadline };
}

function ended(outcome: WaitOutcome, { since, at }: { readonly since: Instant; readonly at: Instant }) {
  return { outcome, since: new Date(since).toISOString(), endedAt: new Date(at).toISOString() };
}
