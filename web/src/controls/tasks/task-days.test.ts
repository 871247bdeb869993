import { describe, expect, it } from 'vitest';
import { dayOf } from '../../ui/inputs/days.ts';
import { dayGroupOf, dayGroups, dayOfGroup, deadlineOn, movedTo } from './task-days.ts';

// A Tuesday.
const now = new Date(2026, 11, 1, 14, 30);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 11, day, hour, minute).toISOString();

describe('a deadline', () => {
  it.each([
    [null, 'none'],
    [at(1, 14), 'overdue'],
    [at(1, 15), 'today'],
    [at(1, 23, 59), 'today'],
    [at(2, 0), 'tomorrow'],
    [at(3, 9), 'week'],
    [at(6, 23), 'week'],
    [at(7, 9), 'later'],
  ] as const)('%s is in the group %s', (deadline, group) => {
    expect(dayGroupOf(deadline, now, 1)).toBe(group);
  });

  it('of the Sunday is of the next week where weeks begin on Sundays', () => {
    expect(dayGroupOf(at(6, 9), now, 0)).toBe('later');
  });
});

describe('a new task of a group', () => {
  it.each(dayGroups.filter((group) => !['overdue', 'none'].includes(group)))('%s stands in that group', (group) => {
    const day = dayOfGroup(group, now, 1);
    expect(day).toBeTypeOf('string');
    expect(dayGroupOf(deadlineOn(String(day), now), now, 1)).toBe(group);
  });

  it('has no day without a deadline, and there is none that begins overdue', () => {
    expect([dayOfGroup('none', now, 1), dayOfGroup('overdue', now, 1)]).toEqual([null, undefined]);
  });

  it('later this week is not meant when tomorrow is its last day', () => {
    expect(dayOfGroup('week', new Date(2026, 11, 5, 9), 1)).toBeUndefined();
  });

  it('of today is due at the end of work, or of the day in the evening', () => {
    expect(deadlineOn('2026-12-01', now)).toBe(at(1, 18));
    expect(deadlineOn('2026-12-01', new Date(2026, 11, 1, 18, 5))).toBe(at(1, 23, 59));
  });
});

it('a task that is moved to another day keeps its time, over a change of the clocks too', () => {
  const moved = new Date(movedTo('2026-03-30', new Date(2026, 2, 27, 9, 15).toISOString()));
  expect([dayOf(moved), moved.getHours(), moved.getMinutes()]).toEqual(['2026-03-30', 9, 15]);
});
