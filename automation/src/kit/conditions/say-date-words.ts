import type { DateUnit, DateWords } from '../values/date-words.ts';
import type { Language, Spoken } from '../words/languages.ts';
import strings from './say-date-words.strings.json' with { type: 'json' };

const names: Spoken<Readonly<Record<DateWords['from'], string>>> = strings;

/** The days from which words count, each as it is called. */
export const dateStarts = (language: Language): Readonly<Record<DateWords['from'], string>> => names[language];

/** `today + 7 days` in a language: "dziś + 7 dni". */
export function dateWordsIn({ from, shift }: DateWords, language: Language): string {
  const start = names[language][from];
  if (shift === null || shift.count === 0) return start;
  return `${start} ${shift.count < 0 ? '−' : '+'} ${spanIn(Math.abs(shift.count), shift.unit, language)}`;
}

function spanIn(count: number, unit: DateUnit, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' }).format(count);
}
