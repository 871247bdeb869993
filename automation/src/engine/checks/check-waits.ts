import type { Condition, ConditionPart } from '../../kit/conditions/condition.ts';
import { partsOf } from '../../kit/conditions/conditions.ts';
import type { PathStep } from '../../kit/settings/problems.ts';
import type { AskedCondition } from './asked-conditions.ts';
import type { Finding } from './finding.ts';

/** A rule that waits for a condition of no parts, which is so at once or never. */
export function emptyWaits({ placed: { id, name }, when, path }: AskedCondition): readonly Finding[] {
  if (partsOf(when).length > 0) return [];
  const message = `"${name}": say what it waits for`;
  return [{ severity: 'error', code: 'required', path, message, ids: [id] }];
}

/**
 * A wait is asked of the signal that moved the item, however the item changes meanwhile: what was changed then stays so, what was not
 * never becomes so (semantics.md 5.9, 6).
 */
export function waitsForChanges({ placed: { id, name }, when, path }: AskedCondition): readonly Finding[] {
  const [first] = placesOf(when, ({ is }) => is === 'changed');
  if (first === undefined) return [];
  const message = `"${name}": "changed" tells of what moved the item here and never becomes true while it waits`;
  return [{ severity: 'warning', code: 'changed-in-wait', path: [...path, ...first], message, ids: [id] }];
}

function placesOf(condition: Condition, isMeant: (part: ConditionPart) => boolean): readonly (readonly PathStep[])[] {
  const below = (steps: readonly PathStep[], inner: Condition) =>
    placesOf(inner, isMeant).map((place) => [...steps, ...place]);
  if ('all' in condition) return condition.all.flatMap((inner, index) => below(['all', index], inner));
  if ('any' in condition) return condition.any.flatMap((inner, index) => below(['any', index], inner));
  if ('not' in condition) return below(['not'], condition.not);
  return isMeant(condition) ? [[]] : [];
}
