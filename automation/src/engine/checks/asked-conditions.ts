import type { Condition } from '../../kit/conditions/condition.ts';
import { conditionsIn } from '../../kit/conditions/condition-setting.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Finding } from './finding.ts';

/** A condition that is asked of items, and where it stands. */
export interface AskedCondition {
  readonly placed: BoundTrigger | BoundRule;
  readonly when: Condition;
  readonly path: Finding['path'];
  /** The rule waits until it is true. */
  readonly isAwaited: boolean;
}

/** Every condition of a board: of triggers, of rules, and what rules wait for. */
export function askedConditions({ triggers, rules }: Pick<Board, 'triggers' | 'rules'>): readonly AskedCondition[] {
  return [
    ...triggers.flatMap((placed) => ownCondition(placed, 'triggers')),
    ...rules.flatMap((placed) => [...ownCondition(placed, 'rules'), ...awaitedConditions(placed)]),
  ];
}

function ownCondition(placed: BoundTrigger | BoundRule, list: 'triggers' | 'rules'): readonly AskedCondition[] {
  const { when, position } = placed;
  return when === null ? [] : [{ placed, when, path: [list, position, 'when'], isAwaited: false }];
}

// One that is set but not waited for is never asked.
function awaitedConditions(placed: BoundRule): readonly AskedCondition[] {
  const { definition, settings, position } = placed;
  if (definition.awaits(settings) === null) return [];
  return conditionsIn(definition, settings).map(({ setting, condition }) => {
    const path = ['rules', position, 'settings', setting];
    return { placed, when: condition, path, isAwaited: true };
  });
}
