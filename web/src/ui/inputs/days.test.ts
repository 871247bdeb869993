import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, weekOf, weeksOfMonth } from './days.ts';

describe('days', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    // The clocks change that night in most of Europe.
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 2, '2026-10-26'],
  ])('%s and %d more are %s', (day, more, then) => {
    expect(addDays(day, more)).toBe(then);
    expect(daysBetween(day, then)).toBe(more);
  });

  it('are those of the browser’s clock', () => {
    expect(dayOf(new Date(2026, 0, 9, 23, 59))).toBe('2026-01-09');
  });

  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2026-01-15', -1, '2025-12-01'],
  ])('the month of %s and %d more begins on %s', (day, more, then) => {
    expect(addMonths(day, more)).toBe(then);
  });
});

describe('a week', () => {
  it.each([
    ['2026-12-01', 1, '2026-11-30', '2026-12-06'],
    ['2026-12-06', 1, '2026-11-30', '2026-12-06'],
    ['2026-12-06', 0, '2026-12-06', '2026-12-12'],
  ] as const)('of %s that begins on day %d is from %s to %s', (day, begins, first, last) => {
    const week = weekOf(day, begins);
    expect([week.length, week[0], week[6]]).toEqual([7, first, last]);
  });
});

describe('a month', () => {
  it.each([
    ['2026-12-15', 1, 5, '2026-11-30', '2027-01-03'],
    // Four weeks to the day.
    ['2027-02-10', 1, 4, '2027-02-01', '2027-02-28'],
    ['2026-08-01', 1, 6, '2026-07-27', '2026-09-06'],
    ['2026-12-15', 0, 5, '2026-11-29', '2027-01-02'],
  ] as const)(
    'around %s in weeks that begin on day %d has %d of them, from %s to %s',
    (day, begins, count, first, last) => {
      const weeks = weeksOfMonth(day, begins);
      expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual([count, first, last]);
    },
  );
});
