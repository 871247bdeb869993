import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '@signalbox/automation/kit/words/languages.ts';
import { describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const subfolders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const folders = [here, ...subfolders.map(({ name }) => join(here, name))];

describe.each(folders)('texts in %s', (folder) => {
  const english = readTexts(folder, 'en');

  it.each(languages)('has every key in %s', (language) => {
    const texts = readTexts(folder, language);
    expect([...expectedKeys(english, language)].filter((key) => !texts.get(key))).toEqual([]);
  });

  it.each(languages)('has no key in %s that English lacks', (language) => {
    const expected = expectedKeys(english, language);
    expect([...readTexts(folder, language).keys()].filter((key) => !expected.has(key))).toEqual([]);
  });

  it.each(languages)('keeps every placeholder in %s', (language) => {
    const texts = readTexts(folder, language);
    const broken = [...english].filter(([key, text]) => {
      const translated = texts.get(key);
      return translated !== undefined && !sameSet(placeholders(text), placeholders(translated));
    });
    expect(broken.map(([key]) => key)).toEqual([]);
  });

  it.each(languages)('joins a number to no noun without the forms of the noun, in %s', (language) => {
    const uncounted = [...readTexts(folder, language)].filter(([key]) => !/_(one|few|many|other)$/.test(key));
    const joined = uncounted.filter(([, text]) => numbered.exec(text)?.[1] !== undefined);
    expect(joined.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
  });
});

// "{{days}} days" is wrong of one day; "Days: {{days}}" never is.
const numbers = 'count|days|hours|minutes|seconds|items|rows|left|all|total|attempts|times|stays|back';
const numbered = new RegExp(`\\{\\{(?:${numbers})\\}\\} (?!due|done|para|per)(\\p{L}{3,})`, 'u');

it('the settings of every card are named as the help articles name them', () => {
  const say = (language: string, key: string) => readTexts(join(here, 'automation'), language).get(key);
  expect(say('pl', 'common.allowBack')).toBe('Zezwól na przełączanie do poprzedniego stanu');
  expect(say('it', 'common.as')).toBe('Modifica fase come');
});

function readTexts(folder: string, language: string): Map<string, string> {
  return new Map(flatten(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))));
}

function flatten(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...path, key]));
}

// A counted text has one form for each plural category of the language, so Polish has more keys than English.
function expectedKeys(english: Map<string, string>, language: string): Set<string> {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const counted = /_(one|other)$/;
  return new Set(
    [...english.keys()].flatMap((key) =>
      counted.test(key) ? categories.map((category) => key.replace(counted, `_${category}`)) : [key],
    ),
  );
}

const placeholders = (text: string) => new Set(text.match(/\{\{[^}]+\}\}/g) ?? []);
const sameSet = (a: Set<string>, b: Set<string>) => a.size === b.size && [...a].every((one) => b.has(one));
