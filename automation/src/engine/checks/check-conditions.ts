import type { ConditionPart } from '../../kit/conditions/condition.ts';
import { conditionFields } from '../../kit/conditions/conditions.ts';
import {
  type Contradiction,
  findContradiction,
  type PairBudget,
} from '../../kit/conditions/never-true/find-contradiction.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import { type AskedCondition, askedConditions } from './asked-conditions.ts';
import { emptyWaits, waitsForChanges } from './check-waits.ts';
import type { Finding } from './finding.ts';
import { rulesOfEntry } from './rules-of-entry.ts';

/** Comparisons of two parts for a whole board: some hundreds of milliseconds. */
const MOST_PAIRS = 20_000;

/**
 * Conditions that no item can ever fulfil, for their parts exclude each other; those that ask for a stage on which they are never asked
 * (of a trigger its own one, or a later one while moving back is off; of a rule any but its own); and those that ask what is so of no item
 * of the board (semantics.md 3.2, 6, 8.1). Also of what a rule waits for, which may be wrong in ways of its own (5.9).
 */
export function neverTrue(board: Board): readonly Finding[] {
  const known = { board, ofEntry: rulesOfEntry(board), budget: { pairs: MOST_PAIRS } };
  return askedConditions(board)
    .filter(({ placed }) => placed.enabled)
    .flatMap((asked) => {
      const own = asked.isAwaited ? [...emptyWaits(asked), ...waitsForChanges(asked)] : [];
      return own.length > 0 ? own : judge(asked, known);
    });
}

function judge(asked: AskedCondition, known: Known): readonly Finding[] {
  const { placed, when, path } = asked;
  const { board, budget } = known;
  const find = (all: AskedCondition['when']) => findContradiction(all, { fields: board.fields }, budget);
  const told = { severity: 'warning', ids: [placed.id] } as const;
  const found = find(when);
  if (found !== null) {
    const message = `"${placed.name}": its condition is never true, for its parts about "${found.field}" exclude each other`;
    return [{ ...told, code: 'never-true', path: [...path, ...found.path], message, params: { name: found.field } }];
  }
  const named = conditionFields(when).map((field) => field.replace(/^item\./, ''));
  const facts = factsOf(placed, known).filter(({ field }) => named.includes(field));
  const never = facts.length === 0 ? null : find({ all: [...facts, when] });
  if (never === null) return [];
  return [{ ...told, ...said(asked, never), path: [...path, ...never.path.slice(2)] }];
}

function said(
  { placed, isAwaited }: AskedCondition,
  { field }: Contradiction,
): Pick<Finding, 'code' | 'message' | 'params'> {
  const { name } = placed;
  if (field !== 'stage') {
    const message = `"${name}": its condition is never true, for "${field}" is otherwise in every item here`;
    return { code: 'never-true-here', message, params: { name: field } };
  }
  if ('allowBack' in placed)
    return {
      code: 'never-from-there',
      message: `"${name}" never fires: its condition wants a stage from which it never moves an item`,
    };
  if (isAwaited)
    return {
      code: 'never-while-waiting',
      message: `"${name}" waits in vain: its condition wants another stage, and leaving this one cancels it`,
    };
  return {
    code: 'never-on-its-stage',
    message: `"${name}" never runs: its condition wants another stage than the one on which it stands`,
  };
}

interface Known {
  readonly board: Board;
  /** The rules that are carried out with the entry. */
  readonly ofEntry: ReadonlySet<BoundRule>;
  readonly budget: PairBudget;
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
