import { describe, expect, it } from 'vitest';
import { doubtsOf, judgeColumn, readingOf } from './column-reading.ts';
import { habitsOf } from './habits.ts';

const thousands = ['1.200', '12.500', '3.000'];
const halves = ['1/5/2026 2:45 PM', '2/6/2026 9:10 AM', '11/3/2026 1:00 PM'];

describe('a column is read one way', () => {
  const read = (values: string[], more: Partial<Parameters<typeof readingOf>[1]> = {}) =>
    readingOf(judgeColumn(values), { kind: 'money', chosen: {}, locale: undefined, home: 'en-GB', ...more });

  it.each([
    ['its clear cells tell', [...thousands, '12,5'], {}, ',', 'cells'],
    ['its clear cells tell, whatever the locale', [...thousands, '12,5'], { locale: 'en-US' }, ',', 'cells'],
    ['money has no thousandths', thousands, {}, ',', 'habit'],
    ['nor have round numbers', thousands, { kind: 'number' }, ',', 'habit'],
    ['other numbers as people here write', ['1.250', '2.375'], { kind: 'number' }, '.', 'habit'],
    ['other numbers as people there write', ['1.250', '2.375'], { kind: 'number', home: 'pl-PL' }, ',', 'habit'],
    ['a chosen locale decides', thousands, { locale: 'en-US' }, '.', 'locale'],
    ['a chosen locale decides, the other way', ['1,200'], { locale: 'pl' }, ',', 'locale'],
    [
      'what is chosen for the column goes first',
      ['12.5'],
      { locale: 'en-US', chosen: { decimal: ',' } },
      ',',
      'chosen',
    ],
    ['both marks in doubt', ['1.200', '3,500'], { home: 'it-IT' }, ',', 'habit'],
  ] as const)('%s', (_why, values, more, decimal, decimalBy) => {
    expect(read([...values], more)).toMatchObject({ decimal, decimalBy });
  });

  it.each([
    ['its clear cells tell', [...halves, '1/31/2026'], {}, 'mdy', 'cells'],
    ['as people here write', halves, {}, 'dmy', 'habit'],
    ['as people there write', halves, { home: 'en-US' }, 'mdy', 'habit'],
    ['a chosen locale decides', halves, { locale: 'en-US' }, 'mdy', 'locale'],
    ['clear cells that contradict each other', ['13/1/2026', '1/13/2026'], { locale: 'en-US' }, 'mdy', 'locale'],
    [
      'what is chosen for the column goes first',
      [...halves, '1/31/2026'],
      { chosen: { order: 'dmy' } },
      'dmy',
      'chosen',
    ],
  ] as const)('of dates: %s', (_why, values, more, order, orderBy) => {
    expect(read([...values], { kind: 'dateTime', ...more })).toMatchObject({ order, orderBy });
  });
});

it.each([
  [halves, 'dateTime', [{ what: 'order', sample: '1/5/2026 2:45 PM' }]],
  [halves, 'text', []],
  [thousands, 'money', [{ what: 'decimal', sample: '1.200' }]],
  [thousands, 'date', []],
  [['46053', '31.01.2026'], 'date', [{ what: 'serial', sample: '46053' }]],
  [['46053'], 'number', []],
  [['31.01.2026', '12,5'], 'date', []],
] as const)('tells what is in doubt: %j as %s', (values, kind, doubts) => {
  expect(doubtsOf(judgeColumn(values), kind)).toEqual(doubts);
});

it.each([
  ['en-US', 'mdy', '.'],
  ['en-GB', 'dmy', '.'],
  ['pl', 'dmy', ','],
  ['pt-BR', 'dmy', ','],
  ['es-MX', 'dmy', '.'],
  ['it-IT', 'dmy', ','],
  ['hu', 'ymd', ','],
] as const)('knows the habits of %s', (tag, order, decimal) => {
  expect(habitsOf(tag)).toEqual({ order, decimal });
});
