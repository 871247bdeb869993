import { describe, expect, it } from 'vitest';
import { makeItem, makeSignal, workspace } from '../../testing.ts';
import { type FieldKind, type FieldSpec, type FieldValue, fieldKinds } from '../values/values.ts';
import { parseCondition } from './condition-parse.ts';
import { evaluateCondition } from './conditions.ts';
import { operatorsOf } from './operator-kinds.ts';
import type { Operator } from './operators.ts';

// A Saturday morning in Warsaw.
const at = Date.UTC(2026, 10, 21, 10);

interface Sample {
  readonly value: FieldValue;
  readonly other: FieldValue;
  /** How people write `value`. */
  readonly written: readonly unknown[];
  /** What is less and what is greater than `value`. */
  readonly around?: readonly [unknown, unknown];
  /** A part of it, its beginning, a pattern for it. */
  readonly words?: readonly [string, string, string];
  /** For time: what is true of `value`, what is not. */
  readonly clock?: Readonly<Partial<Record<Operator, readonly [unknown, unknown]>>>;
}

const text = (value: string, other: string): Sample => ({
  ...{ value, other, written: [value, value.toUpperCase()], around: ['!', '~~~'] },
  words: [value.slice(1, 4).toUpperCase(), value.slice(0, 2), `${value.slice(0, 2)}.*${value.at(-1)}$`],
});
const clock = { 'within last': ['2 days', '1 hour'], weekday: [['fri'], ['sat', 7]] } as const;

const samples: Readonly<Record<FieldKind, Sample>> = {
  text: text('Windows', 'Doors'),
  link: text('https://shop.test/a', 'https://other.test'),
  phone: { ...text('+48221234567', '+34911234567'), words: ['822', '+4', '^.48.*7$'] },
  email: text('jan@client.test', 'eve@client.test'),
  address: text('Prosta 1, Warszawa', 'Calle Mayor 2, Madrid'),
  number: { value: 10, other: 7, written: [10, '10', '10.0'], around: [9.5, '10.01'], words: ['0', '1', '^1.$'] },
  money: {
    value: { amount: '430', currency: 'PLN' },
    other: { amount: '430.01', currency: 'PLN' },
    written: [430, '430.00', '430 PLN', { amount: '100', currency: 'EUR' }],
    around: ['429.99', '100.01 EUR'],
  },
  date: {
    ...{ value: '2026-11-20', other: '2026-12-20', written: ['2026-11-20', '2026-11-20T23:59:00+01:00', 'yesterday'] },
    around: ['2026-11-19T23:59:59+01:00', '2026-11-21T00:00:00+01:00'],
    clock: {
      ...clock,
      'within next': ['', '30 days'],
      'time of day': [
        ['00:00', '00:00'],
        ['00:01', '23:59'],
      ],
    },
  },
  dateTime: {
    ...{
      value: '2026-11-20T09:00:00Z',
      other: '2026-12-20T09:00:00Z',
      written: ['2026-11-20T10:00:00+01:00', '2026-11-20'],
    },
    around: ['2026-11-20T09:59:59', '2026-11-20T10:00:01'],
    clock: {
      ...clock,
      'within next': ['', '30 days'],
      'time of day': [
        ['09:59', '10:00'],
        ['10:01', '09:59'],
      ],
    },
  },
  yesNo: { value: true, other: false, written: [true, 'yes', 'TRUE'] },
  choice: { value: 'c1', other: 'c2', written: ['c1', 'Phone', 'phone'], words: ['hon', 'ph', '^phone$'] },
  multiChoice: { value: ['c2', 'c1'], other: ['c2'], written: ['c1', 'Phone'], words: ['hon', 'ph', ''] },
  person: { value: 11, other: 12, written: [11, 'ANNA@example.com', 'Anna Nowak'] },
  client: { value: 21, other: 22, written: [21, 'jan kowalski'] },
  item: { value: 5, other: 6, written: [5, '5'] },
  file: { value: 7, other: 8, written: [] },
};

type Case = readonly [wanted: unknown, value: FieldValue, holds: boolean];
type Cases = (sample: Sample) => readonly Case[];

const alike =
  (list: boolean, negative: boolean): Cases =>
  ({ value, other, written }) =>
    written.flatMap((one): readonly Case[] => {
      const wanted = list ? [one, 'nothing else'] : one;
      return [
        [wanted, value, !negative],
        [wanted, other, negative],
        [wanted, null, negative],
      ];
    });
const sized =
  (least: boolean, same: boolean): Cases =>
  ({ value, written, around = [0, 0] }) => [
    [around[0], value, least],
    [around[1], value, !least],
    ...written.map((one): Case => [one, value, same]),
    [around[0], null, false],
  ];
const worded =
  (index: 0 | 1 | 2, negative = false): Cases =>
  ({ value, words = ['', '', ''] }) => [
    [words[index], value, !negative],
    ['zzz', value, negative],
    [words[index], null, negative],
  ];
