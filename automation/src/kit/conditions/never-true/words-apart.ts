import { parseDecimal } from '../../values/decimal.ts';
import { textOf } from '../../values/spellings.ts';
import type { ConditionPart } from '../condition.ts';

/** What a part wants of the letters of a text. */
interface Wanted {
  readonly words: readonly string[];
  readonly place: 'whole' | 'start' | 'anywhere';
}

/** Of texts whose case does not count; undefined: another question, or a number, which is written in more than one way. */
function wantedOf({ is, value, matchCase }: ConditionPart): Wanted | undefined {
  const place = places[is];
  if (place === undefined || matchCase === true) return undefined;
  const words = [value].flat().map((word) => textOf(word, false));
  return place === 'whole' && words.some((word) => parseDecimal(word) !== undefined) ? undefined : { words, place };
}

const places: Readonly<Partial<Record<ConditionPart['is'], Wanted['place']>>> = {
  equals: 'whole',
  in: 'whole',
  'starts with': 'start',
  contains: 'anywhere',
};

/** Whether no text can be as both parts want it. */
export function areWordsApart(a: ConditionPart, b: ConditionPart): boolean {
  const [one, other] = [wantedOf(a), wantedOf(b)];
  if (one === undefined || other === undefined) return false;
  return one.words.every((word) => other.words.every((also) => areApart([word, one.place], [also, other.place])));
}

/** Whether every text that is as the first wants it is as the second does. */
export function doWordsFollow(a: ConditionPart, b: ConditionPart): boolean {
  const [one, other] = [wantedOf(a), wantedOf(b)];
  if (one === undefined || other === undefined) return false;
  return one.words.every((word) => other.words.some((also) => follows([word, one.place], [also, other.place])));
}

type Word = readonly [string, Wanted['place']];

function areApart([a, at]: Word, [b, otherAt]: Word): boolean {
  if (at === 'whole') return !fits(a, [b, otherAt]);
  if (otherAt === 'whole') return !fits(b, [a, at]);
  return at === 'start' && otherAt === 'start' && !a.startsWith(b) && !b.startsWith(a);
}

function follows([a, at]: Word, [b, otherAt]: Word): boolean {
  if (at === 'whole') return fits(a, [b, otherAt]);
  if (otherAt === 'whole') return false;
  return otherAt === 'anywhere' ? a.includes(b) : at === 'start' && a.startsWith(b);
}

function fits(text: string, [word, place]: Word): boolean {
  if (place === 'whole') return text === word;
  return place === 'start' ? text.startsWith(word) : text.includes(word);
}
