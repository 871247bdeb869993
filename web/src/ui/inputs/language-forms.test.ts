import { describe, expect, test } from 'vitest';
import { dayPattern, numberMarks, readDay, readNumber, readTime, writeDay, writeTime } from './language-forms.ts';

describe('a number as it was typed', () => {
  test.each([
    ['en', '1234.5', '1234.5'],
    ['en', '1,234.50', '1234.50'],
    ['en', '1,234', '1234'],
    ['pl', '1 234,50', '1234.50'],
    ['pl', '1 234,50', '1234.50'],
    ['pl', '4.3125', '4.3125'],
    ['pl', '1.234,50', '1234.50'],
    ['pl', '12,5', '12.5'],
    ['es', '1.200', '1200'],
    ['es', '1.200,5', '1200.5'],
    ['it', '1.234.567', '1234567'],
    ['it', "1'200,50", '1200.50'],
    ['pt', '4,3125', '4.3125'],
    ['pt', '-1.200', '-1200'],
    ['en', '−5', '-5'],
    ['pl', '5,', '5'],
    ['en', '4,5', '4.5'],
    ['it', '1.2', '1.2'],
    ['it', '1.2345', '1.2345'],
  ])('in %s "%s" is %s', (language, text, number) => {
    expect(readNumber(text, numberMarks(language))).toBe(number);
  });

  test.each([
    ['en', ''],
    ['en', 'ten'],
    ['pl', '12 zł'],
    ['es', ','],
    ['en', '1-2'],
    ['it', '1,2,3.4,5.6'],
  ])('in %s "%s" is none', (language, text) => {
    expect(readNumber(text, numberMarks(language))).toBeNull();
  });
});

describe('a day as it was typed', () => {
  test.each([
    ['pl', '10.12.2026', '2026-12-10'],
    ['pl', '1.2.2026', '2026-02-01'],
    ['pl', '10/12/2026', '2026-12-10'],
    ['pl', '10-12-2026', '2026-12-10'],
    ['pl', '10 12 2026', '2026-12-10'],
    ['es', '31/12/2026', '2026-12-31'],
    ['pt', '29/02/2028', '2028-02-29'],
    ['it', ' 3/4/2026 ', '2026-04-03'],
    ['en-US', '12/10/2026', '2026-12-10'],
    ['en-GB', '12/10/2026', '2026-10-12'],
    ['pl', '2026-12-10', '2026-12-10'],
    ['en-US', '2026.1.5', '2026-01-05'],
  ])('in %s "%s" is %s', (language, text, day) => {
    expect(readDay(text, language)).toBe(day);
  });

  test.each([
    ['pl', '32.12.2026'],
    ['pl', '29.02.2027'],
    ['pl', '10.13.2026'],
    ['en-US', '13/10/2026'],
    ['pl', '10.12'],
    ['pl', '10.12.202'],
    ['pl', '10.12.20260'],
    ['pl', 'jutro'],
    ['pl', ''],
    ['pl', '10.12.2026 r'],
  ])('in %s "%s" is none', (language, text) => {
    expect(readDay(text, language, true)).toBeNull();
  });

  test('a year of two digits is of this century, once it cannot be the beginning of another', () => {
    expect(readDay('10.12.26', 'pl')).toBe('2026-12-10');
    expect([readDay('10.12.20', 'pl'), readDay('10.12.20', 'pl', true)]).toEqual([null, '2020-12-10']);
  });

  test.each(['en-US', 'en-GB', 'pl', 'es', 'it', 'pt', 'pt-BR'])('what %s writes it reads', (language) => {
    expect(readDay(writeDay('2026-02-03', language), language)).toBe('2026-02-03');
    expect(dayPattern(language).replace('DD', '03').replace('MM', '02').replace('YYYY', '2026')).toBe(
      writeDay('2026-02-03', language),
    );
  });
});

describe('a time as it was typed', () => {
  test.each([
    ['17:05', '17:05'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['17', '17:00'],
    ['5 pm', '17:00'],
    ['12:15 am', '00:15'],
    ['12 p.m.', '12:00'],
    ['9h30', '09:30'],
  ])('"%s" is %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  test.each(['', '24:00', '9:60', 'noon', '13 pm', '0 am', '9:5', '12345'])('"%s" is none', (text) => {
    expect(readTime(text)).toBeNull();
  });

  test.each(['en-US', 'en-GB', 'pl', 'es', 'it', 'pt'])('what %s writes it reads', (language) => {
    for (const time of ['00:00', '09:05', '12:00', '17:30'])
      expect(readTime(writeTime(time, language).replaceAll('\u202f', ' '))).toBe(time);
  });
});
