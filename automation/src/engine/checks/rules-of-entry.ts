import type { Board, BoundRule } from '../board.ts';
import { chainsOf } from '../rule-chains.ts';

/**
 * The enabled rules that are due at entry whatever the item is: at once, and behind such rules alone of which none is held (semantics.md
 * 5.1, 5.9). They are carried out with the move itself, all others when the item may have been changed and have left.
 */
export function rulesOfEntry({ stages, rules }: Board): ReadonlySet<BoundRule> {
  return new Set(stages.flatMap((stage) => ofStage(rules.filter(({ stageId }) => stageId === stage.id))));
}

function ofStage(rules: readonly BoundRule[]): readonly BoundRule[] {
  const links = chainsOf(rules).flat();
  const found = new Map<string, BoundRule>();
  for (let before = -1; found.size > before; ) {
    before = found.size;
    for (const { rule, waitsFor } of links)
      if (isAtOnce(rule) && waitsFor.every((id) => endsAtOnce(found.get(id)))) found.set(rule.id, rule);
  }
  return [...found.values()];
}

function isAtOnce({ time, hours }: BoundRule): boolean {
  if (hours.length > 0) return false;
  return time.is === 'immediately' || (time.is === 'after' && time.field === null && time.duration.count === 0);
}

function endsAtOnce(rule: BoundRule | undefined): boolean {
  return rule !== undefined && !rule.definition.holds(rule.settings);
}
