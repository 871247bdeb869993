import path from 'node:path';
import { languages } from '@signalbox/automation/kit/words/languages.ts';
import { describe, expect, it } from 'vitest';
import { checkLanguages, checkWords, readWords } from './languages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const files = readWords(root, ['automation/src', 'contract/src', 'server/src', 'web/src', 'widget']);
const besides = files.filter(({ file }) => file.endsWith('.strings.json'));

describe('the words of the product', () => {
  it('are there in every language', () => {
    expect(besides.length).toBeGreaterThan(20);
    expect(files.length).toBeGreaterThan(besides.length + 5);
    expect(checkLanguages(files, languages)).toEqual([]);
  });

  // Those of the screens have forms for each plural: web/src/i18n/texts.test.ts.
  it('say the same things in every language', () => expect(besides.flatMap(checkWords)).toEqual([]));

  it('are asked for in each place when a language comes', () => {
    const missing = checkLanguages(files, [...languages, 'xx']);
    expect(missing).toHaveLength(files.length);
    expect(missing).toContain('web/src/i18n: no xx');
    expect(missing).toContain('server/src/crm/types/standard-types.strings.json: no xx');
  });

  it('are refused in a language that nobody lists', () => {
    expect(checkLanguages([{ file: 'a', words: { en: {}, xx: {} } }], ['en'])).toEqual([
      'a: xx is no language of the product',
    ]);
  });

  it.each<[string, object, string]>([
    ['a gap', { b: { c: '{x}' } }, 'f pl: no a'],
    ['a word too many', { a: 'A', b: { c: '{x}' }, d: 'D' }, 'f pl: d is too much'],
    ['another order', { b: { c: '{x}' }, a: 'A' }, 'f pl: stands in another order'],
    ['another hole', { a: 'A', b: { c: '{y}' } }, 'f pl: b.c fills in other things than the English'],
  ])('are told of %s', (_what, pl, problem) => {
    const en = { a: 'a', b: { c: '{x}' } };
    expect(checkWords({ file: 'f', words: { en, pl } })).toEqual([problem]);
    expect(checkWords({ file: 'f', words: { en, pl: en } })).toEqual([]);
  });
});
