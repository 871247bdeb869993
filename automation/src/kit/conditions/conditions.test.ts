import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, makeItem, makeSignal, workspace } from '../../testing.ts';
import type { FieldValue } from '../values/values.ts';
import type { Condition, ConditionFacts } from './condition.ts';
import { parseCondition } from './condition-parse.ts';
import { conditionInWords } from './condition-words.ts';
import { conditionFields, evaluateCondition } from './conditions.ts';

const saturday = Date.UTC(2026, 10, 21, 10);

function evaluate(raw: unknown, values: Record<string, FieldValue> = {}, given: Partial<ConditionFacts> = {}) {
  const { condition, problems } = parseCondition(raw, { fields, results: { doc: ['number'] } });
  if (condition === null) throw new Error(JSON.stringify(problems));
  return evaluateCondition(condition, { item: makeItem({ values }), workspace, at: saturday, ...given });
}
const holds = (raw: unknown, values: Record<string, FieldValue> = {}, given: Partial<ConditionFacts> = {}) =>
  evaluate(raw, values, given).holds;
const problemsOf = (raw: unknown) => parseCondition(raw, { fields }).problems;

describe('6 operators by type', () => {
  it.each([
    ['equals', 'windows', true],
    ['equals', 'doors', false],
    ['not equals', 'doors', true],
    ['not equals', 'WINDOWS', false],
    ['in', ['doors', 'Windows'], true],
    ['not in', ['doors'], true],
    ['contains', 'DOW', true],
    ['does not contain', 'dow', false],
    ['starts with', 'win', true],
    ['matches', '^w.n', true],
    ['matches', '^dow', false],
    ['is filled', undefined, true],
    ['is empty', undefined, false],
  ])('text %s %j: %s', (is, value, expected) => expect(holds({ field: 'title', is, value })).toBe(expected));

  it('compares text without case unless "match case" is on', () => {
    expect(holds({ field: 'title', is: 'equals', value: 'WINDOWS', matchCase: true })).toBe(false);
    expect(holds({ field: 'title', is: 'contains', value: 'Win', matchCase: true })).toBe(true);
    expect(holds({ field: 'title', is: 'matches', value: '^w', matchCase: true })).toBe(false);
  });

  it.each([
    ['greater', 10, false],
    ['at least', 10, true],
    ['less', 10.5, true],
    ['at most', 9, false],
    ['between', [10, 12], true],
    ['between', [8, 10], true],
    ['between', [11, 12], false],
    ['equals', '10', true],
  ])('numbers %s %j: %s (between is inclusive)', (is, value, expected) =>
    expect(holds({ field: 'seats', is, value }, { seats: 10 })).toBe(expected),
  );

  it.each([
    ['equals', '2026-12-01', true],
    ['less', '2026-12-02', true],
    ['between', ['2026-12-01', '2026-12-31'], true],
    ['within next', '10 days', true],
    ['within next', '9 days', false],
    ['within last', '30 days', false],
    ['weekday', ['tue'], true],
    ['weekday', [1, 'friday'], false],
  ])('dates %s %j: %s', (is, value, expected) =>
    expect(holds({ field: 'deliveryDate', is, value }, { deliveryDate: '2026-12-01' })).toBe(expected),
  );

  it('judges time of day in the workspace’s zone, past midnight too', () => {
    const clock = (value: unknown, at: string) =>
      holds({ field: 'now', is: 'time of day', value }, {}, { at: new Date(at).getTime() });
    expect(clock(['09:00', '17:00'], '2026-11-21T08:00:00Z')).toBe(true);
    expect(clock(['09:00', '17:00'], '2026-11-21T07:59:59Z')).toBe(false);
    expect(clock(['22:00', '06:00'], '2026-11-21T23:30:00Z')).toBe(true);
    expect(clock(['22:00', '06:00'], '2026-11-21T12:00:00Z')).toBe(false);
  });

  it('asks the clock when a condition on time names no field', () => {
    expect(holds({ is: 'weekday', value: ['sat', 'sun'] })).toBe(true);
  });

  it('knows a choice by its value and by its name, a person by id, e-mail and name', () => {
    expect(holds({ field: 'source', is: 'equals', value: 'web' }, { source: 'WEB' })).toBe(true);
    expect(holds({ field: 'source', is: 'in', value: ['Call', 'Web'] }, { source: 'CALL' })).toBe(true);
    for (const value of [11, 'ANNA@example.com', 'Anna Nowak'])
      expect(holds({ field: 'responsible', is: 'equals', value })).toBe(true);
    expect(holds({ field: 'responsible', is: 'equals', value: 'piotr@example.com' })).toBe(false);
  });

  it('knows yes and no', () => {
    expect([
      holds({ field: 'vip', is: 'equals', value: true }, { vip: true }),
      holds({ field: 'vip', is: 'equals', value: 'yes' }, { vip: false }),
    ]).toEqual([true, false]);
  });

  it('sees what changed, from … to …', () => {
    const signal = makeSignal('item.changed', {
      changes: [
        { field: 'source', from: 'CALL', to: 'WEB' },
        { field: 'title', from: null, to: 'Windows' },
      ],
    });
    expect(holds({ field: 'source', is: 'changed' }, {}, { signal })).toBe(true);
    expect(
      holds({ field: 'source', is: 'changed', value: { from: 'CALL', to: ['WEB', 'CALL'] } }, {}, { signal }),
    ).toBe(true);
    expect(holds({ field: 'source', is: 'changed', value: { to: 'CALL' } }, {}, { signal })).toBe(false);
    expect(holds({ field: 'title', is: 'changed', value: { from: null } }, {}, { signal })).toBe(true);
    expect(holds({ field: 'seats', is: 'changed' }, {}, { signal })).toBe(false);
  });

  it('reads client, responsible, signal and earlier results', () => {
    const given = {
      signal: makeSignal('webhook.called', { code: 'go', data: { plan: 'gold' } }),
      results: { doc: { number: '17' } },
    };
    expect(holds({ field: 'client.name', is: 'starts with', value: 'jan' })).toBe(true);
    expect(holds({ field: 'client.emails', is: 'contains', value: '@client.test' })).toBe(true);
    expect(holds({ field: 'responsible.email', is: 'equals', value: 'anna@example.com' })).toBe(true);
    expect(holds({ field: 'signal.code', is: 'equals', value: 'go' }, {}, given)).toBe(true);
    expect(holds({ field: 'signal.data.plan', is: 'equals', value: 'gold' }, {}, given)).toBe(true);
    expect(holds({ field: 'rules.doc.number', is: 'greater', value: 9 }, {}, given)).toBe(true);
  });
});

