import type { PathStep, Problem } from '../settings/problems.ts';
import { parseDuration } from '../values/durations.ts';
import { isEmpty, isMoney, isRecord } from '../values/values.ts';
import type { Condition, ConditionPart } from './condition.ts';
import { listOf, parseWeekday } from './condition-tests.ts';
import { misfitsOf } from './condition-values.ts';
import { kindOfPath, type NameScope, whyUnknown } from './names.ts';
import { operatorsOf } from './operator-kinds.ts';
import { type Operator, operators } from './operators.ts';
import { readPattern } from './patterns/read-pattern.ts';
import { unfoldedSize } from './patterns/unfolded-size.ts';

export type ParsedCondition =
  | { readonly condition: Condition; readonly problems: readonly [] }
  | { readonly condition: null; readonly problems: readonly Problem[] };

const deepest = 20;
const mostParts = 1_000;
const mostValues = 1_000;
/** Steps that a pattern may take for each letter of a text; all patterns of a condition that stands by itself. */
const mostPatternParts = 1_000;
const mostPartsTogether = 5_000;
/** As long as so many parts it takes to read `\p{L}`, a set of thousands of letters. */
const partsOfClass = 50;

/** Reads a `when`; every problem comes with its path inside it (semantics.md 6, interfaces.md). */
export function parseCondition(raw: unknown, scope: NameScope): ParsedCondition {
  const problems: Problem[] = [];
  const patterns = scope.budget ?? { patternParts: mostPartsTogether };
  const condition = read(raw, { scope, path: [], problems, budget: { parts: mostParts }, patterns });
  return condition === null || problems.length > 0 ? { condition: null, problems } : { condition, problems: [] };
}

interface Reading {
  readonly scope: NameScope;
  readonly path: readonly PathStep[];
  readonly problems: Problem[];
  /** How many groups and parts may still come. */
  readonly budget: { parts: number };
  readonly patterns: { patternParts: number };
}

function read(raw: unknown, reading: Reading): Condition | null {
  if (!isRecord(raw)) return refuse(reading, 'Expected {all}, {any}, {not} or {field, is, value}');
  reading.budget.parts -= 1;
  if (reading.budget.parts < 0) return refuseOnce(reading, `A condition has at most ${mostParts} parts`);
  if (reading.path.length > deepest * 2) return refuse(reading, `Groups are nested more than ${deepest} deep`);
  if ('all' in raw) return readGroup(raw, 'all', reading);
  if ('any' in raw) return readGroup(raw, 'any', reading);
  if (!('not' in raw)) return readPart(raw, reading);
  refuseUnknownKeys(raw, ['not'], reading);
  const not = read(raw.not, below(reading, 'not'));
  return not === null ? null : { not };
}

function readGroup(raw: Readonly<Record<string, unknown>>, key: 'all' | 'any', reading: Reading): Condition | null {
  refuseUnknownKeys(raw, [key], reading);
  const list = raw[key];
  if (!Array.isArray(list)) return refuse(below(reading, key), 'Expected a list of conditions');
  // Of no parts "any" is never true; what was saved so stays so.
  if (key === 'any' && list.length === 0 && reading.scope.lenient !== true)
    return refuse(below(reading, key), 'A group without parts is never true', 'empty-any');
  const parts = list
    .map((entry, index) => read(entry, below(below(reading, key), index)))
    .filter((part) => part !== null);
  return key === 'all' ? { all: parts } : { any: parts };
}

function readPart(raw: Readonly<Record<string, unknown>>, reading: Reading): ConditionPart | null {
  refuseUnknownKeys(raw, ['field', 'is', 'value', 'matchCase'], reading);
  const is = operators.find((known) => known === raw.is);
  if (is === undefined)
    return refuse(
      below(reading, 'is'),
      `Unknown operator "${String(raw.is)}"; expected one of: ${operators.join(', ')}`,
    );
  const field = raw.field === undefined && clockOperators.includes(is) ? 'now' : raw.field;
  if (typeof field !== 'string' || field === '') return refuse(below(reading, 'field'), 'Expected the name of a field');
  const unknown = whyUnknown(field.split('.'), reading.scope);
  if (unknown !== null) return refuseName(below(reading, 'field'), unknown, field);
  const part = {
    field,
    is,
    ...(raw.value === undefined ? {} : { value: raw.value }),
    ...(raw.matchCase === true ? { matchCase: true } : {}),
  };
  checkPart(part, reading);
  return part;
}

