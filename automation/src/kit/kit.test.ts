import { describe, expect, it } from 'vitest';
import { fields } from '../testing.ts';
import { coerceValue } from './field-kinds/coerce.ts';
import { pathText } from './settings/problems.ts';
import { compareDecimals, multiplyDecimals, parseDecimal, plainNumber } from './values/decimal.ts';
import { formatDuration, parseDuration } from './values/durations.ts';
import { covers } from './values/links.ts';
import { parsePersonRef, readPersonRef } from './values/people.ts';
import { hasPhrase } from './values/phrases.ts';
import { findFieldSpec } from './values/values.ts';
import { parseLanguage } from './words/languages.ts';

describe('link patterns (triggers.md, email/link-clicked)', () => {
  it.each([
    ['https://shop.example/offer', 'https://shop.example/offer', true],
    ['https://shop.example/offer', 'https://shop.example/offer?utm_source=mail', true],
    ['https://shop.example/offer', 'https://shop.example/offer#top', true],
    ['https://shop.example/offer', 'https://shop.example/offer/', true],
    ['https://shop.example/offer', 'https://SHOP.example/offer', true],
    ['https://Shop.Example/offer', 'https://shop.example/offer', true],
    ['https://shop.example', 'https://shop.example/', true],
    ['https://shop.example/', 'https://shop.example', true],
    ['shop.example/offer', 'https://shop.example/offer', true],
    ['https://shop.example:443/offer', 'https://shop.example/offer', true],
    ['https://shop.example/offer', 'https://shop.example/Offer', false],
    ['https://shop.example/offer', 'https://shop.example/offers', false],
    ['https://shop.example/offer', 'http://shop.example/offer', false],
    ['https://shop.example/offer', 'https://evil.example/?https://shop.example/offer', false],
    ['https://shop.example/offer/', 'https://shop.example/offer', false],
    ['https://shop.example/offer?id=5', 'https://shop.example/offer?id=5', true],
    ['https://shop.example/offer?id=5', 'https://shop.example/offer?id=6', false],
    ['https://shop.example/offer?id=5', 'https://shop.example/offer', false],
    ['https://shop.example/offer?id=*', 'https://shop.example/offer?id=6&x=1', true],
    ['https://shop.example/offer#a', 'https://shop.example/offer#b', false],
    ['https://shop.example/*', 'https://shop.example/a/b?c=d', true],
    ['https://shop.example/*/buy', 'https://shop.example/42/buy', true],
    ['https://shop.example/*/buy', 'https://shop.example/42/sell', false],
    ['https://*.example/offer', 'https://shop.example/offer', true],
    ['*offer*', 'https://shop.example/my-offer/5', true],
    ['https://shop.example/a.c', 'https://shop.example/abc', false],
  ])('%s and %s: %s', (pattern, url, expected) => expect(covers(pattern, url)).toBe(expected));
});

describe('phrases (triggers.md, chat/message)', () => {
  it.each([
    ['Dostarcz zamówienie jutro', 'dostarcz jutro', 'exact', false],
    ['Dostarcz zamówienie jutro', 'Proszę: Dostarcz  zamówienie\njutro!', 'exact', true],
    ['dostarcz', 'Dostarcz jutro', 'exact', false],
    ['dostarcz', 'Dostarcz jutro', 'ignoreCase', true],
    ['jutro', 'pojutro', 'exact', false],
    ['jutro', 'pojutro, jutro', 'exact', true],
    ['zamów', 'zamówienie', 'exact', false],
    ['jutro dostarcz', 'Dostarcz zamówienie jutro', 'allWords', true],
    ['jutro dostarcz', 'Dostarcz zamówienie', 'allWords', false],
  ] as const)('%s in "%s" (%s): %s', (phrase, message, match, expected) =>
    expect(hasPhrase(message, phrase, match)).toBe(expected),
  );
});

describe('people', () => {
  it.each([
    ['responsible', 'responsible'],
    ['role:Sales lead', 'role:Sales lead'],
    ['field:reviewer', 'field:reviewer'],
    ['Anna@Example.com', 'anna@example.com'],
    ['somebody', undefined],
    ['role:', undefined],
    ['a@b@c', undefined],
    ['Anna <anna@example.com>', undefined],
  ])('%s is %s', (text, expected) => expect(parsePersonRef(text)).toBe(expected));

  it('reads a reference for the one who resolves it', () => {
    expect(readPersonRef('head:Sales')).toEqual({ is: 'head', name: 'Sales' });
    expect(readPersonRef('creator')).toEqual({ is: 'creator', name: null });
    expect(readPersonRef('anna@example.com')).toEqual({ is: 'email', name: 'anna@example.com' });
  });
});

describe('durations, decimals, paths, languages', () => {
  it.each([
    ['10 minutes', { count: 10, unit: 'minutes' }],
    ['1 day', { count: 1, unit: 'days' }],
    ['0 seconds', { count: 0, unit: 'seconds' }],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
    expect(parseDuration(formatDuration({ count: 5, unit: 'hours' }))).toEqual({ count: 5, unit: 'hours' });
  });

  it.each(['-1 day', '1.5 hours', '3 weeks', 'days', ''])('"%s" is no duration', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it('reckons without rounding', () => {
    const decimal = (text: string) => parseDecimal(text) ?? { units: 0n, scale: 0 };
    expect(compareDecimals(multiplyDecimals(decimal('0.1'), decimal('0.2')), decimal('0.02'))).toBe(0);
    expect(compareDecimals(decimal('-1'), decimal('0.5'))).toBe(-1);
    expect([parseDecimal('1,5'), parseDecimal('x'), parseDecimal('')]).toEqual([undefined, undefined, undefined]);
  });

  it('writes numbers out that JavaScript shortens', () => {
    expect([1e-7, -1.25e-10, 1e21, 1.5e22, 4.02, 0, 5e-324].map(plainNumber)).toEqual([
      ...['0.0000001', '-0.000000000125', '1000000000000000000000', '15000000000000000000000', '4.02', '0'],
      `0.${'0'.repeat(323)}5`,
    ]);
  });

  it('shows a path as the API does, and takes the nearest language', () => {
    expect(pathText(['triggers', 0, 'settings', 'links'])).toBe('triggers[0].settings.links');
    expect([parseLanguage('pt-BR'), parseLanguage('de')]).toEqual(['pt', 'en']);
  });
});

describe('values for fields', () => {
  const coerce = (field: string, value: string | number | boolean | null | readonly string[]) =>
    coerceValue(value, { spec: findFieldSpec(fields, field), field, currency: 'PLN', timeZone: 'UTC' });

  it.each([
    ['seats', '12', 12],
    ['amount', '99.50', { amount: '99.50', currency: 'PLN' }],
    ['amount', '5 EUR', { amount: '5', currency: 'EUR' }],
    ['vip', 'yes', true],
    ['source', 'Web', 'WEB'],
    ['deliveryDate', '2026-12-01 10:00', '2026-12-01'],
    ['tags', 'red', ['red']],
    ['title', 5, '5'],
    ['chatId', '', null],
  ])('%s takes %j as %j', (field, value, expected) => expect(coerce(field, value)).toEqual(expected));

  it.each([
    ['seats', 'many'],
    ['vip', 'perhaps'],
    ['source', 'Fax'],
    ['deliveryDate', 'soon'],
    ['amount', 'much'],
    ['createdAt', '2026-01-01'],
  ])('%s refuses %j', (field, value) => {
    expect(() => coerce(field, value)).toThrow(field);
  });
});
