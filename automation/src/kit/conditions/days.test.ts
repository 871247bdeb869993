import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeItem, makeSignal, workspace } from '../../testing.ts';
import { formatDateWords, parseDateWords, resolveDateWords } from '../values/date-words.ts';
import type { ConditionPart } from './condition.ts';
import { evaluateCondition } from './conditions.ts';

// A Monday evening in Warsaw, a Tuesday in Tokyo.
const now = Date.parse('2026-11-30T22:04:00Z');
const asked = (part: ConditionPart, value: string, timeZone = 'UTC', at = now) =>
  evaluateCondition(part, {
    item: makeItem({ values: { deliveryDate: value, visitAt: value, createdAt: value } }),
    workspace: { ...workspace, timeZone },
    at,
  }).holds;

const day = (is: ConditionPart['is'], value: unknown): ConditionPart => ({ field: 'deliveryDate', is, value });
const moment = (is: ConditionPart['is'], value: unknown): ConditionPart => ({ field: 'visitAt', is, value });

describe('6 where one side is a day, both are compared as days', () => {
  it.each<[ConditionPart, string, boolean]>([
    [day('within next', '7 days'), '2026-11-30', true],
    [day('within last', '1 days'), '2026-11-29', true],
    [day('within last', '1 days'), '2026-11-30', true],
    [day('within last', '7 days'), '2026-11-23', true],
    [day('within last', '7 days'), '2026-11-22', false],
    [day('within next', '7 days'), '2026-12-07', true],
    [day('within next', '7 days'), '2026-12-08', false],
    [day('within next', '7 days'), '2026-11-29', false],
    [day('within next', '0 days'), '2026-11-30', true],
    [day('within next', '2 hours'), '2026-12-01', true],
    [day('within next', '1 hour'), '2026-12-01', false],
    [moment('equals', '2026-11-30'), '2026-11-30T10:00:00Z', true],
    [moment('not equals', '2026-11-30'), '2026-11-30T10:00:00Z', false],
    [moment('at most', '2026-11-30'), '2026-11-30T10:00:00Z', true],
    [moment('less', '2026-11-30'), '2026-11-30T10:00:00Z', false],
    [moment('greater', '2026-11-30'), '2026-11-30T10:00:00Z', false],
    [moment('greater', '2026-11-30'), '2026-12-01T00:00:00Z', true],
    [moment('in', ['2026-11-29', '2026-11-30']), '2026-11-30T10:00:00Z', true],
    [{ field: 'createdAt', is: 'between', value: ['2026-11-30', '2026-11-30'] }, '2026-11-30T22:03:59Z', true],
    [day('equals', '2026-11-30T10:00:00Z'), '2026-11-30', true],
    // Moments with moments stay exact.
    [moment('equals', '2026-11-30T10:00:01Z'), '2026-11-30T10:00:00Z', false],
    [moment('within last', '1 day'), '2026-11-29T22:03:59Z', false],
  ])('%j of %s: %s', (part, value, holds) => {
    expect(asked(part, value)).toBe(holds);
  });

  it('of the workspace’s zone', () => {
    expect(asked(moment('equals', '2026-12-01'), '2026-11-30T22:00:00Z', 'Asia/Tokyo')).toBe(true);
    expect(asked(moment('equals', '2026-11-30'), '2026-11-30T22:00:00Z', 'Asia/Tokyo')).toBe(false);
    expect(asked(day('within next', '0 days'), '2026-12-01', 'Asia/Tokyo')).toBe(true);
    expect(asked(moment('equals', '2026-11-30'), '2026-12-01T02:00:00Z', 'America/Sao_Paulo')).toBe(true);
  });

  it('a day is the day of each of its moments, and of no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('UTC', 'Europe/Warsaw', 'Asia/Tokyo'),
        (hours, timeZone) => {
          const at = Date.parse('2026-10-24T00:00:00Z') + hours * 3_600_000;
          const value = new Date(at).toISOString();
          const shown = new Intl.DateTimeFormat('sv', { timeZone }).format(at);
          expect(asked(moment('equals', shown), value, timeZone)).toBe(true);
          expect(asked(moment('between', [shown, shown]), value, timeZone)).toBe(true);
          expect(asked(moment('greater', shown), value, timeZone)).toBe(false);
          expect(asked(moment('less', shown), value, timeZone)).toBe(false);
        },
      ),
    );
  });
});

describe('dates in words', () => {
  it.each([
    ['today', '2026-11-30'],
    ['Yesterday', '2026-11-29'],
    ['tomorrow', '2026-12-01'],
    ['today + 7 days', '2026-12-07'],
    ['today+1 day', '2026-12-01'],
    ['today - 2 weeks', '2026-11-16'],
    ['today + 1 month', '2026-12-30'],
    ['start of week', '2026-11-30'],
    ['end of week', '2026-12-06'],
    ['start of month', '2026-11-01'],
    ['end of month - 1 day', '2026-11-29'],
    ['start of quarter', '2026-10-01'],
    ['end of year', '2026-12-31'],
    ['start of month + 1 month', '2026-12-01'],
    ['now - 2 hours', '2026-11-30T20:04:00.000Z'],
  ])('%s is %s', (text, meant) => {
    const words = parseDateWords(text);
    expect(words && resolveDateWords(words, now, 'UTC')).toBe(meant);
    expect(words && parseDateWords(formatDateWords(words))).toEqual(words);
  });

  it.each(['toda', 'today +', 'today + seven days', 'today + 2 hours', 'start of day', '+ 7 days', '', null, 7])(
    'are not %j',
    (text) => expect(parseDateWords(text)).toBeUndefined(),
  );

  it.each<[ConditionPart, string, boolean]>([
    [day('equals', 'today'), '2026-11-30', true],
    [day('between', ['today', 'today + 7 days']), '2026-12-07', true],
    [day('less', 'today'), '2026-11-29', true],
    [day('less', 'today'), '2026-11-30', false],
    [moment('equals', 'today'), '2026-11-30T00:00:00Z', true],
    [moment('at least', 'start of month'), '2026-11-01T00:00:00Z', true],
    [moment('at least', 'now - 2 hours'), '2026-11-30T20:03:59Z', false],
    [day('in', ['yesterday', 'tomorrow']), '2026-12-01', true],
  ])('%j of %s: %s', (part, value, holds) => {
    expect(asked(part, value)).toBe(holds);
  });

  it('mean the day of the signal, also as what a field changed to', () => {
    const signal = makeSignal('item.changed', { changes: [{ field: 'deliveryDate', from: null, to: '2026-11-21' }] });
    const part: ConditionPart = { field: 'deliveryDate', is: 'changed', value: { to: 'today' } };
    const at = (moment: number) =>
      evaluateCondition(part, {
        item: makeItem({ values: { deliveryDate: '2026-11-21' } }),
        workspace,
        signal,
        at: moment,
      });
    expect(at(signal.occurredAt).holds).toBe(true);
    expect(at(signal.occurredAt + 86_400_000).holds).toBe(false);
  });
});
