import { languages } from '@signalbox/automation/kit/words/languages.ts';
import { plainWords } from './plain-words.ts';

const MONTHS = 12;
const DAYS = 7;
/** A Monday in January. */
const FIRST_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The month of a word in any of the product's languages and their neighbours', from 1: `kwietnia`, `abr`, `Sept`; without accents and marks. */
export const monthNamed: ReadonlyMap<string, number> = new Map(
  Array.from({ length: MONTHS }, (_, month) => [Date.UTC(2024, month, 15), month + 1] as const).flatMap(([at, month]) =>
    wordsOf('month', at).map((word) => [word, month] as const),
  ),
);

/** Words for the days of the week, which a date may begin with. */
export const weekdays: ReadonlySet<string> = new Set(
  Array.from({ length: DAYS }, (_, day) => FIRST_MONDAY + day * DAY_MS).flatMap((at) => wordsOf('weekday', at)),
);

// Within a date a month has another form in Polish, and `Sept` is British.
function wordsOf(part: 'month' | 'weekday', at: number): string[] {
  const tags = [...languages, 'en-GB', 'pt-PT', 'de', 'fr'];
  return tags.flatMap((tag) =>
    (['long', 'short'] as const).flatMap((width) => {
      const alone = new Intl.DateTimeFormat(tag, { [part]: width, timeZone: 'UTC' });
      const within = new Intl.DateTimeFormat(tag, { [part]: width, month: width, day: 'numeric', timeZone: 'UTC' });
      const parts = within.formatToParts(at).filter(({ type }) => type === part);
      const words = [alone.format(at), ...parts.map(({ value }) => value)].map(plainWords);
      return words.filter((word) => !/\d/.test(word));
    }),
  );
}
