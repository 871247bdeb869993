import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeItem, workspace } from '../testing.ts';
import { ruleTime, ruleTimeEntry } from './rule-time.ts';
import { planRun, type RunQuestion } from './schedule.ts';

const at = (text: string) => new Date(text).getTime();
const entered = at('2026-11-21T10:00:00+01:00');

function plan(time: unknown, given: Partial<RunQuestion> & { order?: 'in parallel' | 'after previous' } = {}) {
  const rule = { time: ruleTime.parse(time), order: given.order ?? ('in parallel' as const), hours: [] };
  return planRun({
    rule,
    enteredAt: entered,
    previousEndedAt: null,
    item: makeItem(),
    workspace,
    results: {},
    now: entered,
    ...given,
  });
}
const due = (text: string) => ({ state: 'waiting', dueAt: at(text) });

describe('5.3 time', () => {
  it('runs immediately, and after 0 as well', () => {
    expect([plan(undefined), plan({ after: '0 days' })]).toMatchObject([{ state: 'due' }, { state: 'due' }]);
  });

  it('waits seconds, minutes and hours exactly', () => {
    expect(plan({ after: '10 minutes' })).toEqual(due('2026-11-21T10:10:00+01:00'));
    expect(plan({ after: '90 seconds' })).toEqual(due('2026-11-21T10:01:30+01:00'));
  });

  it('takes a moment that is already past for now', () => {
    expect(plan({ after: '10 minutes' }, { now: entered + 600_000 })).toMatchObject({ state: 'due' });
    expect(
      plan({ before: '1 day', field: 'deliveryDate' }, { item: makeItem({ values: { deliveryDate: '2026-01-01' } }) }),
    ).toMatchObject({ state: 'due' });
  });

  it('counts after a date field, before it, and at it', () => {
    const item = makeItem({ values: { deliveryDate: '2026-12-01' } });
    expect(plan({ after: '2 days', field: 'deliveryDate' }, { item })).toEqual(due('2026-12-03T00:00:00+01:00'));
    expect(plan({ before: '2 hours', field: 'deliveryDate' }, { item })).toEqual(due('2026-11-30T22:00:00+01:00'));
    expect(plan({ at: { field: 'deliveryDate' } }, { item })).toEqual(due('2026-12-01T00:00:00+01:00'));
    expect(plan({ at: { field: 'deliveryDate', time: '09:30' } }, { item })).toEqual(due('2026-12-01T09:30:00+01:00'));
  });

  it('waits for a day of the calendar, at its beginning or at a time of it, by the wall clock', () => {
    expect(plan({ at: { date: '2026-12-24' } })).toEqual(due('2026-12-24T00:00:00+01:00'));
    expect(plan({ at: { date: '2027-07-01', time: '09:30' } })).toEqual(due('2027-07-01T09:30:00+02:00'));
    expect(plan({ at: { date: '2026-03-29', time: '02:30' } }, { enteredAt: 0, now: 0 })).toEqual(
      due('2026-03-29T03:30:00+02:00'),
    );
    expect(plan({ at: { date: '2026-11-20' } })).toMatchObject({ state: 'due', at: entered });
    for (const at of [{ date: '2026-02-30' }, { date: '' }, { date: '2026-12-24', field: 'dueDate' }])
      expect(ruleTime.safeParse({ at }).success).toBe(false);
    expect(ruleTime.safeParse({ at: { date: '2026-12-24' }, empty: 'now' }).success).toBe(false);
    const written = { at: { date: '2026-12-24', time: '09:30' } };
    expect(ruleTimeEntry(ruleTime.parse(written))).toEqual(written);
  });

  it('takes date-times, createdAt, tied things and earlier results for date fields', () => {
    const item = makeItem({
      values: { visitAt: '2026-12-01T15:00:00+01:00' },
      tied: { invoice: { paymentDate: '2026-12-05' } },
    });
    const results = { doc: { validUntil: '2026-12-24' } };
    expect(plan({ before: '1 day', field: 'visitAt' }, { item })).toEqual(due('2026-11-30T15:00:00+01:00'));
    expect(plan({ after: '2 days', field: 'createdAt' }, { item })).toEqual(due('2026-11-23T10:00:00+01:00'));
    expect(plan({ at: { field: 'invoice.paymentDate' } }, { item })).toEqual(due('2026-12-05T00:00:00+01:00'));
    expect(plan({ at: { field: 'rules.doc.validUntil' } }, { item, results })).toEqual(
      due('2026-12-24T00:00:00+01:00'),
    );
  });

  it.each([
    ['wait', { state: 'waiting', dueAt: null, waitingFor: 'time' }],
    ['now', { state: 'due' }],
    ['skip', { state: 'skip', reason: { code: 'date-empty', params: { field: 'deliveryDate' } } }],
  ])('does with an empty date as it is set: %s', (empty, expected) => {
    expect(plan({ before: '1 day', field: 'deliveryDate', empty })).toMatchObject(expected);
  });

  it('waits by default while the date is empty', () => {
    expect(plan({ at: { field: 'deliveryDate' } })).toEqual({ state: 'waiting', dueAt: null, waitingFor: 'time' });
  });
});

