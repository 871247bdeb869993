import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../kit/conditions/conditions.ts';
import { isWorkingTime, type WorkingCalendar } from '../kit/values/calendar.ts';
import type { Presence } from '../kit/values/presence.ts';
import { absenceOf } from '../kit/values/presence.ts';
import { anna, makeItem, workspace } from '../testing.ts';
import { ruleTime } from './rule-time.ts';
import { planRun } from './schedule.ts';

const at = (text: string) => new Date(text).getTime();
const day = [{ fromMinute: 540, toMinute: 1020 }];
const calendar: WorkingCalendar = {
  week: [day, day, day, day, day, [], []],
  exceptions: { '2026-04-06': [], '2026-11-12': [] },
};

type Hours = readonly ('company' | 'responsible')[];
interface Question {
  readonly time?: unknown;
  readonly hours: Hours;
  readonly entered: string;
  readonly now?: string;
  readonly presence?: Presence;
  readonly visitAt?: string;
  readonly timeZone?: string;
}

function plan({ time, hours, entered, now = entered, presence, visitAt, timeZone = 'Europe/Warsaw' }: Question) {
  const responsible = { ...anna, ...(presence === undefined ? {} : { presence }) };
  const planned = planRun({
    rule: { time: ruleTime.parse(time), order: 'in parallel', hours },
    enteredAt: at(entered),
    previousEndedAt: null,
    item: makeItem({
      responsible,
      ...(visitAt === undefined ? {} : { values: { visitAt, deliveryDate: visitAt.slice(0, 10) } }),
    }),
    workspace: { ...workspace, timeZone, calendar },
    results: {},
    now: at(now),
  });
  if (planned.state !== 'waiting') return planned.state;
  return planned.dueAt === null ? null : new Date(planned.dueAt).toISOString();
}

const inADay = { after: '1 day' };
const twoHoursBefore = { before: '2 hours', field: 'visitAt' };
const atNine = { at: { field: 'deliveryDate', time: '09:00' } };
const warsaw = 'Europe/Warsaw';
const saoPaulo = 'America/Sao_Paulo';

describe('5.3 times across both changes, without and with working hours (5.4)', () => {
  it.each([
    [
      'into summer',
      warsaw,
      inADay,
      '2026-03-28T10:00:00+01:00',
      '2026-03-29T08:00:00.000Z',
      '2026-03-31T07:00:00.000Z',
    ],
    [
      'into summer',
      warsaw,
      twoHoursBefore,
      '2026-03-29T04:00:00+02:00',
      '2026-03-29T00:00:00.000Z',
      '2026-03-27T15:59:59.000Z',
    ],
    [
      'into summer',
      warsaw,
      atNine,
      '2026-03-29T00:00:00+01:00',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ],
    [
      'out of summer',
      warsaw,
      inADay,
      '2026-10-24T10:00:00+02:00',
      '2026-10-25T09:00:00.000Z',
      '2026-10-27T08:00:00.000Z',
    ],
    [
      'out of summer',
      warsaw,
      twoHoursBefore,
      '2026-10-25T04:00:00+01:00',
      '2026-10-25T01:00:00.000Z',
      '2026-10-23T14:59:59.000Z',
    ],
    [
      'out of summer',
      warsaw,
      atNine,
      '2026-10-25T00:00:00+02:00',
      '2026-10-25T08:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
    ],
    [
      'into summer',
      saoPaulo,
      inADay,
      '2018-11-03T10:00:00-03:00',
      '2018-11-04T12:00:00.000Z',
      '2018-11-06T11:00:00.000Z',
    ],
    [
      'into summer',
      saoPaulo,
      twoHoursBefore,
      '2018-11-04T02:00:00-02:00',
      '2018-11-04T02:00:00.000Z',
      '2018-11-02T19:59:59.000Z',
    ],
    [
      'into summer',
      saoPaulo,
      atNine,
      '2018-11-04T12:00:00-02:00',
      '2018-11-04T11:00:00.000Z',
      '2018-11-05T11:00:00.000Z',
    ],
    [
      'out of summer',
      saoPaulo,
      inADay,
      '2019-02-16T10:00:00-02:00',
      '2019-02-17T13:00:00.000Z',
      '2019-02-19T12:00:00.000Z',
    ],
    [
      'out of summer',
      saoPaulo,
      twoHoursBefore,
      '2019-02-17T01:00:00-03:00',
      '2019-02-17T02:00:00.000Z',
      '2019-02-15T18:59:59.000Z',
    ],
    [
      'out of summer',
      saoPaulo,
      atNine,
      '2019-02-17T12:00:00-03:00',
      '2019-02-17T12:00:00.000Z',
      '2019-02-18T12:00:00.000Z',
    ],
    [
      'a day like any other',
      saoPaulo,
      inADay,
      '2026-11-09T10:00:00-03:00',
      '2026-11-10T13:00:00.000Z',
      '2026-11-10T13:00:00.000Z',
    ],
    [
      'over Easter',
      warsaw,
      inADay,
      '2026-04-03T10:00:00+02:00',
      '2026-04-04T08:00:00.000Z',
      '2026-04-07T08:00:00.000Z',
    ],
    [
      'over Easter',
      warsaw,
      twoHoursBefore,
      '2026-04-06T12:00:00+02:00',
      '2026-04-06T08:00:00.000Z',
      '2026-04-03T14:59:59.000Z',
    ],
    [
      'over Easter',
      warsaw,
      atNine,
      '2026-04-05T00:00:00+02:00',
      '2026-04-05T07:00:00.000Z',
      '2026-04-07T07:00:00.000Z',
    ],
    [
      'over a day off',
      warsaw,
      inADay,
      '2026-11-11T10:00:00+01:00',
      '2026-11-12T09:00:00.000Z',
      '2026-11-13T09:00:00.000Z',
    ],
    [
      'over a day off',
      warsaw,
      twoHoursBefore,
      '2026-11-12T12:00:00+01:00',
      '2026-11-12T09:00:00.000Z',
      '2026-11-11T15:59:59.000Z',
    ],
    [
      'over a day off',
      warsaw,
      atNine,
      '2026-11-12T00:00:00+01:00',
      '2026-11-12T08:00:00.000Z',
      '2026-11-13T08:00:00.000Z',
    ],
  ])('%s in %s: %j', (_, timeZone, time, moment, plain, working) => {
    const entered = time === inADay ? moment : '2018-01-01T00:00:00Z';
    const question = { time, timeZone, entered, visitAt: moment };
    expect([plan({ ...question, hours: [] }), plan({ ...question, hours: ['company'] })]).toEqual([plain, working]);
  });
});

