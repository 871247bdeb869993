import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fields, makeItem, makeSignal, workspace } from '../../../testing.ts';
import type { Condition, ConditionPart } from '../condition.ts';
import { evaluateCondition } from '../conditions.ts';
import { findContradiction } from './find-contradiction.ts';

const more = [
  ...fields,
  { code: 'mail', kind: 'email' as const, name: 'Mail', custom: true },
  { code: 'tel', kind: 'phone' as const, name: 'Phone', custom: true },
  { code: 'page', kind: 'link' as const, name: 'Page', custom: true },
  { code: 'buyer', kind: 'client' as const, name: 'Buyer', custom: true },
  { code: 'sizes', kind: 'multiChoice' as const, name: 'Sizes', custom: true },
];

const texts = fc.constantFrom('a', 'A ', 'ab', 'b', '5', '5.0', 'WEB', 'Web', 'call');
const numbers = fc.constantFrom(-1, 0, 1, 2, 3, '2.0', '2.5');
const sums = fc.oneof(numbers, fc.constantFrom('1 PLN', '2 PLN', '1 EUR', '2 EUR', '2 USD'));
const dates = fc.constantFrom(
  ...[
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    'today',
    'tomorrow',
    'today + 1 week',
    'start of month',
    'now - 2 hours',
  ],
  ...['2026-11-21T00:30:00+01:00', '2026-11-21T10:00:00Z', '2026-11-21T23:30:00Z', '2026-11-27T10:00:00Z'],
);
const size = ['equals', 'not equals', 'greater', 'at least', 'less', 'at most'] as const;
const word = ['equals', 'not equals', 'contains', 'does not contain', 'starts with'] as const;
const asked = (field: string, is: readonly ConditionPart['is'][], value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    fc.record({ field: fc.constant(field), is: fc.constantFrom(...is), value }),
    fc.record({
      field: fc.constant(field),
      is: fc.constantFrom('in' as const, 'not in' as const),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ field: fc.constant(field), is: fc.constantFrom('is empty' as const, 'is filled' as const) }),
    ...(is === size
      ? [fc.record({ field: fc.constant(field), is: fc.constant('between' as const), value: fc.tuple(value, value) })]
      : []),
  );
const leaf: fc.Arbitrary<ConditionPart> = fc.oneof(
  asked('seats', size, numbers),
  asked('amount', size, sums),
  asked('deliveryDate', size, dates),
  asked('visitAt', size, dates),
  fc.record({
    field: fc.constantFrom('visitAt', 'deliveryDate'),
    is: fc.constantFrom('within last' as const, 'within next' as const),
    value: fc.constantFrom('0 days', '5 hours', '1 day', '30 hours', '7 days'),
  }),
  fc.record({
    field: fc.constant('visitAt'),
    is: fc.constant('weekday' as const),
    value: fc.subarray(['fri', 'sat', 'sun'], { minLength: 1 }),
  }),
  ...['title', 'tags', 'source'].map((field) => asked(field, word, texts)),
  asked('vip', ['equals', 'not equals'], fc.constantFrom(true, false, 'yes', 'no')),
  asked('responsible', ['equals', 'not equals'], fc.constantFrom(11, 12, 'anna@example.com', 'Anna Nowak')),
  asked('tel', word, fc.constantFrom('600100200', '+48600100200', '600100201', '+49600100200')),
  asked('mail', word, fc.constantFrom('a@x.test', 'A@x.test', 'b@x.test', 'x.test')),
);
const wanted = (value: fc.Arbitrary<unknown>) =>
  fc.option(
    fc.oneof(value, fc.constant(null), fc.array(fc.oneof(value, fc.constantFrom(null, '')), { maxLength: 3 })),
    {
      nil: undefined,
    },
  );
