import type { Cause } from '../../kit/definitions/define-rule.ts';
import type { BoundRule, Stage } from '../board.ts';

type Stages = readonly Pick<Stage, 'code' | 'kind'>[];

/** Whether the rule sends the item off the stage on which it stands: to another one, or into another pipeline. */
export function sendsAway(rule: BoundRule, stages: Stages): boolean {
  const { definition, settings, stage } = rule;
  return definition
    .causes(settings)
    .some((cause) => 'pipeline' in cause || (stageCaused(cause, rule, stages) ?? stage) !== stage);
}

/** The code of the stage of the same pipeline to which the rule moves; null: to none. */
export function stageCaused(cause: Cause, { stage }: Pick<BoundRule, 'stage'>, stages: Stages): string | null {
  if ('stage' in cause) return cause.stage;
  if (!('won' in cause) || stages.some(({ code, kind }) => code === stage && kind === 'won')) return null;
  return stages.find(({ kind }) => kind === 'won')?.code ?? null;
}
