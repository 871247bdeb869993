import { type Template, TypeGuards, Value } from 'liquidjs';
import { parseQuantity } from '../values/quantity.ts';
import { neededNumbers } from './template-arithmetic.ts';

interface Counted {
  readonly message: string;
  readonly name?: string;
  readonly filter?: string;
  readonly line: number;
  readonly column: number;
}

type IsNoNumber = (path: readonly string[]) => boolean;

/** The filters that count with what is never a number: a day, a person, words, nothing at all. Lines and columns from 1. */
export function countedWrongly(templates: readonly Template[], isNoNumber: IsNoNumber): readonly Counted[] {
  return valuesIn(templates, new Set()).flatMap((value) => wrongIn(value, isNoNumber));
}

// Outputs, tags and their branches keep their values under names of their own.
function valuesIn(node: unknown, seen: Set<object>): Value[] {
  if (typeof node !== 'object' || node === null || seen.has(node)) return [];
  seen.add(node);
  if (node instanceof Value) return [node];
  const isOwn = !('options' in node) || !('filters' in node);
  return isOwn ? Object.values(node).flatMap((one) => valuesIn(one, seen)) : [];
}

function wrongIn({ initial, filters }: Value, isNoNumber: IsNoNumber): Counted[] {
  const [first, ...more] = initial.postfix;
  let given: unknown = more.length === 0 ? first : undefined;
  const wrong: Counted[] = [];
  for (const { name: filter, args } of filters) {
    const needed = Object.hasOwn(neededNumbers, filter) ? neededNumbers[filter] : undefined;
    if (needed !== undefined) {
      const tokens = filter === 'sum' ? [] : [given, ...args];
      wrong.push(...tokens.flatMap((token) => problemOf(token, { filter, isNoNumber })));
      if (args.length < needed) wrong.push(problem(null, filter, given));
    }
    given = undefined;
  }
  return wrong;
}

function problemOf(token: unknown, { filter, isNoNumber }: { filter: string; isNoNumber: IsNoNumber }): Counted[] {
  if (TypeGuards.isQuotedToken(token))
    return parseQuantity(token.content) === undefined ? [problem(token.content, filter, token)] : [];
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return [];
  const steps = token.props.map((step) => (TypeGuards.isWordToken(step) ? step.content : undefined));
  const path = steps.filter((step) => step !== undefined);
  return path.length === steps.length && isNoNumber(path) ? [problem(path.join('.'), filter, token)] : [];
}

// Without a name: the filter lacks its number, and the text can't be read.
function problem(name: string | null, filter: string, token: unknown): Counted {
  const text = TypeGuards.isValueToken(token) ? token.input.slice(0, token.begin) : '';
  const before = text.split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  if (name === null) return { message: `"${filter}" needs a number behind it`, ...place };
  return { message: `"${name}" is no number: "${filter}" can't count with it`, name, filter, ...place };
}
