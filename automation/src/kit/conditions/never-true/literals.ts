import type { PathStep } from '../../settings/problems.ts';
import type { Condition, ConditionPart } from '../condition.ts';
import type { Operator } from '../operators.ts';

/** A part that has to be true, or false, so that the whole is true; what can't be told is neither. */
export interface Literal {
  /** Never one of the denying operators: `not equals` is `equals` that has to be false. */
  readonly part: ConditionPart;
  readonly isTrue: boolean;
  /** Inside the condition. */
  readonly path: readonly PathStep[];
}

const MOST_ALTERNATIVES = 100;
const anything: readonly (readonly Literal[])[] = [[]];

/**
 * The ways in which a condition can be true: for each, what has to be so together. Of more than a hundred ways what makes them so many is
 * left out, so that a way may ask less than the condition does, never more.
 */
export function alternativesOf(condition: Condition, isTrue = true, path: readonly PathStep[] = []): typeof anything {
  if ('not' in condition) return alternativesOf(condition.not, !isTrue, [...path, 'not']);
  if (!('all' in condition) && !('any' in condition)) return [[literalOf(condition, isTrue, path)]];
  const [key, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  const ways = parts.map((part, index) => alternativesOf(part, isTrue, [...path, key, index]));
  return (key === 'all') === isTrue ? together(ways) : oneOf(ways);
}

function oneOf(ways: readonly (typeof anything)[]): typeof anything {
  const all = ways.flat();
  return all.length > MOST_ALTERNATIVES ? anything : all;
}

function together(ways: readonly (typeof anything)[]): typeof anything {
  return ways.reduce((so, each) => {
    if (so.length * each.length > MOST_ALTERNATIVES) return so;
    return so.flatMap((one) => each.map((other) => [...one, ...other]));
  }, anything);
}

const denied: Readonly<Partial<Record<Operator, Operator>>> = {
  'not equals': 'equals',
  'not in': 'in',
  'does not contain': 'contains',
  'is empty': 'is filled',
};

function literalOf(given: ConditionPart, isTrue: boolean, path: readonly PathStep[]): Literal {
  const is = denied[given.is];
  const part = { ...given, field: given.field.replace(/^item\.(?=.)/, '') };
  return is === undefined ? { part, isTrue, path } : { part: { ...part, is }, isTrue: !isTrue, path };
}