const changed = (field: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<ConditionPart> =>
  fc.record({
    ...{ field: fc.constant(field), is: fc.constant('changed' as const), matchCase: fc.boolean() },
    value: fc
      .record({ from: wanted(value), to: wanted(value) })
      .map((sides) => Object.fromEntries(Object.entries(sides).filter(([, side]) => side !== undefined))),
  });
const change: fc.Arbitrary<ConditionPart> = fc.oneof(
  changed('seats', numbers),
  changed('amount', sums),
  ...['title', 'tags', 'source'].map((field) => changed(field, texts)),
  changed('deliveryDate', dates),
  changed('visitAt', dates),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    change,
    fc.array(tie('condition'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));
const moments = fc.constantFrom(
  null,
  '2026-11-20T23:30:00Z',
  '2026-11-21T00:00:00Z',
  '2026-11-21T10:00:00Z',
  '2026-11-28T10:00:00Z',
);
const values = fc.record({
  seats: fc.constantFrom(null, -1, 0, 1, 2, 2.5, 3),
  amount: fc.constantFrom(
    null,
    ...['-1', '0', '1', '2.00', '4.3', '8.6'].map((amount) => ({ amount, currency: 'PLN' })),
    ...[
      { amount: '1', currency: 'EUR' },
      { amount: '2', currency: 'EUR' },
      { amount: '2', currency: 'USD' },
    ],
  ),
  deliveryDate: fc.constantFrom(null, '2026-11-01', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-28'),
  visitAt: moments,
  title: fc.constantFrom(null, 'a', 'A', 'ab', 'ba', 'b', '5', 5, '5.0'),
  tags: fc.array(texts, { maxLength: 3 }),
  source: fc.constantFrom(null, 'WEB', 'CALL', 'web', 'GONE'),
  vip: fc.constantFrom(null, true, false),
  responsible: fc.constantFrom(null, 11, 12),
  tel: fc.constantFrom(null, '+48600100200', '600100200', '+48600100201', '+49600100200', 'ask'),
  mail: fc.constantFrom(null, 'a@x.test', 'b@x.test', 'x.test'),
});

function changesBetween(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return Object.entries(after).map(([field, to]) => ({ field, from: before[field] ?? null, to }));
}

it('is false of every item, whatever was changed', () => {
  const at = fc.constantFrom(
    Date.UTC(2026, 10, 20, 23, 30),
    Date.UTC(2026, 10, 21, 10),
    Date.UTC(2026, 10, 30, 23, 59),
  );
  let told = 0;
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 2, maxLength: 4 }),
      fc.array(values, { minLength: 20 }),
      at,
      (all, many, now) => {
        if (findContradiction({ all }, { fields: more }, { pairs: 1_000 }) === null) return;
        told += 1;
        for (const [index, given] of many.entries()) {
          const item = makeItem({ fields: more, values: given });
          const changes = changesBetween(many[index - 1] ?? {}, given);
          const signal = makeSignal('item.changed', { changes });
          const { holds } = evaluateCondition({ all }, { item, workspace, at: now, signal });
          expect({ given, holds }).toEqual({ given, holds: false });
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect(told).toBeGreaterThan(50);
});

// Each value that it is false of alone is found by looking at all there are: what is told of a pair of parts on one field is all there is to tell.
it('tells nearly every pair of parts that no value of the field fulfils', () => {
  const pair = fc.tuple(asked('seats', size, numbers), asked('seats', size, numbers));
  fc.assert(
    fc.property(pair, ([a, b]) => {
      const all = [a, b];
      const isEver = [null, ...Array.from({ length: 20 }, (_, index) => index / 2 - 3), 2.25].some(
        (seats) => evaluateCondition({ all }, { item: makeItem({ values: { seats } }), workspace, at: 0 }).holds,
      );
      const isAlone = all.every(
        (one) =>
          [-3, 0, 1, 2, 2.5, 3, 6].some(
            (seats) => evaluateCondition(one, { item: makeItem({ values: { seats } }), workspace, at: 0 }).holds,
          ) || one.is === 'is empty',
      );
      if (findContradiction({ all }, { fields }, { pairs: 1 }) !== null) expect(isEver).toBe(false);
      else if (isAlone && !all.some(({ is }) => is === 'in' || is === 'not in' || is === 'not equals'))
        expect(isEver).toBe(true);
    }),
  );
});
