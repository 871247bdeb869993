import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  isWorkingTime,
  nextWorkingMoment,
  nextWorkStart,
  type WorkingCalendar,
  workingMsBetween,
} from './calendar.ts';

const warsaw = 'Europe/Warsaw';
const saoPaulo = 'America/Sao_Paulo';
const at = (text: string) => new Date(text).getTime();
const text = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
const hours = (from: number, to: number) => ({ fromMinute: from * 60, toMinute: to * 60 });

const nineToFive = [hours(9, 17)];
const office: WorkingCalendar = {
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  // Easter Monday, a company day off, and a Saturday that is worked.
  exceptions: { '2026-04-06': [], '2026-11-12': [], '2026-11-14': [hours(10, 12), hours(13, 15)] },
};
const always: WorkingCalendar = { week: Array.from({ length: 7 }, () => [hours(0, 24)]), exceptions: {} };
const never: WorkingCalendar = { week: Array.from({ length: 7 }, () => []), exceptions: {} };

describe('5.4 the next working moment', () => {
  it.each([
    ['working time stays', '2026-11-10T11:30:00+01:00', '2026-11-10T10:30:00.000Z'],
    ['before work: when it begins', '2026-11-10T06:00:00+01:00', '2026-11-10T08:00:00.000Z'],
    ['the end of work belongs to it no more', '2026-11-10T17:00:00+01:00', '2026-11-11T08:00:00.000Z'],
    ['over a day off of the company', '2026-11-11T17:30:00+01:00', '2026-11-13T08:00:00.000Z'],
    ['a Saturday that is worked', '2026-11-13T18:00:00+01:00', '2026-11-14T09:00:00.000Z'],
    ['a break of that day', '2026-11-14T12:00:00+01:00', '2026-11-14T12:00:00.000Z'],
    ['over a weekend', '2026-11-14T15:00:00+01:00', '2026-11-16T08:00:00.000Z'],
    ['over Easter', '2026-04-03T18:00:00+02:00', '2026-04-07T07:00:00.000Z'],
    ['into summer time', '2026-03-27T18:00:00+01:00', '2026-03-30T07:00:00.000Z'],
    ['out of summer time', '2026-10-23T18:00:00+02:00', '2026-10-26T08:00:00.000Z'],
  ])('%s', (_, from, expected) => expect(text(nextWorkingMoment(office, warsaw, at(from)))).toBe(expected));

  it('is nothing when there is no working time', () => {
    expect(nextWorkingMoment(never, warsaw, at('2026-11-10T11:30:00Z'))).toBeNull();
    expect(addWorkingDays(never, warsaw, { from: at('2026-11-10T11:30:00Z'), count: 1 })).toBeNull();
  });

  it('knows when work begins next, after a break too', () => {
    expect(text(nextWorkStart(office, warsaw, at('2026-11-14T10:00:00+01:00')))).toBe('2026-11-14T12:00:00.000Z');
    expect(text(nextWorkStart(office, warsaw, at('2026-11-14T14:00:00+01:00')))).toBe('2026-11-16T08:00:00.000Z');
  });

  it('hours that daylight saving skips are no working time, those that it doubles begin once', () => {
    const night = { ...never, week: Array.from({ length: 7 }, () => [hours(2, 3)]) };
    expect(text(nextWorkingMoment(night, warsaw, at('2026-03-29T00:30:00Z')))).toBe('2026-03-30T00:00:00.000Z');
    expect(workingMsBetween(night, warsaw, { from: at('2026-10-25T00:00Z'), to: at('2026-10-26T00:00Z') })).toBe(
      2 * 3_600_000,
    );
  });
});

