import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { OutsidePort } from '@signalbox/automation/rules/outside/port.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { findDelivery } from '../outbox/outbox.store.ts';
import { putInOutbox } from '../outbox/put-in-outbox.ts';
import { findWebhook, insertWebhook } from '../outside/kept/webhooks.store.ts';

/** Requests to other systems: a row and its place in the outbox, sent by the delivery jobs (semantics.md 5.8). */
export function outsidePort(scope: PortScope): OutsidePort {
  const { tx, now, run } = scope;
  return {
    send: (request) =>
      scope.write(async () => {
        const subject = { itemId: scope.item().id, runId: run.id };
        const holds = request.wanted !== null;
        const outboxId = await putInOutbox(tx, { kind: 'webhook', channelId: null, subject, holds, at: now });
        const requestId = await insertWebhook(tx, { request, outboxId, at: now });
        scope.did({ kind: 'request', request: requestId, outbox: outboxId });
        return { requestId };
      }),
    async find(requestId) {
      const webhook = await findWebhook(tx, { id: requestId });
      if (webhook === undefined) return { state: 'failed', reason: because('webhook-gone') };
      if (webhook.answer !== null) return { state: 'answered', ...webhook.answer };
      const delivery = await findDelivery(tx, webhook.outboxId);
      return delivery?.state === 'failed'
        ? { state: 'failed', reason: delivery.reason ?? because('webhook-gone') }
        : { state: 'waiting' };
    },
  };
}
