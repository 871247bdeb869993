import { clientNames, standardNames } from '@signalbox/automation/kit/conditions/names.ts';
import { standardTypes } from '@signalbox/contract/common.ts';
import { plainWords } from '../csv/plain-words.ts';
import { namesOfStandardTypes } from '../types/standard-types.ts';

// Letters that do not come apart into a plain one and a mark.
const latinOf: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', œ: 'oe', æ: 'ae', đ: 'd' };

/** Other words for what is there already: a smart process must not be mistaken for it. */
const things = [...standardTypes, 'contact', 'company', 'task'];
/** What conditions, texts and addresses give a meaning of their own. */
const words = [
  ...['item', 'items', 'signal', 'rules', 'now', 'time', 'visit', 'order', 'payment', 'products', 'document', 'form'],
  ...['call', 'meeting', 'booking', 'parent', 'fields', 'new', 'true', 'false', 'nil', 'empty', 'blank'],
];
const reserved: ReadonlySet<string> = new Set(
  [...things, ...words, ...standardNames, ...clientNames].map((word) => word.toLowerCase()),
);

// Also what every object of JavaScript has: values are looked up by code.
export const isReserved = (code: string): boolean => reserved.has(code) || code in Object.prototype;

const taken: ReadonlySet<string> = new Set([...things, ...namesOfStandardTypes].map(slug));

/** Whether the name is, in any of our languages, that of something that is there already. */
export const namesAThing = (name: string): boolean => taken.has(slug(name));

/** Codes for a smart process of this name, the best first, without end: from the name, from the plural, then numbered. */
export function* codesFor({ name, plural }: { name: string; plural: string }): Generator<string> {
  const whole = [slug(name), slug(plural)].filter((code) => code !== '');
  yield* whole.filter((code) => !isReserved(code));
  const root = whole[0] ?? 'process';
  if (whole.length === 0) yield root;
  for (let number = 2; ; number++) yield `${root}-${number}`;
}

/** `Zgłoszenie serwisowe` -> `zgloszenie-serwisowe`; '' when no letter of it is Latin. */
function slug(text: string): string {
  const latin = plainWords(text.replace(/[ßøœæđ]/gi, (letter) => latinOf[letter.toLowerCase()] ?? letter));
  return latin
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 36)
    .replace(/-+$/, '');
}