const timed =
  (is: Operator): Cases =>
  ({ value, other, clock: asked }) => {
    const [right, wrong] = asked?.[is] ?? ['', ''];
    if (is === 'within next')
      return [
        [wrong, other, true],
        [wrong, value, false],
        [wrong, null, false],
      ];
    return [
      [right, value, true],
      [wrong, value, false],
      [right, null, false],
    ];
  };

const cases: Readonly<Partial<Record<Operator, Cases>>> = {
  equals: alike(false, false),
  'not equals': alike(false, true),
  in: alike(true, false),
  'not in': alike(true, true),
  greater: sized(true, false),
  'at least': sized(true, true),
  less: sized(false, false),
  'at most': sized(false, true),
  between: ({ value, written, around = [0, 0] }) => [
    ...written.flatMap((one): Case[] => [
      [[around[0], one], value, true],
      [[one, around[1]], value, true],
    ]),
    [[around[1], around[1]], value, false],
    [[...around], null, false],
  ],
  contains: worded(0),
  'does not contain': worded(0, true),
  'starts with': worded(1),
  matches: worded(2),
  'is filled': ({ value }) => [
    [undefined, value, true],
    [undefined, null, false],
    [undefined, [], false],
  ],
  'is empty': ({ value }) => [
    [undefined, value, false],
    [undefined, null, true],
    [undefined, '  ', true],
  ],
  'within last': timed('within last'),
  'within next': timed('within next'),
  'time of day': timed('time of day'),
  weekday: timed('weekday'),
  // The calendar of these facts is null: every moment is working time; calendar.test.ts knows others.
  'working time': ({ value }) => [
    [undefined, value, true],
    [true, value, true],
    [undefined, null, false],
  ],
};

const options = [
  { value: 'c1', name: 'Phone' },
  { value: 'c2', name: 'Web' },
];

function holds(kind: FieldKind, { is, wanted, value }: { is: Operator; wanted: unknown; value: FieldValue }): boolean {
  const field: FieldSpec = { code: 'f', kind, name: 'F', custom: true, options, multiple: kind === 'multiChoice' };
  const signal = makeSignal('item.changed', { changes: [{ field: 'f', from: samples[kind].other, to: value }] });
  const { condition, problems } = parseCondition({ field: 'f', is, value: wanted }, { fields: [field], lenient: true });
  if (condition === null) throw new Error(JSON.stringify(problems));
  return evaluateCondition(condition, {
    item: makeItem({ fields: [field], values: { f: value } }),
    signal,
    workspace,
    at,
  }).holds;
}

describe.each(fieldKinds)('6 operators of the type %s', (kind) => {
  it.each(operatorsOf(kind).filter((is) => is !== 'changed'))('6 %s', (is) => {
    const asked = cases[is]?.(samples[kind]) ?? [];
    expect(asked.length).toBeGreaterThan(0);
    for (const [wanted, value, expected] of asked)
      expect([wanted, value, holds(kind, { is, wanted, value })]).toEqual([wanted, value, expected]);
  });

  it('6 changed, from … to … as people write it', () => {
    const { value, other, written } = samples[kind];
    const changed = (wanted: unknown) => holds(kind, { is: 'changed', wanted, value });
    expect([changed(undefined), changed({ to: null }), changed({ from: null })]).toEqual([true, false, false]);
    if (Array.isArray(other)) return;
    for (const one of written)
      expect([one, changed({ to: one }), changed({ from: other, to: [one, 'x'] }), changed({ from: one })]).toEqual([
        ...[one, true, true, false],
      ]);
  });

  it('6 no other operator can be asked of it', () => {
    const never = Object.keys(cases).filter((is) => !operatorsOf(kind).some((known) => known === is));
    const field: FieldSpec = { code: 'f', kind, name: 'F', custom: true };
    for (const is of never)
      expect(parseCondition({ field: 'f', is, value: '1 day' }, { fields: [field] }).problems[0]).toMatchObject({
        path: ['is'],
        code: 'operator',
      });
  });
});

describe('6 values of several', () => {
  const tags: FieldSpec = { code: 'tags', kind: 'number', name: 'Tags', custom: true, multiple: true };
  const asked = (is: Operator, value: unknown, values: FieldValue) => {
    const { condition } = parseCondition({ field: 'tags', is, value }, { fields: [tags] });
    if (condition === null) throw new Error('the condition is wrong');
    return evaluateCondition(condition, { item: makeItem({ fields: [tags], values: { tags: values } }), workspace, at })
      .holds;
  };

  it.each<[Operator, unknown, boolean]>([
    ['equals', 3, true],
    ['equals', 4, false],
    ['not equals', 3, false],
    ['not equals', 4, true],
    ['in', [4, 8], true],
    ['not in', [4, 8], false],
    ['not in', [4, 5], true],
    ['greater', 7, true],
    ['less', 3, false],
    ['between', [4, 7], false],
    ['does not contain', 8, false],
  ])('6 any of them matches, "not …" if none does: %s %j', (is, value, expected) =>
    expect(asked(is, value, [3, 8])).toBe(expected),
  );
});
