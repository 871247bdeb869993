import type { Question } from '../field-kinds/define-field-kind.ts';
import { fieldKindOf } from '../field-kinds/index.ts';
import type { FieldKind } from '../values/values.ts';
import { type Operator, operators } from './operators.ts';

const always: readonly Operator[] = ['is filled', 'is empty', 'changed'];
const operatorsFor: Readonly<Record<Question, readonly Operator[]>> = {
  same: ['equals', 'not equals', 'in', 'not in'],
  size: ['greater', 'at least', 'less', 'at most', 'between'],
  words: ['contains', 'does not contain', 'starts with', 'matches'],
  members: ['contains', 'does not contain'],
  clock: ['within last', 'within next', 'time of day', 'weekday', 'working time'],
};

/** What may be asked of a field of this kind, in the order in which the form shows it (semantics.md 6). */
export function operatorsOf(kind: FieldKind): readonly Operator[] {
  const asked = new Set([...always, ...fieldKindOf[kind].asked.flatMap((question) => operatorsFor[question])]);
  return operators.filter((operator) => asked.has(operator));
}