describe('5.2 order', () => {
  it('a link waits without a moment until the rule above has ended, and counts from there', () => {
    const order = 'after previous' as const;
    expect(plan({ after: '1 hour' }, { order })).toEqual({ state: 'waiting', dueAt: null, waitingFor: 'time' });
    expect(plan({ after: '1 hour' }, { order, previousEndedAt: at('2026-11-21T12:00:00+01:00') })).toEqual(
      due('2026-11-21T13:00:00+01:00'),
    );
  });

  it('a rule in parallel counts from entry', () => {
    expect(plan({ after: '1 hour' }, { previousEndedAt: entered + 999_000 })).toEqual(due('2026-11-21T11:00:00+01:00'));
  });
});

describe('the preamble: wall time and daylight saving (Europe/Warsaw)', () => {
  it('a day is the next day at the same wall time, across the change', () => {
    expect(plan({ after: '1 day' }, { enteredAt: at('2026-03-28T12:00:00+01:00'), now: 0 })).toEqual(
      due('2026-03-29T12:00:00+02:00'),
    );
    expect(plan({ after: '24 hours' }, { enteredAt: at('2026-03-28T12:00:00+01:00'), now: 0 })).toEqual(
      due('2026-03-29T13:00:00+02:00'),
    );
  });

  it('a skipped wall time moves forward', () => {
    expect(plan({ after: '1 day' }, { enteredAt: at('2026-03-28T02:30:00+01:00'), now: 0 })).toEqual(
      due('2026-03-29T03:30:00+02:00'),
    );
    const item = makeItem({ values: { deliveryDate: '2026-03-29' } });
    expect(plan({ at: { field: 'deliveryDate', time: '02:15' } }, { item, now: 0 })).toEqual(
      due('2026-03-29T03:15:00+02:00'),
    );
  });

  it('a doubled wall time means the first', () => {
    expect(plan({ after: '1 day' }, { enteredAt: at('2026-10-24T02:30:00+02:00'), now: 0 })).toEqual(
      due('2026-10-25T02:30:00+02:00'),
    );
    const enteredAt = at('2026-10-26T02:30:00+01:00');
    const item = makeItem({ values: { visitAt: '2026-10-26T02:30:00+01:00' } });
    expect(plan({ before: '1 day', field: 'visitAt' }, { item, enteredAt, now: 0 })).toEqual(
      due('2026-10-25T02:30:00+02:00'),
    );
  });

  it('a date means 00:00 in the workspace’s zone', () => {
    const item = makeItem({ values: { deliveryDate: '2026-12-01' } });
    const tokyo = { ...workspace, timeZone: 'Asia/Tokyo' };
    expect(plan({ at: { field: 'deliveryDate' } }, { item, workspace: tokyo })).toEqual(
      due('2026-12-01T00:00:00+09:00'),
    );
  });
});

