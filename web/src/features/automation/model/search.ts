import type { DefinitionStrings } from '@signalbox/automation/kit/settings/strings.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import type { Lane } from './cards.ts';

/** One line of the catalogue. */
export interface Entry {
  readonly lane: Lane;
  readonly key: string;
  readonly icon: string;
  readonly group: string;
  readonly strings: DefinitionStrings;
  /** The types of item on whose boards it stands; null: every one. */
  readonly only: readonly string[] | null;
}

export interface Filter {
  readonly text: string;
  readonly only: Lane | 'all';
  /** A group's name with its lane before it (`trigger:tasks`), `recent`, or null for all. */
  readonly group: string | null;
  readonly recent: readonly string[];
}

export const groupOf = (entry: Pick<Entry, 'lane' | 'group'>) => `${entry.lane}:${entry.group}`;

/** Entries by name, description and synonyms in the user's language and in English; names first. */
export function search(entries: readonly Entry[], filter: Filter, language: Language): readonly Entry[] {
  const words = wordsOf(filter.text);
  return entries
    .filter((entry) => filter.only === 'all' || entry.lane === filter.only)
    .filter((entry) => isInGroup(entry, filter))
    .map((entry) => ({ entry, rank: rankOf(entry, words, language) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ entry }) => entry);
}

/** Lower case without accents, so that `pieniadze` finds `pieniądze`. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('ł', 'l');
}

export const wordsOf = (text: string): readonly string[] =>
  folded(text)
    .split(/\s+/)
    .filter((word) => word !== '');

function isInGroup(entry: Entry, { group, recent }: Filter): boolean {
  if (group === null) return true;
  return group === 'recent' ? recent.includes(entry.key) : groupOf(entry) === group;
}

function rankOf({ key, strings }: Entry, words: readonly string[], language: Language): number {
  if (words.length === 0) return 1;
  const names = folded(`${strings[language].name} ${strings.en.name} ${key}`);
  const all = folded(
    [strings[language], strings.en]
      .map(({ what, why, good, synonyms }) => [what, why, good, ...synonyms].join(' '))
      .join(' '),
  );
  if (words.every((word) => names.includes(word))) return 3;
  return words.every((word) => names.includes(word) || all.includes(word)) ? 2 : 0;
}
