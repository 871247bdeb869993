import type { Condition, ConditionPart } from '../../kit/conditions/condition.ts';
import { conditionFields } from '../../kit/conditions/conditions.ts';
import { findContradiction } from '../../kit/conditions/never-true/find-contradiction.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Finding } from './finding.ts';
import { rulesOfEntry } from './rules-of-entry.ts';

/** Comparisons of two parts for a whole board: some hundreds of milliseconds. */
const MOST_PAIRS = 20_000;

/**
 * Conditions that no item can ever fulfil, for their parts exclude each other; those that ask for a stage on which they are never asked
 * (of a trigger its own one, or a later one while moving back is off; of a rule any but its own); and those that ask what is so of no item
 * of the board (semantics.md 3.2, 6, 8.1).
 */
export function neverTrue(board: Board): readonly Finding[] {
  const budget = { pairs: MOST_PAIRS };
  const ofEntry = rulesOfEntry(board);
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
      const asked = conditionFields(when).map((field) => field.replace(/^item\./, ''));
      const facts = factsOf(placed, { board, ofEntry }).filter(({ field }) => asked.includes(field));
      if (facts.length === 0) return [];
      const never = find({ all: [...facts, when] });
      if (never === null) return [];
      const path = [list, position, 'when', ...never.path.slice(2)];
      if (never.field !== 'stage') {
        const message = `"${name}": its condition is never true, for "${never.field}" is otherwise in every item here`;
        return [{ ...told, code: 'never-true-here', path, message, params: { name: never.field } }];
      }
      if (list === 'rules')
        return [{ ...told, code: 'never-on-its-stage', path, message: `"${name}" never runs: ${ANOTHER_STAGE}` }];
      const message = `"${name}" never fires: its condition wants a stage from which it never moves an item`;
      return [{ ...told, code: 'never-from-there', path, message }];
    };
  return [...board.triggers.flatMap(judge('triggers')), ...board.rules.flatMap(judge('rules'))];
}

const ANOTHER_STAGE = 'its condition wants another stage than the one on which it stands';

interface Known {
  readonly board: Board;
  /** The rules that are carried out with the entry. */
  readonly ofEntry: ReadonlySet<BoundRule>;
}

/** What is so of every item whenever the condition is asked. */
function factsOf(placed: BoundTrigger | BoundRule, known: Known): readonly ConditionPart[] {
  const always: readonly ConditionPart[] = [
    { field: 'type', is: 'equals', value: known.board.type },
    { field: 'id', is: 'at least', value: 1 },
    { field: 'now', is: 'equals', value: 'today' },
    { field: 'now', is: 'weekday', value: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
  ];
  return [...always, ...('allowBack' in placed ? factsOfTrigger(placed, known.board) : factsOfRule(placed, known))];
}

// `today` is the day of the signal, which may be told late: the item may have been made and changed since.
function factsOfTrigger(trigger: BoundTrigger, board: Board): readonly ConditionPart[] {
  const stages = stagesBefore(trigger, board);
  return [
    { field: 'signal.kind', is: 'in', value: trigger.definition.on },
    ...(stages.length === 0 ? [] : [{ field: 'stage', is: 'in', value: stages } as const]),
  ];
}

// One that comes later may be carried out late, as of its own moment: the item may have been changed and have left since. So may it when
// the rule is kept.
function factsOfRule(rule: BoundRule, { ofEntry }: Known): readonly ConditionPart[] {
  if (!ofEntry.has(rule)) return [];
  const made: ConditionPart = { field: 'createdAt', is: 'at most', value: 'today' };
  return rule.onLeave === 'keep' ? [made] : [made, { field: 'stage', is: 'equals', value: rule.stage }];
}

/** The stages on which an item can stand when the trigger's condition is asked. */
function stagesBefore({ stageId, stageOrder, allowBack }: BoundTrigger, { stages }: Board): readonly string[] {
  return stages.filter(({ id }, order) => (allowBack ? id !== stageId : order < stageOrder)).map(({ code }) => code);
}
