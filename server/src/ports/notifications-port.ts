import type { NotificationsPort } from '@signalbox/automation/kit/definitions/ports.ts';
import type { PortScope } from '../automation/running/port-scope.ts';

/** Lines in the bell, written for many runs at once. */
export const notificationsPort = ({ run, now, effects, item, did }: PortScope): NotificationsPort => ({
  async notify({ text, senderId, recipientIds }) {
    const common = { text, senderId, itemId: item().id, runId: run.id, at: now };
    effects.notifications.push(...recipientIds.map((employeeId) => ({ employeeId, ...common })));
    did({ kind: 'notification', to: recipientIds });
  },
});