describe('5.4 a delay in days counts working days', () => {
  it.each([
    ['the next day at the same time', warsaw, '2026-11-09T16:00:00+01:00', 1, '2026-11-10T15:00:00.000Z'],
    ['over a weekend', warsaw, '2026-11-20T16:00:00+01:00', 1, '2026-11-23T15:00:00.000Z'],
    ['from a weekend: from when work begins', warsaw, '2026-11-21T12:00:00+01:00', 1, '2026-11-24T08:00:00.000Z'],
    ['over a day off of the company', warsaw, '2026-11-11T10:00:00+01:00', 1, '2026-11-13T09:00:00.000Z'],
    ['over Easter', warsaw, '2026-04-03T10:00:00+02:00', 2, '2026-04-08T08:00:00.000Z'],
    ['into summer time', warsaw, '2026-03-27T10:00:00+01:00', 1, '2026-03-30T08:00:00.000Z'],
    ['out of summer time', warsaw, '2026-10-23T10:00:00+02:00', 1, '2026-10-26T09:00:00.000Z'],
    ['into summer time of Brazil', saoPaulo, '2018-11-02T10:00:00-03:00', 1, '2018-11-05T12:00:00.000Z'],
    ['out of summer time of Brazil', saoPaulo, '2019-02-15T10:00:00-02:00', 1, '2019-02-18T13:00:00.000Z'],
    ['Brazil has none any more', saoPaulo, '2026-11-06T10:00:00-03:00', 1, '2026-11-09T13:00:00.000Z'],
    ['none is the moment itself', warsaw, '2026-11-21T12:00:00+01:00', 0, '2026-11-21T11:00:00.000Z'],
  ])('%s', (_, zone, from, count, expected) =>
    expect(text(addWorkingDays(office, zone, { from: at(from), count }))).toBe(expected),
  );
});

describe('5.4 working time between two moments', () => {
  it.each([
    ['a day', '2026-11-09T00:00:00+01:00', '2026-11-10T00:00:00+01:00', 8],
    ['a part of a day', '2026-11-09T11:00:00+01:00', '2026-11-09T12:30:00+01:00', 1.5],
    ['nothing backwards', '2026-11-10T12:00:00+01:00', '2026-11-10T11:00:00+01:00', 0],
    ['over a day off, a worked Saturday with a break', '2026-11-11T16:00:00+01:00', '2026-11-16T10:00:00+01:00', 14],
  ])('%s', (_, from, to, expected) =>
    expect(workingMsBetween(office, warsaw, { from: at(from), to: at(to) }) / 3_600_000).toBe(expected),
  );

  it('a day of a change has 23 or 25 hours', () => {
    const between = (from: string, to: string, zone: string) =>
      workingMsBetween(always, zone, { from: at(from), to: at(to) }) / 3_600_000;
    expect(between('2026-03-28T23:00Z', '2026-03-29T22:00Z', warsaw)).toBe(23);
    expect(between('2026-10-24T22:00Z', '2026-10-25T23:00Z', warsaw)).toBe(25);
    // Midnight itself was skipped.
    expect(between('2018-11-04T03:00Z', '2018-11-05T02:00Z', saoPaulo)).toBe(23);
  });
});

const moments = fc.integer({ min: at('2017-01-01T00:00Z'), max: at('2027-12-31T00:00Z') });
const stretches = fc
  .uniqueArray(fc.integer({ min: 20, max: 96 }), { minLength: 2, maxLength: 4 })
  .map((quarters) => quarters.toSorted((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((edge, index) => {
      const to = edges[index + 1];
      return index % 2 === 1 || to === undefined ? [] : [{ fromMinute: edge * 15, toMinute: to * 15 }];
    }),
  );
const calendars = fc
  .tuple(fc.array(fc.oneof(fc.constant([]), stretches), { minLength: 6, maxLength: 6 }), stretches)
  .map(([week, sunday]): WorkingCalendar => ({ ...office, week: [...week, sunday] }));
const zones = fc.constantFrom(warsaw, saoPaulo, 'UTC', 'Asia/Kolkata');

describe('5.4 whatever the calendar', () => {
  it('the next working moment is never earlier than asked, and in working time', () => {
    fc.assert(
      fc.property(calendars, zones, moments, (calendar, zone, from) => {
        const next = nextWorkingMoment(calendar, zone, from) ?? 0;
        expect(next).toBeGreaterThanOrEqual(from);
        expect(isWorkingTime(calendar, zone, next)).toBe(true);
        expect(workingMsBetween(calendar, zone, { from, to: next })).toBe(0);
      }),
    );
  });

  it('who asks later is never answered earlier', () => {
    const gaps = fc.integer({ min: 0, max: 4 * 86_400_000 });
    fc.assert(
      fc.property(
        calendars,
        zones,
        moments,
        gaps,
        fc.integer({ min: 0, max: 9 }),
        (calendar, zone, from, gap, count) => {
          const [one = 0, other = 0] = [from, from + gap].map((start) => nextWorkingMoment(calendar, zone, start) ?? 0);
          expect(other).toBeGreaterThanOrEqual(one);
          const [sooner = 0, later = 0] = [one, other].map(
            (start) => addWorkingDays(calendar, zone, { from: start, count }) ?? 0,
          );
          expect(later).toBeGreaterThanOrEqual(sooner);
          expect(sooner).toBeGreaterThanOrEqual(one);
        },
      ),
    );
  });
});
