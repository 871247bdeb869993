import type { ConditionFacts } from './condition.ts';

/**
 * Each value of a list is compared with each that a part names. All that is asked of the same facts shares so many comparisons: when they are
 * used up, the parts that come look at the first hundred values of a list, and once as many have been made again, at the first.
 */
const MOST_COMPARISONS = 200_000;
const LEAST_VALUES = 100;
const made = new WeakMap<ConditionFacts, number>();

export function valuesInReach(
  values: readonly unknown[],
  { named, facts }: { readonly named: number; readonly facts: ConditionFacts },
): readonly unknown[] {
  const before = made.get(facts) ?? 0;
  const least = before < 2 * MOST_COMPARISONS ? LEAST_VALUES : 1;
  const most = Math.max(least, Math.floor((MOST_COMPARISONS - before) / Math.max(1, named)));
  made.set(facts, before + Math.min(values.length, most) * named);
  return values.length > most ? values.slice(0, most) : values;
}
