import type { TimelinePort } from '@signalbox/automation/kit/definitions/ports.ts';
import type { PortScope } from '../automation/running/port-scope.ts';

/** Comments on the item, written for many runs at once. */
export const timelinePort = ({ run, rule, ruleName, now, effects, item, did }: PortScope): TimelinePort => ({
  async comment({ text, authorId }) {
    const data = { rule: ruleName, ruleId: rule.id, run: run.id };
    effects.timeline.push({ itemId: item().id, kind: 'comment', at: now, authorId, text, data });
    did({ kind: 'comment' });
  },
});
