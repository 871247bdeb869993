import { describe, expect, it } from 'vitest';
import { readableOn } from '../color.ts';
import { formatDate, formatMoney, formatRelative, shown } from './format.ts';

const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('money', () => {
  it.each([
    [10_000, 'PLN', 'pl', '10 000 zł'],
    [1234.5, 'EUR', 'en', '€1,234.50'],
    [1234.5, 'BRL', 'pt', 'R$ 1.234,50'],
    [1234, 'JPY', 'en', '¥1,234'],
    // A currency without cents: what was kept with them is not rounded away.
    [1234.5, 'JPY', 'en', '¥1,234.50'],
    // Two digits are all that is kept of a thousandth.
    [1234.5, 'KWD', 'en', 'KWD 1,234.50'],
    // Stored long ago: no code, and no reason for the page to fall.
    [1234.5, 'zł', 'en', '1,234.5 zł'],
    [5, 'zzzz', 'pl', '5 zzzz'],
    [Number.NaN, '', 'en', 'NaN '],
  ])('writes %d %s in %s as %s', (amount, currency, language, text) => {
    expect(plain(formatMoney(amount, currency, language))).toBe(text);
  });
});

describe('relative time', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  it.each([
    ['2026-03-10T11:59:50Z', 'now'],
    ['2026-03-10T11:58:00Z', '2 min. ago'],
    ['2026-03-10T15:00:00Z', 'in 3 hr.'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-01-01T12:00:00Z', 'Jan 1, 2026'],
  ])('says %s as %s', (at, text) => {
    expect(formatRelative(new Date(at), now, 'en')).toBe(text);
  });
});

describe('a moment', () => {
  it.each(['', 'soon', '2026-13-45', 'null'])('that is none is shown as it was written: %j', (text) => {
    expect(shown(text, (at) => formatDate(at, 'en'))).toBe(text);
  });
});

describe('text on a stage colour', () => {
  it.each([
    ['#fab005', '#14171b'],
    ['#7950f2', '#ffffff'],
    ['#000000', '#ffffff'],
  ])('on %s is %s', (background, text) => {
    expect(readableOn(background)).toBe(text);
  });
});
