import type { Condition } from '../../kit/conditions/condition.ts';
import { findContradiction } from '../../kit/conditions/never-true/find-contradiction.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Finding } from './finding.ts';

/** Comparisons of two parts for a whole board: some hundreds of milliseconds. */
const MOST_PAIRS = 20_000;

/**
 * Conditions that no item can ever fulfil, for their parts exclude each other, and those of triggers that ask for a stage on which the
 * trigger is never asked: its own one, or a later one while moving back is off (semantics.md 3.2, 6, 8.1).
 */
export function neverTrue(board: Board): readonly Finding[] {
  const budget = { pairs: MOST_PAIRS };
  const find = (when: Condition) => findContradiction(when, { fields: board.fields }, budget);
  const judge =
    (list: 'triggers' | 'rules') =>
    (placed: BoundTrigger | BoundRule): readonly Finding[] => {
      const { id, name, position, enabled, when } = placed;
      if (when === null || !enabled) return [];
      const told = { severity: 'warning', ids: [id] } as const;
      const found = find(when);
      if (found !== null) {
        const message = `"${name}": its condition is never true, for its parts about "${found.field}" exclude each other`;
        const path = [list, position, 'when', ...found.path];
        return [{ ...told, code: 'never-true', path, message, params: { name: found.field } }];
      }
      const asked = 'allowBack' in placed ? stagesBefore(placed, board) : [];
      const elsewhere = asked.length === 0 ? null : find({ all: [{ field: 'stage', is: 'in', value: asked }, when] });
      if (elsewhere === null) return [];
      const message = `"${name}" never fires: its condition wants a stage from which it never moves an item`;
      return [
        { ...told, code: 'never-from-there', path: [list, position, 'when', ...elsewhere.path.slice(2)], message },
      ];
    };
  return [...board.triggers.flatMap(judge('triggers')), ...board.rules.flatMap(judge('rules'))];
}

/** The stages on which an item can stand when the trigger's condition is asked. */
function stagesBefore({ stageId, stageOrder, allowBack }: BoundTrigger, { stages }: Board): readonly string[] {
  return stages.filter(({ id }, order) => (allowBack ? id !== stageId : order < stageOrder)).map(({ code }) => code);
}