describe('6 empty values and several values', () => {
  const positive = ['equals', 'greater', 'at least', 'less', 'at most', 'contains', 'starts with', 'matches'];
  it.each(positive)('of an empty field %s is false', (is) =>
    expect(holds({ field: 'chatId', is, value: '1' })).toBe(false),
  );

  it('of an empty field only "is empty" and "not …" are true', () => {
    expect(holds({ field: 'chatId', is: 'is empty' }, { chatId: '  ' })).toBe(true);
    expect(holds({ field: 'chatId', is: 'is filled' })).toBe(false);
    for (const [is, value] of [
      ['not equals', 'x'],
      ['not in', ['x']],
      ['does not contain', 'x'],
    ])
      expect(holds({ field: 'chatId', is, value })).toBe(true);
  });

  it('a field with several values matches if any does, "not …" if none does', () => {
    const values = { tags: ['red', 'blue'] };
    expect(holds({ field: 'tags', is: 'equals', value: 'blue' }, values)).toBe(true);
    expect(holds({ field: 'tags', is: 'not equals', value: 'blue' }, values)).toBe(false);
    expect(holds({ field: 'tags', is: 'not equals', value: 'green' }, values)).toBe(true);
    expect(holds({ field: 'tags', is: 'is empty' }, { tags: [] })).toBe(true);
  });
});

describe('6 money', () => {
  const amount = (value: string, currency: string) => ({ amount: { amount: value, currency } });

  it('compares in one currency, exactly', () => {
    expect(holds({ field: 'amount', is: 'equals', value: 1000 })).toBe(true);
    expect(
      holds({ field: 'amount', is: 'greater', value: { amount: '0.1', currency: 'PLN' } }, amount('0.10', 'PLN')),
    ).toBe(false);
    expect(
      holds(
        { field: 'amount', is: 'at least', value: '99999999999999999999.99' },
        amount('99999999999999999999.98', 'PLN'),
      ),
    ).toBe(false);
  });

  it('converts at the workspace’s rate', () => {
    expect(holds({ field: 'amount', is: 'equals', value: '430.00 PLN' }, amount('100', 'EUR'))).toBe(true);
    expect(holds({ field: 'amount', is: 'greater', value: '100 EUR' }, amount('430.01', 'PLN'))).toBe(true);
  });

  it.each<[string, string, string, unknown, boolean]>([
    ['100', 'EUR', 'equals', 100, true],
    ['100', 'EUR', 'equals', 430, false],
    ['100', 'USD', 'at least', '100', true],
    ['100', 'USD', 'not equals', 100, false],
    ['99.99', 'XXX', 'less', 100, true],
    ['100', 'EUR', 'between', { from: 99, to: '431 PLN' }, true],
    ['100', 'EUR', 'between', { from: 101, to: '431 PLN' }, false],
    ['100', 'EUR', 'in', [5, '430 PLN'], true],
  ])('%s %s %s %j, a plain number being in the money’s own currency: %s', (value, currency, is, wanted, expected) => {
    expect(holds({ field: 'amount', is, value: wanted }, amount(value, currency))).toBe(expected);
  });

  it('is false without a rate and says why, under "not" as well', () => {
    const part = { field: 'amount', is: 'at least', value: '1 PLN' };
    expect(evaluate(part, amount('100', 'USD'))).toMatchObject({
      holds: false,
      because: { part, note: 'no rate for USD' },
    });
    expect(holds({ not: part }, amount('100', 'USD'))).toBe(false);
    expect(holds({ field: 'amount', is: 'not equals', value: '1 PLN' }, amount('100', 'USD'))).toBe(false);
    expect(holds({ any: [part, { field: 'title', is: 'is filled' }] }, amount('100', 'USD'))).toBe(true);
  });
});

