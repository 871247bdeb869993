import { findContradiction } from '../../kit/conditions/never-true/find-contradiction.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Finding } from './finding.ts';

/** Comparisons of two parts for a whole board: some hundreds of milliseconds. */
const MOST_PAIRS = 20_000;

/** Conditions that no item can ever fulfil, for their parts exclude each other (semantics.md 6, 8.1). */
export function neverTrue(board: Board): readonly Finding[] {
  const budget = { pairs: MOST_PAIRS };
  const find =
    (list: 'triggers' | 'rules') =>
    ({ id, name, position, enabled, when }: BoundTrigger | BoundRule): readonly Finding[] => {
      const found = when === null || !enabled ? null : findContradiction(when, { fields: board.fields }, budget);
      if (found === null) return [];
      const message = `"${name}": its condition is never true, for its parts about "${found.field}" exclude each other`;
      const path = [list, position, 'when', ...found.path];
      return [{ severity: 'warning', code: 'never-true', path, message, params: { name: found.field }, ids: [id] }];
    };
  return [...board.triggers.flatMap(find('triggers')), ...board.rules.flatMap(find('rules'))];
}