describe('5.4 a moment counted before a date', () => {
  const before = (count: string, field: 'deliveryDate' | 'visitAt', date: string, hours: Hours = ['company']) =>
    plan({ time: { before: count, field }, hours, entered: '2018-01-01T00:00:00Z', visitAt: date });

  it.each([
    ['a date on a Monday: the Friday before', '1 day', 'deliveryDate', '2026-11-09', '2026-11-06T08:00:00.000Z'],
    [
      'a moment on a Monday: the same hour on Friday',
      '1 day',
      'visitAt',
      '2026-11-09T10:00:00+01:00',
      '2026-11-06T09:00:00.000Z',
    ],
    ['two days before a Monday', '2 days', 'deliveryDate', '2026-11-09', '2026-11-05T08:00:00.000Z'],
    ['a date in the week', '1 day', 'deliveryDate', '2026-11-11', '2026-11-10T08:00:00.000Z'],
    ['a Sunday', '1 day', 'deliveryDate', '2026-11-08', '2026-11-06T08:00:00.000Z'],
    ['over a day off', '1 day', 'deliveryDate', '2026-11-13', '2026-11-11T08:00:00.000Z'],
    ['over Easter', '1 day', 'deliveryDate', '2026-04-07', '2026-04-03T07:00:00.000Z'],
    ['no days before a Monday', '0 days', 'deliveryDate', '2026-11-09', '2026-11-06T15:59:59.000Z'],
    ['hours before the work begins', '2 hours', 'visitAt', '2026-11-09T10:00:00+01:00', '2026-11-06T15:59:59.000Z'],
    ['three days, over a week-end', '3 days', 'deliveryDate', '2026-11-11', '2026-11-06T08:00:00.000Z'],
    ['five days, over a week-end and a day off', '5 days', 'deliveryDate', '2026-11-13', '2026-11-05T08:00:00.000Z'],
    ['a Saturday after a day off', '2 days', 'deliveryDate', '2026-11-14', '2026-11-11T08:00:00.000Z'],
    [
      'a moment on a Sunday, from when work begins again',
      '1 day',
      'visitAt',
      '2026-11-08T12:00:00+01:00',
      '2026-11-06T08:00:00.000Z',
    ],
    [
      'minutes before the work begins',
      '30 minutes',
      'visitAt',
      '2026-11-09T09:10:00+01:00',
      '2026-11-06T15:59:59.000Z',
    ],
    ['hours within the work', '2 hours', 'visitAt', '2026-11-09T12:00:00+01:00', '2026-11-09T09:00:00.000Z'],
    ['an evening of the same day', '1 hour', 'visitAt', '2026-11-09T20:00:00+01:00', '2026-11-09T15:59:59.000Z'],
  ] as const)('%s', (_, count, field, date, due) => {
    expect(before(count, field, date)).toBe(due);
  });

  it('counts calendar days without the switch, and moves on when it is the person who is awaited', () => {
    expect(before('1 day', 'deliveryDate', '2026-11-09', [])).toBe('2026-11-07T23:00:00.000Z');
    expect(before('1 day', 'deliveryDate', '2026-11-09', ['responsible'])).toBe('2026-11-09T08:00:00.000Z');
    expect(before('1 day', 'deliveryDate', '2026-11-09', ['company', 'responsible'])).toBe('2026-11-06T08:00:00.000Z');
  });

  it('is never later than it was asked for, and always working time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 60 }), fc.integer({ min: 0, max: 5 }), (hour, count) => {
        const date = new Date(Date.parse('2026-10-20T00:00:00Z') + hour * 3_600_000).toISOString();
        const due = before(`${count} hours`, 'visitAt', date);
        if (typeof due !== 'string') throw new Error('no moment');
        expect(at(due)).toBeLessThanOrEqual(at(date) - count * 3_600_000);
        expect(isWorkingTime(calendar, warsaw, at(due))).toBe(true);
      }),
    );
  });
});

