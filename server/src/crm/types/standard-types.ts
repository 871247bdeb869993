import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { ItemTypeEntry } from '@signalbox/contract/item-types.ts';
import strings from './standard-types.strings.json' with { type: 'json' };

const words: Spoken<(typeof strings)['en']> = strings;

/** What the standard types are called, in all languages. */
export const namesOfStandardTypes = Object.values(words).flatMap((types) =>
  Object.values(types).flatMap(({ name, plural }) => [name, plural]),
);

/** The types that every workspace has, in a language. */
export function listStandardTypes(language: string): ItemTypeEntry[] {
  return Object.entries(words[parseLanguage(language)]).map(([code, { name, plural }]) => {
    return { id: null, code, name, plural, icon: null, standard: true };
  });
}
