import type { PersonFacts } from '@signalbox/automation/kit/facts.ts';
import { taskRepeat } from '@signalbox/contract/tasks.ts';
import { describe, expect, it } from 'vitest';
import { remindAt } from './remind-at.ts';
import { repeatAt } from './repeat-at.ts';

const nineToFive = [{ fromMinute: 540, toMinute: 1_020 }];
const calendar = { week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []], exceptions: {} };
const workspace = { calendar, timeZone: 'Europe/Warsaw' };
const at = (text: string) => new Date(text);

describe('when somebody is reminded', () => {
  const away = (from: string, to: string): PersonFacts => ({
    ...{ id: 1, name: 'A', email: 'a@x.test', departmentId: null, supervisorId: null, phone: null },
    presence: { workDay: null, absences: [{ from: at(from).getTime(), to: at(to).getTime() }] },
  });
  it.each([
    ['an hour before', '2026-12-02T15:00:00Z', 60, true, undefined, '2026-12-02T14:00:00.000Z'],
    ['at the end of work before the weekend', '2026-12-07T08:00:00Z', 60, true, undefined, '2026-12-04T15:59:59.000Z'],
    ['at any time', '2026-12-07T08:00:00Z', 60, false, undefined, '2026-12-07T07:00:00.000Z'],
    [
      'before their leave',
      '2026-12-07T12:00:00Z',
      60,
      true,
      away('2026-12-03T23:00:00Z', '2026-12-08T23:00:00Z'),
      '2026-12-03T15:59:59.000Z',
    ],
  ])('%s', (_what, deadline, minutes, workingTime, person, expected) => {
    const moment = remindAt({ deadline: at(deadline), reminder: { minutes, workingTime }, person, workspace });
    expect(moment?.toISOString()).toBe(expected);
  });

  it('never without a deadline or a reminder', () => {
    const reminder = { minutes: 5, workingTime: false };
    expect(remindAt({ deadline: null, reminder, person: undefined, workspace })).toBeNull();
    expect(remindAt({ deadline: at('2026-12-02T15:00:00Z'), reminder: null, person: undefined, workspace })).toBeNull();
  });
});

describe('when the next one is made', () => {
  it.each([
    ['the next day', { every: 'day' }, '2026-12-01T10:00Z', '2026-12-01T10:00Z', '2026-12-02T08:00:00.000Z'],
    [
      'every third day',
      { every: 'day', interval: 3 },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2026-12-04T08:00:00.000Z',
    ],
    [
      'after what was missed',
      { every: 'day', interval: 3 },
      '2026-12-01T08:00Z',
      '2026-12-12T08:00Z',
      '2026-12-13T08:00:00.000Z',
    ],
    [
      'on working days',
      { every: 'day', workingDays: true },
      '2026-12-04T08:00Z',
      '2026-12-04T08:00Z',
      '2026-12-07T08:00:00.000Z',
    ],
    [
      'later in the week',
      { every: 'week', weekdays: [1, 4] },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2026-12-03T08:00:00.000Z',
    ],
    [
      'the next week',
      { every: 'week', weekdays: [1] },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2026-12-07T08:00:00.000Z',
    ],
    [
      'every other week',
      { every: 'week', weekdays: [2], interval: 2 },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2026-12-15T08:00:00.000Z',
    ],
    [
      'this month still',
      { every: 'month', day: 15 },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2026-12-15T08:00:00.000Z',
    ],
    [
      'the next month',
      { every: 'month', day: 1 },
      '2026-12-01T08:00Z',
      '2026-12-01T08:00Z',
      '2027-01-01T08:00:00.000Z',
    ],
    [
      'the last day of a short month',
      { every: 'month', day: 31 },
      '2027-01-31T08:00Z',
      '2027-01-31T08:00Z',
      '2027-02-28T08:00:00.000Z',
    ],
    [
      'and of the long one after it',
      { every: 'month', day: 31 },
      '2027-02-28T08:00Z',
      '2027-02-28T08:00Z',
      '2027-03-31T07:00:00.000Z',
    ],
    [
      'at its time of day over summer time',
      { every: 'day', at: '02:30' },
      '2027-03-27T02:00Z',
      '2027-03-27T02:00Z',
      '2027-03-28T01:30:00.000Z',
    ],
    ['never after its end', { every: 'day', until: '2026-12-01' }, '2026-12-01T08:00Z', '2026-12-01T08:00Z', undefined],
  ])('%s', (_what, rule, from, after, expected) => {
    const moment = repeatAt(taskRepeat.parse(rule), { from: at(from), after: at(after), workspace });
    expect(moment?.toISOString()).toBe(expected);
  });

  it('never without a rule', () => {
    expect(repeatAt(null, { from: at('2026-12-01T08:00Z'), after: at('2026-12-01T08:00Z'), workspace })).toBeNull();
  });
});