const monday = (time: string) => `2026-11-09T${time}:00+01:00`;
const workDay = (state: 'open' | 'paused' | 'ended', changed = monday('08:00')): Presence => ({
  workDay: { startedAt: at(monday('08:00')), state, changedAt: at(changed) },
  absences: [],
});

describe('5.4 respect the responsible person’s working hours', () => {
  const asked = (now: string, presence?: Presence, hours: Hours = ['responsible']) =>
    plan({ hours, entered: monday('08:30'), now, ...(presence === undefined ? {} : { presence }) });

  it('is due while their work day is open, whatever the company’s hours', () => {
    expect(asked(monday('08:30'), workDay('open'))).toBe('due');
    expect(asked(monday('20:00'), workDay('open'))).toBe('due');
  });

  it('waits on a break, and after the day has ended; looks again when work begins', () => {
    expect(asked(monday('10:00'), workDay('paused'))).toBe('2026-11-10T08:00:00.000Z');
    expect(asked(monday('08:30'), workDay('ended'))).toBe('2026-11-09T08:00:00.000Z');
  });

  it('waits until a leave is over, one after another', () => {
    const leaves = [
      absenceOf({ from: '2026-11-09', to: '2026-11-10' }, warsaw),
      absenceOf({ from: '2026-11-11', to: '2026-11-12' }, warsaw),
    ];
    expect(asked(monday('10:00'), { ...workDay('open'), absences: leaves })).toBe('2026-11-12T23:00:00.000Z');
  });

  it('somebody who does not use the work day is at work in company hours', () => {
    expect(asked(monday('08:30'))).toBe('2026-11-09T08:00:00.000Z');
    expect(asked(monday('10:00'), { workDay: null, absences: [] })).toBe('due');
    expect(asked(monday('10:00'), workDay('ended', '2026-10-26T09:00:00+01:00'))).toBe('due');
    expect(asked(monday('10:00'), workDay('ended', '2026-10-26T11:00:00+01:00'))).not.toBe('due');
  });

  it('a day that nobody ended has ended after sixteen hours', () => {
    expect(asked('2026-11-09T23:59:00+01:00', workDay('open'))).toBe('due');
    expect(asked('2026-11-10T00:00:00+01:00', workDay('open'))).toBe('2026-11-10T08:00:00.000Z');
  });

  it('if both, both hold', () => {
    expect(asked(monday('20:00'), workDay('open'), ['company', 'responsible'])).toBe('2026-11-10T08:00:00.000Z');
    expect(asked(monday('10:00'), workDay('paused'), ['company', 'responsible'])).toBe('2026-11-10T08:00:00.000Z');
    expect(asked(monday('10:00'), workDay('open'), ['responsible', 'company'])).toBe('due');
  });

  it('a later moment is kept, and asked about when it comes', () => {
    const later = { time: { after: '2 hours' }, hours: ['responsible'] as const, entered: monday('10:00') };
    expect(plan({ ...later, presence: workDay('ended') })).toBe('2026-11-09T11:00:00.000Z');
    expect(plan({ ...later, presence: workDay('ended'), now: monday('12:00') })).toBe('2026-11-10T08:00:00.000Z');
  });
});

describe('5.4, 6 working time in conditions', () => {
  it.each([
    [monday('10:00'), true],
    [monday('17:00'), false],
    ['2026-11-12T10:00:00+01:00', false],
  ])('%s: %s', (moment, holds) => {
    const facts = { item: makeItem(), workspace: { ...workspace, calendar }, at: at(moment) };
    expect(compileCondition({ field: 'now', is: 'working time' })(facts).holds).toBe(holds);
    expect(compileCondition({ not: { field: 'now', is: 'working time' } })(facts).holds).toBe(!holds);
  });
});
