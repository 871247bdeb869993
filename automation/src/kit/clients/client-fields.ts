import type { FieldKind, FieldSpec } from '../values/values.ts';
import { type Language, languages } from '../words/languages.ts';
import strings from './client-fields.strings.json' with { type: 'json' };

const kinds: Readonly<Record<keyof (typeof strings)['en'], FieldKind>> = {
  name: 'text',
  firstName: 'text',
  lastName: 'text',
  emails: 'email',
  phones: 'phone',
  responsible: 'person',
};
const ofPeople: readonly string[] = ['firstName', 'lastName'];
const several: readonly string[] = ['emails', 'phones'];
const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = strings;

/** What every contact or company has that a rule may write, then what people added. */
export function clientSpecs(kind: 'contact' | 'company', custom: readonly FieldSpec[]): readonly FieldSpec[] {
  return [...standard.filter(({ code }) => kind === 'contact' || !ofPeople.includes(code)), ...custom];
}

const standard: readonly FieldSpec[] = Object.entries(kinds).map(([code, kind]) => ({
  ...{ code, kind, custom: false, multiple: several.includes(code) },
  name: Object.fromEntries(languages.map((language) => [language, words[language][code] ?? code])),
}));