describe('6 groups', () => {
  const yes = { field: 'title', is: 'is filled' };
  const no = { field: 'title', is: 'is empty' };

  it('nests AND, OR and NOT', () => {
    expect(holds({ all: [yes, { any: [no, yes] }, { not: no }] })).toBe(true);
    expect(holds({ all: [yes, no] })).toBe(false);
    expect(holds({ any: [no, no] })).toBe(false);
    expect(holds({ not: { all: [yes, yes] } })).toBe(false);
  });

  it('names the part that decided', () => {
    expect(evaluate({ all: [yes, { field: 'title', is: 'equals', value: 'x' }] }).because).toEqual({
      part: { field: 'title', is: 'equals', value: 'x' },
      got: 'Windows',
    });
    expect(evaluate({ not: yes }).because).toMatchObject({ part: yes, note: 'not' });
  });

  it('NOT of a part is the opposite of the part (property)', () => {
    const part = fc.record({
      field: fc.constantFrom('title', 'seats', 'tags', 'chatId'),
      is: fc.constantFrom('equals', 'contains', 'not equals', 'is empty'),
      value: fc.constantFrom('1', '20', '3'),
    });
    fc.assert(
      fc.property(part, (raw) => {
        expect(holds({ not: raw })).toBe(!holds(raw));
      }),
    );
  });

  it('lists its fields once', () => {
    const condition: Condition = {
      all: [
        { field: 'title', is: 'is filled' },
        { not: { field: 'seats', is: 'is empty' } },
        { field: 'title', is: 'is empty' },
      ],
    };
    expect(conditionFields(condition)).toEqual(['title', 'seats']);
  });
});

describe('reading a condition', () => {
  it.each([
    [{ field: 'titel', is: 'is filled' }, ['field']],
    [{ field: 'title', is: 'is like', value: 1 }, ['is']],
    [{ field: 'title', is: 'within last', value: '1 day' }, ['is']],
    [{ field: 'seats', is: 'between', value: [1] }, ['value']],
    [{ field: 'title', is: 'matches', value: '(' }, ['value']],
    [{ field: 'title', is: 'equals' }, ['value']],
    [{ field: 'createdAt', is: 'within last', value: 'soon' }, ['value']],
    [{ field: 'now', is: 'weekday', value: ['someday'] }, ['value']],
    [{ field: 'now', is: 'working time', value: false }, ['value']],
    [{ field: 'title', is: 'is filled', extra: 1 }, ['extra']],
    [
      { all: [{ field: 'title', is: 'is filled' }, { any: [{ field: 'nope', is: 'is filled' }] }] },
      ['all', 1, 'any', 0, 'field'],
    ],
    [{ all: 'x' }, ['all']],
    ['x', []],
    [{ field: 'rules.chat.chatId', is: 'is filled' }, ['field']],
    [{ field: 'client.nmae', is: 'is filled' }, ['field']],
  ])('refuses %j at %j', (raw, path) => expect(problemsOf(raw)).toMatchObject([{ path }]));

  it('never lets a pattern run wild', () => {
    expect(holds({ field: 'title', is: 'matches', value: '^(a+)+$' }, { title: `${'a'.repeat(5000)}!` })).toBe(false);
  });
});

describe('in words', () => {
  const condition: Condition = {
    all: [
      { field: 'amount', is: 'at least', value: { amount: '10000', currency: 'PLN' } },
      {
        any: [{ field: 'source', is: 'equals', value: 'Web' }, { not: { field: 'title', is: 'contains', value: 'x' } }],
      },
    ],
  };
  const names = { amount: 'Amount', source: 'source', title: 'Title' };

  it('reads it back', () => {
    expect(conditionInWords(condition, 'en', names)).toBe(
      'Amount is at least 10,000 PLN and (source is Web or not (Title contains x))',
    );
    expect(conditionInWords({ field: 'seats', is: 'between', value: [1, 2] }, 'en', {})).toBe(
      'seats is between 1 and 2',
    );
    expect(conditionInWords({ field: 'source', is: 'changed', value: { to: 'Web' } }, 'en', names)).toBe(
      'source changed from anything to Web',
    );
  });

  it.each(['pl', 'es', 'pt', 'it'] as const)('reads it back in %s', (language) => {
    expect(conditionInWords(condition, language, names)).not.toContain('{');
    expect(conditionInWords(condition, language, names)).not.toBe(conditionInWords(condition, 'en', names));
  });
});
