import { isEmpty } from '../values/values.ts';
import type { Comparing } from './compare.ts';
import type { Condition, ConditionFacts, ConditionPart, ConditionResult } from './condition.ts';
import { changeTest } from './condition-changed.ts';
import { isRead, readNames } from './condition-names.ts';
import { type Answer, anyOf, valueTest } from './condition-tests.ts';
import { type Found, pathReader } from './paths.ts';

export type { Condition, ConditionFacts, ConditionPart, ConditionResult, ConditionScope } from './condition.ts';

export type CompiledCondition = (facts: ConditionFacts) => ConditionResult;

/** Null: it can't be told; counts as false in the end, under `not` as well (semantics.md 6, money without a rate). */
interface Ternary {
  readonly holds: boolean | null;
  readonly because: ConditionResult['because'];
}
type Compiled = (facts: ConditionFacts) => Ternary;

/** The condition as a function, made once when a board is bound. */
export function compileCondition(condition: Condition): CompiledCondition {
  const compiled = compile(condition);
  return (facts) => {
    const { holds, because } = compiled(facts);
    return holds === true ? fulfilled : { holds: false, because };
  };
}

/** Whether the condition holds, and if not, which part decided and what it saw (semantics.md 6). */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): ConditionResult {
  return compileCondition(condition)(facts);
}

/** The fields it names, each once, as written. */
export function conditionFields(condition: Condition): string[] {
  return [...new Set(partsOf(condition).map((part) => part.field))];
}

export function partsOf(condition: Condition): readonly ConditionPart[] {
  if ('all' in condition) return condition.all.flatMap(partsOf);
  if ('any' in condition) return condition.any.flatMap(partsOf);
  return 'not' in condition ? partsOf(condition.not) : [condition];
}

const fulfilled: ConditionResult = { holds: true, because: null };

function compile(condition: Condition): Compiled {
  if ('all' in condition) return every(condition.all.map(compile));
  if ('any' in condition) return some(condition.any.map(compile));
  return 'not' in condition ? opposite(condition.not) : compilePart(condition);
}

function every(parts: readonly Compiled[]): Compiled {
  return (facts) => {
    let unknown: Ternary | undefined;
    for (const part of parts) {
      const result = part(facts);
      if (result.holds === false) return result;
      if (result.holds === null) unknown ??= result;
    }
    return unknown ?? fulfilled;
  };
}

function some(parts: readonly Compiled[]): Compiled {
  return (facts) => {
    let failed: Ternary = { holds: false, because: null };
    for (const part of parts) {
      const result = part(facts);
      if (result.holds === true) return result;
      if (failed.because === null || (result.holds === null && failed.holds === false)) failed = result;
    }
    return failed;
  };
}

function opposite(condition: Condition): Compiled {
  const compiled = compile(condition);
  const [part] = partsOf(condition);
  const reader = part === undefined ? null : pathReader(part.field);
  return (facts) => {
    const { holds, because } = compiled(facts);
    if (holds === null) return { holds, because };
    if (!holds) return fulfilled;
    return {
      holds: false,
      because: part === undefined ? null : { part, got: reader?.(facts).value ?? null, note: 'not' },
    };
  };
}

function compilePart(part: ConditionPart): Compiled {
  const read = pathReader(part.field);
  const answer = answerer(part);
  return (facts) => {
    const found = read(facts);
    const { holds, note } = answer(found, facts);
    if (holds === true) return fulfilled;
    return { holds, because: { part, got: found.value, ...(note === undefined ? {} : { note }) } };
  };
}

type Answerer = (found: Found, facts: ConditionFacts) => Answer;

function answerer(part: ConditionPart): Answerer {
  if (part.is === 'is empty') return (found) => ({ holds: isEmpty(found.value) });
  if (part.is === 'is filled') return (found) => ({ holds: !isEmpty(found.value) });
  if (part.is === 'changed') return changeTest(part);
  const test = valueTest(part);
  const negative = part.is.startsWith('not ') || part.is === 'does not contain';
  return (found, facts) => {
    const by = comparing(part, found, facts);
    const given = valuesOf(found, by).map((value) => test(value, by, facts));
    const positive = isEmpty(found.value) ? { holds: false } : anyOf(given);
    return negative && positive.holds !== null ? { holds: !positive.holds } : positive;
  };
}

function comparing(part: ConditionPart, { kind }: Found, { item, workspace }: ConditionFacts): Comparing {
  const { currency } = item.values;
  return {
    kind,
    matchCase: part.matchCase === true,
    workspace,
    currency: typeof currency === 'string' ? currency : workspace.currency,
  };
}

/** A field with several values is asked value by value; a choice by its value and by its name. */
function valuesOf(found: Found, { kind }: Comparing): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(found.value) ? found.value : [found.value];
  if (!isRead(kind)) return values;
  return values.flatMap((value) => readNames(found.spec, value));
}
