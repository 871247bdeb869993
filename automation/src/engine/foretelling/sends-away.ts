import type { BoundRule } from '../board.ts';

/** Whether the rule sends the item off the stage on which it stands: to another one, or into another pipeline. */
export function sendsAway({ definition, settings, stage }: BoundRule): boolean {
  return definition
    .causes(settings)
    .some((cause) => 'pipeline' in cause || ('stage' in cause && cause.stage !== stage));
}
