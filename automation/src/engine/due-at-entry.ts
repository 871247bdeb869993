import type { BoundRule } from './board.ts';
import { chainsOf } from './rule-chains.ts';
import { planRun, type RunQuestion } from './schedule.ts';

/**
 * The ids of a stage's rules whose runs belong to the entry and are never cancelled by leaving: due immediately, after 0,
 * at a moment already past, and links without delay after them, but not after one that may be held (semantics.md 5.1, 5.9).
 */
export function dueAtEntry(
  rules: readonly BoundRule[],
  entry: Omit<RunQuestion, 'rule' | 'previousEndedAt' | 'results' | 'now'>,
): ReadonlySet<string> {
  const due = new Set<string>();
  const links = chainsOf(rules).flat();
  const holding = new Set(rules.filter(({ definition, settings }) => definition.holds(settings)).map(({ id }) => id));
  for (let before = -1; due.size > before; ) {
    before = due.size;
    for (const { rule, waitsFor } of links) {
      if (!waitsFor.every((id) => due.has(id) && !holding.has(id))) continue;
      const plan = planRun({ ...entry, rule, previousEndedAt: entry.enteredAt, results: {}, now: entry.enteredAt });
      if (plan.state !== 'waiting') due.add(rule.id);
    }
  }
  return due;
}
