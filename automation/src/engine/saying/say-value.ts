import { parseWeekday } from '../../kit/conditions/condition-tests.ts';
import { valueInWords } from '../../kit/conditions/condition-words.ts';
import { dateWordsIn } from '../../kit/conditions/say-date-words.ts';
import { parseDateWords } from '../../kit/values/date-words.ts';
import { parseDuration } from '../../kit/values/durations.ts';
import { isPersonRef, readPersonRef } from '../../kit/values/people.ts';
import { instantOf, isDay } from '../../kit/values/time.ts';
import { type FieldSpec, isEmpty, isMoney, isRecord } from '../../kit/values/values.ts';
import { fillIn } from '../../kit/words/words.ts';
import { findSignalKind } from '../../signals/index.ts';
import strings from './saying.strings.json' with { type: 'json' };
import type { SayingFacts } from './saying-facts.ts';

/** A value as people know it: employees and options by their names, moments in the workspace's zone, lists joined. */
export function sayValue(
  value: unknown,
  spec: FieldSpec | undefined,
  facts: SayingFacts,
  joint: 'and' | 'or' = 'or',
): string {
  if (isEmpty(value)) return valueInWords(null, facts.language);
  if (Array.isArray(value)) {
    const joiner = joint === 'and' ? 'and' : 'or';
    return valueInWords(
      value.filter((one) => !isEmpty(one)).map((one) => sayOne(one, spec, facts)),
      facts.language,
      joiner,
    );
  }
  return sayOne(value, spec, facts);
}

function sayOne(value: unknown, spec: FieldSpec | undefined, facts: SayingFacts): string {
  const { language, timeZone } = facts;
  if (spec?.kind === 'person') return sayPerson(value, facts);
  const record = spec?.kind === 'client' || spec?.kind === 'item' ? facts.record?.(spec.kind, value) : undefined;
  if (record !== undefined) return record;
  if (spec?.kind === 'client' && /^(contact|company):\d+$/.test(String(value)))
    return strings[language].refusals.nobody;
  const option = spec?.options?.find((one) => one.value === value);
  if (option !== undefined) return option.name;
  if (typeof value === 'string') {
    const words = spec?.kind === 'date' || spec?.kind === 'dateTime' ? parseDateWords(value) : undefined;
    if (words !== undefined) return dateWordsIn(words, language);
    if (isDay(value)) return say('UTC', { dateStyle: 'medium' }, Date.parse(value), language);
    const at = /^\d{4}-.*T/.test(value) ? instantOf(value, timeZone) : undefined;
    if (at !== undefined) return say(timeZone, { dateStyle: 'medium', timeStyle: 'short' }, at, language);
    return findSignalKind(value)?.nameIn(language) ?? value;
  }
  if (isMoney(value) || !isRecord(value)) return valueInWords(value, language);
  const name = [value.name, value.title, value.email, value.text].find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : strings[language].refusals.something;
}

function say(timeZone: string, style: Intl.DateTimeFormatOptions, at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { ...style, timeZone }).format(at);
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** `mon` or `1` as the day is called. */
export function sayWeekday(value: unknown, { language }: SayingFacts): string {
  const day = parseWeekday(value);
  if (day === undefined) return String(value);
  return say('UTC', { weekday: 'long' }, MONDAY + (day - 1) * DAY_MS, language);
}

/** `2 days` as people say it. */
export function sayDuration(value: unknown, { language }: SayingFacts): string {
  const duration = parseDuration(String(value));
  if (duration === undefined) return String(value);
  const unit = duration.unit.slice(0, -1);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(duration.count);
}

/** An employee by id or address, or a reference such as `responsible` or `head:Sales`. */
export function sayPerson(value: unknown, facts: SayingFacts): string {
  const { people, refusals } = strings[facts.language];
  if (isRecord(value)) return String(value.name ?? value.email ?? refusals.nobody);
  if (/^\d+$/.test(String(value))) return facts.person(Number(value)) ?? refusals.nobody;
  const text = String(value);
  if (!isPersonRef(text)) return text;
  const { is, name } = readPersonRef(text);
  if (name === null) return new Map(Object.entries(people)).get(is) ?? text;
  return is === 'head' ? fillIn(people.head, { name }) : name;
}