describe('5 whatever the time (properties)', () => {
  const anyPlan = fc.record({
    count: fc.integer({ min: 0, max: 400 }),
    unit: fc.constantFrom('seconds', 'minutes', 'hours', 'days'),
    enteredAt: fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }),
    late: fc.integer({ min: 0, max: 10_000_000_000 }),
    timeZone: fc.constantFrom(
      'Europe/Warsaw',
      'America/Sao_Paulo',
      'Asia/Kolkata',
      'America/New_York',
      'Australia/Lord_Howe',
    ),
  });

  it('gives the same answer to the same question, and never a moment in the past', () => {
    fc.assert(
      fc.property(anyPlan, ({ count, unit, enteredAt, late, timeZone }) => {
        const given = { enteredAt, now: enteredAt + late, workspace: { ...workspace, timeZone } };
        const first = plan({ after: `${count} ${unit}` }, given);
        expect(plan({ after: `${count} ${unit}` }, given)).toEqual(first);
        if (first.state === 'waiting') expect(first.dueAt).toBeGreaterThan(given.now);
      }),
    );
  });

  it('5.2 never lets a link begin before the end of the rule above, and always by its delay', () => {
    fc.assert(
      fc.property(anyPlan, fc.boolean(), ({ count, unit, enteredAt, late, timeZone }, ended) => {
        const given = { enteredAt, order: 'after previous' as const, now: enteredAt + late };
        const zone = { ...workspace, timeZone };
        const previousEndedAt = ended ? enteredAt + late : null;
        const linked = plan({ after: `${count} ${unit}` }, { ...given, previousEndedAt, workspace: zone });
        if (!ended || count === 0) {
          const waiting = { state: 'waiting', dueAt: null, waitingFor: 'time' };
          expect(linked).toMatchObject(ended ? { state: 'due' } : waiting);
          return;
        }
        expect(Object(linked).dueAt).toBeGreaterThan(enteredAt + late);
        // As if it had been entered then.
        const entered = { enteredAt: enteredAt + late, now: enteredAt + late, workspace: zone };
        expect(linked).toEqual(plan({ after: `${count} ${unit}` }, entered));
      }),
    );
  });

  it('5.3 with an empty date does what is set, with a filled one never, whatever the rest', () => {
    const kinds = fc.constantFrom(
      (amount: string) => ({ before: amount, field: 'visitAt' }),
      (amount: string) => ({ after: amount, field: 'visitAt' }),
      () => ({ at: { field: 'visitAt', time: '09:00' } }),
    );
    const wanted = { wait: 'waiting', now: 'due', skip: 'skip' };
    fc.assert(
      fc.property(
        anyPlan,
        kinds,
        fc.constantFrom('wait', 'now', 'skip'),
        ({ count, unit, enteredAt }, timeOf, empty) => {
          const time = { ...timeOf(`${count} ${unit}`), empty };
          expect(plan(time, { enteredAt, now: enteredAt }).state).toBe(wanted[empty]);
          const filled = makeItem({ values: { visitAt: new Date(enteredAt).toISOString() } });
          const planned = plan(time, { enteredAt, now: 0, item: filled });
          expect(planned).toEqual({ state: 'waiting', dueAt: expect.any(Number) });
          expect(plan(time, { enteredAt, now: Object(planned).dueAt, item: filled })).toMatchObject({ state: 'due' });
        },
      ),
    );
  });

  it('never makes a longer delay come earlier', () => {
    fc.assert(
      fc.property(anyPlan, ({ count, unit, enteredAt, timeZone }) => {
        const given = { enteredAt, now: 0, workspace: { ...workspace, timeZone } };
        const moment = (more: number) => Object(plan({ after: `${count + more} ${unit}` }, given)).dueAt;
        expect(moment(1)).toBeGreaterThan(moment(0));
      }),
    );
  });
});
