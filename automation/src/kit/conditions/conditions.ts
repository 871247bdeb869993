import { isEmpty } from '../values/values.ts';
import type { Comparing } from './compare.ts';
import type { Condition, ConditionFacts, ConditionPart, ConditionResult } from './condition.ts';
import { changeTest } from './condition-changed.ts';
import { isRead, readNames } from './condition-names.ts';
import { type Answer, anyOf, listOf, valueTest } from './condition-tests.ts';
import { type Found, pathReader } from './paths.ts';
import { valuesInReach } from './values-in-reach.ts';

export type { Condition, ConditionFacts, ConditionPart, ConditionResult, ConditionScope } from './condition.ts';

export type CompiledCondition = (facts: ConditionFacts) => ConditionResult;

/**
 * Null: it can't be told; counts as false in the end, under `not` as well (semantics.md 6, money without a rate). `because` is a part
 * that made it so, true as it stands: one that does not hold or, when the whole holds, one that does.
 */
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
  if ('all' in condition) return group(condition.all.map(compile), false);
  if ('any' in condition) return group(condition.any.map(compile), true);
  return 'not' in condition ? opposite(compile(condition.not)) : compilePart(condition);
}

/** The first part that decides it: of "all" one that does not hold, of "any" one that does; else what can't be told, else the first. */
function group(parts: readonly Compiled[], deciding: boolean): Compiled {
  return (facts) => {
    let unknown: Ternary | undefined;
    let first: Ternary | undefined;
    for (const part of parts) {
      const result = part(facts);
      if (result.holds === deciding) return result;
      if (result.holds === null) unknown ??= result;
      first ??= result;
    }
    return unknown ?? { holds: !deciding, because: first?.because ?? null };
  };
}

function opposite(compiled: Compiled): Compiled {
  return (facts) => {
    const { holds, because } = compiled(facts);
    return { holds: holds === null ? null : !holds, because };
  };
}

function compilePart(part: ConditionPart): Compiled {
  const read = pathReader(part.field);
  const answer = answerer(part);
  return (facts) => {
    const found = read(facts);
    const { holds, note } = answer(found, facts);
    const because = { part, got: found.value };
    // Only a NOT over a part that holds is ever told of it.
    if (holds === true) return { holds, because: { ...because, note: 'not' } };
    return { holds, because: { ...because, ...(note === undefined ? {} : { note }) } };
  };
}

type Answerer = (found: Found, facts: ConditionFacts) => Answer;

function answerer(part: ConditionPart): Answerer {
  if (part.is === 'is empty') return (found) => ({ holds: isEmpty(found.value) });
  if (part.is === 'is filled') return (found) => ({ holds: !isEmpty(found.value) });
  if (part.is === 'changed') return changeTest(part);
  const test = valueTest(part);
  const named = listOf(part.value).length;
  const negative = part.is.startsWith('not ') || part.is === 'does not contain';
  return (found, facts) => {
    const by = comparing(part, found, facts);
    const given = valuesInReach(valuesOf(found, by), { named, facts }).map((value) => test(value, by, facts));
    const positive = isEmpty(found.value) ? { holds: false } : anyOf(given);
    return negative && positive.holds !== null ? { holds: !positive.holds } : positive;
  };
}

function comparing(part: ConditionPart, { kind }: Found, { item, workspace, at }: ConditionFacts): Comparing {
  const { currency } = item.values;
  return {
    kind,
    matchCase: part.matchCase === true,
    workspace,
    at,
    currency: typeof currency === 'string' ? currency : workspace.currency,
  };
}

/** A field with several values is asked value by value; a choice by its value and by its name. */
function valuesOf(found: Found, { kind }: Comparing): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(found.value) ? found.value : [found.value];
  if (!isRead(kind)) return values;
  return values.flatMap((value) => readNames(found.spec, value));
}
