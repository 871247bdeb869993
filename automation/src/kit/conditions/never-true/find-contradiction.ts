import type { PathStep } from '../../settings/problems.ts';
import type { Condition } from '../condition.ts';
import type { NameScope } from '../names.ts';
import { excludes } from './excludes.ts';
import { alternativesOf, type Literal } from './literals.ts';

/** Two parts that are never true together. */
export interface Contradiction {
  readonly field: string;
  /** Where the second of them stands in the condition. */
  readonly path: readonly PathStep[];
}

/** How many times two parts may still be compared; what needs more is not looked through to its end. */
export interface PairBudget {
  pairs: number;
}

/**
 * Why a condition is never true of any item: in every way in which it could be, two of its parts exclude each other. Null when it can be
 * true, and when nobody can tell without the item (semantics.md 6, 8.1). Amounts in different currencies and fields that hold several
 * values exclude nothing.
 */
export function findContradiction(when: Condition, scope: NameScope, budget: PairBudget): Contradiction | null {
  const found = alternativesOf(when).map((literals) => pairOf(literals, scope, budget));
  return found.every((pair) => pair !== null) ? (found[0] ?? null) : null;
}

/** The same field, or one and what it leads to: the client and its name. */
function isAbout({ part: { field: a } }: Literal, { part: { field: b } }: Literal): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function pairOf(literals: readonly Literal[], scope: NameScope, budget: PairBudget): Contradiction | null {
  for (const [index, literal] of literals.entries())
    for (const earlier of literals.slice(0, index)) {
      budget.pairs -= 1;
      if (budget.pairs < 0) return null;
      if (isAbout(earlier, literal) && excludes(earlier, literal, scope))
        return { field: literal.part.field, path: literal.path };
    }
  return null;
}
