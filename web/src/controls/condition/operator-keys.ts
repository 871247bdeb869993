import type { Operator } from '@signalbox/automation/kit/conditions/operators.ts';

/** The names of the operators in the texts, where a key has no spaces. */
export const operatorKeys = {
  equals: 'equals',
  'not equals': 'notEquals',
  greater: 'greater',
  'at least': 'atLeast',
  less: 'less',
  'at most': 'atMost',
  between: 'between',
  in: 'in',
  'not in': 'notIn',
  contains: 'contains',
  'does not contain': 'containsNot',
  'starts with': 'startsWith',
  matches: 'matches',
  'is filled': 'filled',
  'is empty': 'empty',
  changed: 'changed',
  'within last': 'withinLast',
  'within next': 'withinNext',
  'time of day': 'timeOfDay',
  weekday: 'weekday',
  'working time': 'workingTime',
} as const satisfies Record<Operator, string>;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
