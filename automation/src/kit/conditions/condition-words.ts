import { isMoney, isRecord } from '../values/values.ts';
import type { Language } from '../words/languages.ts';
import { fillIn } from '../words/words.ts';
import type { Condition, ConditionPart } from './condition.ts';
import strings from './operators.strings.json' with { type: 'json' };

/** What fields are called; a path that has no name is shown as written. */
export type FieldNames = Readonly<Record<string, string>> | ((path: string) => string);

/** How the value of a field is said. */
export type SayValue = (path: string, value: unknown, joint: 'and' | 'or') => string;

/** The condition as a sentence: "Amount is at least 10,000 PLN and (Source is Web or …)" (automation-screen.md). */
export function conditionInWords(
  condition: Condition,
  language: Language,
  names: FieldNames,
  value: SayValue = (_path, one, joint) => valueInWords(one, language, joint),
): string {
  return say(condition, { language, names, value, inner: false });
}

interface Saying {
  readonly language: Language;
  readonly names: FieldNames;
  readonly value: SayValue;
  /** In a group already: more than one part wants brackets. */
  readonly inner: boolean;
}

function say(condition: Condition, saying: Saying): string {
  if ('all' in condition) return sayGroup(condition.all, 'and', saying);
  if ('any' in condition) return sayGroup(condition.any, 'or', saying);
  if ('not' in condition)
    return fillIn(strings[saying.language].words.not, { part: say(condition.not, { ...saying, inner: false }) });
  return sayPart(condition, saying);
}

function sayGroup(parts: readonly Condition[], joint: 'and' | 'or', saying: Saying): string {
  const { words } = strings[saying.language];
  const [only] = parts;
  if (only === undefined) return joint === 'and' ? words.always : words.never;
  if (parts.length === 1) return say(only, saying);
  const text = parts.map((part) => say(part, { ...saying, inner: true })).join(` ${words[joint]} `);
  return saying.inner ? `(${text})` : text;
}

function sayPart({ field, is, value }: ConditionPart, { language, names, value: sayValue }: Saying): string {
  const { sentences, words } = strings[language];
  const named = field === 'now' ? words.now : nameOf(field, names);
  if (is === 'changed' && isRecord(value)) {
    const side = (given: unknown) => (given === undefined ? words.anything : sayValue(field, given, 'or'));
    return fillIn(sentences['changed from to'], { field: named, from: side(value.from), to: side(value.to) });
  }
  return fillIn(sentences[is], {
    field: named,
    value: sayValue(field, value, is === 'between' || is === 'time of day' ? 'and' : 'or'),
  });
}

function nameOf(path: string, names: FieldNames): string {
  if (typeof names === 'function') return names(path);
  return Object.hasOwn(names, path) ? (names[path] ?? path) : path;
}

/** A value for people: money with grouped digits, lists joined, empty said. */
export function valueInWords(value: unknown, language: Language, joint: 'and' | 'or' = 'or'): string {
  const { words } = strings[language];
  if (value === null || value === undefined || value === '') return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number')
    return new Intl.NumberFormat(language, { maximumFractionDigits: 20, useGrouping: 'always' }).format(value);
  if (isMoney(value)) return `${valueInWords(Number(value.amount), language)} ${value.currency}`;
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, language)).join(` ${words[joint]} `);
  return isRecord(value) ? JSON.stringify(value) : String(value);
}
