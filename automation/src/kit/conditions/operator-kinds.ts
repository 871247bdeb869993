import type { FieldKind } from '../values/values.ts';
import { type Operator, operators } from './operators.ts';

const always: readonly Operator[] = ['is filled', 'is empty', 'changed'];
const same: readonly Operator[] = ['equals', 'not equals', 'in', 'not in'];
const size: readonly Operator[] = ['greater', 'at least', 'less', 'at most', 'between'];
const words: readonly Operator[] = ['contains', 'does not contain', 'starts with', 'matches'];
const clock: readonly Operator[] = ['within last', 'within next', 'time of day', 'weekday', 'working time'];

const texts = [...same, ...words, ...always];
const choices = [...same, 'contains', 'does not contain', ...always] as const;
const things = [...same, ...always];
const dates = [...same, ...size, ...clock, ...always];

const byKind: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: [...texts, ...size],
  number: [...same, ...size, ...words, ...always],
  money: [...same, ...size, ...always],
  date: dates,
  dateTime: dates,
  yesNo: things,
  choice: [...choices, 'starts with', 'matches'],
  multiChoice: choices,
  person: things,
  client: things,
  item: things,
  file: always,
  link: texts,
  phone: texts,
  email: texts,
  address: texts,
};

/** What may be asked of a field of this kind, in the order in which the form shows it (semantics.md 6). */
export function operatorsOf(kind: FieldKind): readonly Operator[] {
  return operators.filter((operator) => byKind[kind].includes(operator));
}
