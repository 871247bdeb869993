import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { guessDelimiter, parseCsv } from './parse-csv.ts';
import { plainCell } from './plain-cell.ts';

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

it('takes a cell of megabytes as it is', () => {
  const cell = `="${'x'.repeat(30_000_000)}`;
  expect(plainCell(cell)).toBe(cell);
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
