import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { guessDelimiter, parseCsv } from './parse-csv.ts';
import { plainCell } from './plain-cell.ts';
import { guessDateOrder, readDate, readDateTime } from './read-date.ts';
import { guessDecimalMark, readMoney, readNumber } from './read-money.ts';

describe('cells of a CSV', () => {
  const table: [string, string, string[][]][] = [
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'Windows line ends, none at the end',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['old Mac line ends', 'a\rb', [['a'], ['b']]],
    ['quoted marks, quotes and lines', '"a,b","c""d","e\nf"', [['a,b', 'c"d', 'e\nf']]],
    ['empty cells at both ends', ',x,', [['', 'x', '']]],
    ['quotes inside a plain cell', '5" pipe,b', [['5" pipe', 'b']]],
    ['text behind a quotation', '"a"b,c', [['ab', 'c']]],
    ['ragged rows as they are', 'a,b\n1\n1,2,3', [['a', 'b'], ['1'], ['1', '2', '3']]],
    ['blanks before a quotation', 'a, "b, c",  "d" ,e', [['a', 'b, c', 'd', 'e']]],
    ['a quotation behind a blank in the first cell', ' "a\nb", "c"\n', [['a\nb', 'c']]],
    ['a text that begins with a blank and a quotation', 'a, "so" he said,b', [['a', ' "so" he said', 'b']]],
    ['a blank and a quote that is never closed', 'a, "b\nc', [['a', ' "b'], ['c']]],
    ['text formulas of a spreadsheet as they are', '"=""00123""",="00124"', [['="00123"', '="00124"']]],
    ['no line that says the delimiter', 'sep=,\r\na,b\n', [['a', 'b']]],
    ['no quoted line that says it, padded', '"sep=,",,\na,b\n', [['a', 'b']]],
    ['a header that only begins like it', 'sep=x,b\n', [['sep=x', 'b']]],
    ['no blank lines', 'a\n\n,\nb\n', [['a'], ['b']]],
  ];
  it.each(table)('reads %s', (_name, text, cells) => {
    expect(parseCsv(text, ',').records.map((record) => record.cells)).toEqual(cells);
  });

  it('knows the line on which a record begins', () => {
    expect(parseCsv('a\n"b\nc"\nd', ',').records.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it('counts the line that says the delimiter', () => {
    expect(parseCsv('sep=;\r\na;b\r\n1;2', ';').records.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('says where a quotation begins that never ends', () => {
    expect(parseCsv('a\n"b\nc', ',').openQuoteAt).toBe(2);
  });

  it.each([
    ['a;b;c\n1,5;2;3', ';'],
    ['a,b\n1,2', ','],
    ['a\tb\n1,2\t3', '\t'],
    ['a|b\n1|2', '|'],
    ['only\none', ','],
    ['sep=;\na,b,c;d\n1,2,3;4', ';'],
    ['sep=\t\na\tb', '\t'],
    ['"sep=|"\na|b', '|'],
    ['sep=^\na^b', '^'],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });
});

it.each([
  ['utf-8', Buffer.from('zażółć'), 'en'],
  ['utf-8', Buffer.from('\ufeffzażółć'), 'en'],
  ['utf-16le', Buffer.from('\ufeffzażółć', 'utf16le'), 'en'],
  ['windows-1250', iconv.encode('zażółć', 'windows-1250'), 'pl'],
])('decodes %s', (encoding, bytes, language) => {
  expect(decodeText(bytes, language)).toEqual({ text: 'zażółć', encoding });
});

it.each([
  ['31.01.2026', '2026-01-31'],
  ['31.01.2026 14:45', '2026-01-31'],
  ['25-10-16', '2016-10-25'],
  ['01-02-98', '1998-02-01'],
  ['2026-01-31', '2026-01-31'],
  ['2026/1/3 09:05:01', '2026-01-03'],
  ['30.02.2026', undefined],
  ['00.01.2026', undefined],
  ['soon', undefined],
  ['00:26:43', undefined],
  ['12', undefined],
])('reads the date %s', (text, date) => {
  expect(readDate(text, { order: 'dmy', timeZone: 'Europe/Berlin' })).toBe(date);
});

it.each([
  ['21.06.2024 14:45', 'dmy', '2024-06-21T12:45:00.000Z'],
  ['21.01.2024', 'dmy', '2024-01-20T23:00:00.000Z'],
  ['2024-06-21T14:45:00Z', 'dmy', '2024-06-21T14:45:00.000Z'],
  ['2024-06-21 14:45:00.123+0200', 'dmy', '2024-06-21T12:45:00.000Z'],
  ['4/17/2018 5:01 PM', 'mdy', '2018-04-17T15:01:00.000Z'],
  ['4/24/2018 3:00', 'mdy', '2018-04-24T01:00:00.000Z'],
] as const)('reads the moment %s', (text, order, moment) => {
  expect(readDateTime(text, { order, timeZone: 'Europe/Berlin' })).toBe(moment);
});

it.each([
  [['4/17/2018', '2/1/2018'], 'mdy'],
  [['1/2/2018', '17/4/2018'], 'dmy'],
  [['1/2/2018'], 'dmy'],
  [['1.13.2018'], 'dmy'],
])('guesses the order of %j', (values, order) => {
  expect(guessDateOrder(values)).toBe(order);
});

it.each([
  ['€ 3.500,00', '3500.00', 'EUR'],
  ['€ 11398,00', '11398.00', 'EUR'],
  ['1 234,5 zł', '1234.5', 'PLN'],
  ['$1,200.50', '1200.50', 'USD'],
  ['USD 1,200', '1200', 'USD'],
  ['R$ 1.000', '1.000', 'BRL'],
  ['(12.00)', '-12.00', undefined],
  ['-5', '-5', undefined],
  ['5-', '-5', undefined],
  ["1'000", '1000', undefined],
  ['1.000.000', '1000000', undefined],
  ['.5', '0.5', undefined],
  ['007', '7', undefined],
  ['0,123', '0.123', undefined],
])('reads the money %s', (text, amount, currency) => {
  expect(readMoney(text)).toEqual({ amount, currency });
});

it.each(['', 'n/a', '12 apples', '1,2,3.4,5', '1.2.3,4,5', '1e5', '12/3', '1234567890123456'])(
  'takes %j for no money',
  (text) => {
    expect(readMoney(text)).toBeUndefined();
  },
);

it('lets the column say what a single mark before three digits means', () => {
  expect(readMoney('1.234', guessDecimalMark(['€ 3.500,00', '1000']))).toMatchObject({ amount: '1234' });
  expect(readMoney('1.234', guessDecimalMark(['251.41']))).toMatchObject({ amount: '1.234' });
  expect(readNumber('12,5%', ',')).toBe(12.5);
  expect(readNumber('€ 5')).toBeUndefined();
});

it.each([
  ['="00123"', '00123'],
  ['="+48600100200"', '+48600100200'],
  ['="say ""so"""', 'say "so"'],
  ['\'="00123"', '="00123"'],
  ['=1+1', '=1+1'],
  ["'-x", '-x'],
  ["'00123", '00123'],
])('reads the cell %j as it was meant', (cell, text) => {
  expect(plainCell(cell)).toBe(text);
});
