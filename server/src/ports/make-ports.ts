import type { MakePorts } from '../automation/running/port-scope.ts';
import { itemsPort } from './items-port.ts';
import { mailPort } from './mail-port.ts';
import { peoplePort } from './people-port.ts';

/** What a rule may do, as rows in its run's transaction: nothing here talks to the network (semantics.md 5.7). */
export const makePorts: MakePorts = (scope) => ({
  people: peoplePort(scope),
  items: itemsPort(scope),
  mail: mailPort(scope),
  notifications: {
    async notify({ text, senderId, recipientIds }) {
      const { run, now, effects } = scope;
      const notices = recipientIds.map((employeeId) => ({
        employeeId,
        text,
        senderId,
        itemId: scope.item().id,
        runId: run.id,
        at: now,
      }));
      effects.notifications.push(...notices);
    },
  },
  timeline: {
    async comment({ text, authorId }) {
      const { run, rule, ruleName, now, effects } = scope;
      const data = { rule: ruleName, ruleId: rule.id, run: run.id };
      effects.timeline.push({ itemId: scope.item().id, kind: 'comment', at: now, authorId, text, data });
    },
  },
});
