import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../crm/csv/parse-csv.ts';
import { csvLine, withoutApostrophes } from './write-csv.ts';

const cellOf = (text: string) => parseCsv(csvLine([text, 'b']), ',').records[0]?.cells[0] ?? '';

describe('a cell that a spreadsheet would run', () => {
  it.each(['=1+1', '+48 600', '-x', '@me', "'=x", '\tx', ' =1+1', '＝1+1', '"=1+1'])(
    'gets an apostrophe: %j',
    (text) => {
      const formula = text.search(/['=+\-@＝\t]/);
      expect(cellOf(text)).toBe(`${text.slice(0, formula)}'${text.slice(formula)}`);
      expect(withoutApostrophes(cellOf(text))).toBe(text);
    },
  );

  it.each([
    ['by semicolons', 'a;=1+1', "a;'=1+1"],
    ['by semicolons, with a blank', 'a; =1+1', "a; '=1+1"],
    ['by semicolons, behind a quote', 'a;"=1+1"', `a;"'=1+1"`],
    ['by commas', 'a,@SUM(A1)', "a,'@SUM(A1)"],
    ['by tabs', 'a\t-cmd', "a\t'-cmd"],
    ['by bars', 'a|+cmd|x', "a|'+cmd|x"],
    ['by lines', 'a\n=1+1\r\n=2', "a\n'=1+1\r\n'=2"],
    ['several times', '=1;=2;b;=3', "'=1;'=2;b;'=3"],
    ['with an apostrophe of its own', "a;'=1", "a;''=1"],
  ])('gets one where cells are parted %s', (_how, text, safe) => {
    expect(cellOf(text)).toBe(safe);
    expect(withoutApostrophes(safe)).toBe(text);
  });

  it('has nothing live behind any mark, whatever stands in it', () => {
    const live = /(^|[,;\t|\r\n])["\s]*[=+\-@](?![\d.]+($|[,;\t|\r\n]))/;
    const letters = fc.constantFrom(...'ab=+-@\'"; ,\t|\r\n5.＝');
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        const cell = cellOf(text);
        expect(cell).not.toMatch(live);
        expect(withoutApostrophes(cell)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes back, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => withoutApostrophes(cellOf(text)) === text));
  });

  it('is found in a megabyte at once', () => {
    const text = '\n"'.repeat(500_000);
    expect(withoutApostrophes(cellOf(text))).toBe(text);
  });
});

it('leaves numbers and quotations alone', () => {
  expect(csvLine(['-12.5', '+48600', 'a "b"', 'c;d', ''])).toBe('-12.5,+48600,"a ""b""","c;d",\r\n');
  expect(cellOf('+48600100200; -5')).toBe('+48600100200; -5');
});

it.each([
  ["'00123", '00123'],
  ["'+48600100200", '+48600100200'],
  ["'90s music", "'90s music"],
  ["O'Hara", "O'Hara"],
])('reads the text marker of a spreadsheet: %j', (cell, text) => {
  expect(withoutApostrophes(cell)).toBe(text);
});