const clockOperators: readonly Operator[] = ['time of day', 'weekday', 'working time'];

function checkPart(part: ConditionPart, reading: Reading): void {
  const kind = kindOfPath(part.field, reading.scope);
  if (kind !== undefined && !operatorsOf(kind).includes(part.is))
    refuse(below(reading, 'is'), `"${part.is}" can't be asked of ${part.field}`, 'operator');
  const wrong =
    unusable(part.value) ??
    valueChecks[part.is]?.(part.value, { ...reading, matchCase: part.matchCase === true }) ??
    (needsValue(part.is) && part.value === undefined ? 'Expected a value' : null);
  if (wrong !== null) refuse(below(reading, 'value'), wrong, 'value');
  else
    for (const { path, ...misfit } of misfitsOf(part, reading.scope))
      reading.problems.push({ ...misfit, path: [...reading.path, ...path] });
}

// Texts, numbers, yes or no, amounts; lists of them, and {from, to}.
function unusable(value: unknown): string | null {
  const isPair = isRecord(value) && Object.keys(value).every((key) => key === 'from' || key === 'to');
  const values = isPair ? Object.values(value).flat() : Array.isArray(value) ? value : [value];
  if (values.length > mostValues) return `At most ${mostValues} values`;
  return values.every((one) => typeof one !== 'object' || one === null || isMoney(one))
    ? null
    : 'Expected plain values';
}

function needsValue(is: Operator): boolean {
  return !['is filled', 'is empty', 'changed', 'working time'].includes(is);
}

type ValueCheck = (
  value: unknown,
  reading: Pick<Reading, 'patterns' | 'scope'> & { readonly matchCase: boolean },
) => string | null;
const range = (value: unknown) => (listOf(value).length === 2 ? null : 'Expected two values, [from, to]');
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? null : 'Expected a list of values');
const within = (value: unknown) =>
  parseDuration(String(value)) === undefined ? 'Expected a duration such as "3 days"' : null;

const valueChecks: Readonly<Partial<Record<Operator, ValueCheck>>> = {
  between: range,
  in: list,
  'not in': list,
  matches: patternReason,
  'within last': within,
  'within next': within,
  'time of day': (value) =>
    listOf(value).length === 2 && listOf(value).every(isTimeOfDay)
      ? null
      : 'Expected two times of day, ["09:00", "17:00"]',
  weekday: (value) =>
    !isEmpty(value) && listOf(value).every((day) => parseWeekday(day) !== undefined)
      ? null
      : 'Expected days such as [mon, tue]',
  'working time': (value) =>
    value === undefined || value === true ? null : 'Expected no value; "not" asks for the rest',
  changed: (value) => (value === undefined || isRecord(value) ? null : 'Expected {from, to}'),
};

function isTimeOfDay(time: unknown): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(String(time));
}

function patternReason(pattern: unknown, { patterns, scope, matchCase }: Parameters<ValueCheck>[1]): string | null {
  if (typeof pattern !== 'string' || pattern.length > 1000) return 'Expected a pattern of at most 1000 characters';
  // Each takes time to read, also those that are refused.
  if (patterns.patternParts < 0 && scope.lenient !== true) return 'The patterns are too large together';
  if (unfoldedSize(pattern) > 4 * mostPatternParts) return 'The pattern is too large; use smaller counts in {…}';
  try {
    const { parts } = readPattern(pattern, { matchCase });
    patterns.patternParts -= parts + partsOfClass * (pattern.match(/\\p/gi)?.length ?? 0);
    return parts > mostPatternParts ? 'The pattern is too large; use smaller counts in {…}' : null;
  } catch (error) {
    return `The pattern is wrong: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function refuseUnknownKeys(raw: Readonly<Record<string, unknown>>, known: readonly string[], reading: Reading): void {
  for (const key of Object.keys(raw))
    if (!known.includes(key)) refuse(below(reading, key), `Unknown key "${key}"`, 'unknown-key');
}

function below(reading: Reading, step: PathStep): Reading {
  return { ...reading, path: [...reading.path, step] };
}

function refuse({ path, problems }: Reading, message: string, code = 'condition'): null {
  problems.push({ path, code, message });
  return null;
}

function refuseName({ path, problems }: Reading, message: string, name: string): null {
  problems.push({ path, code: 'unknown-name', message, params: { name } });
  return null;
}

function refuseOnce(reading: Reading, message: string): null {
  return reading.problems.some((problem) => problem.message === message) ? null : refuse(reading, message);
}
