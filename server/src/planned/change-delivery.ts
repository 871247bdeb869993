import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { accessItem } from '../access/access-item.ts';
import type { Acting } from '../automation/moves/acting.ts';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { findDelivery, giveUp, postpone } from '../outbox/outbox.store.ts';
import { queueDelivery } from '../outbox/put-in-outbox.ts';
import type { Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { announce } from '../platform/realtime.ts';
import type { Change } from './change.ts';

/** Something that has not left yet: it leaves at once or later, or not at all, and then it can still be sent by hand. */
export async function changeDelivery(tx: Tx, acting: Acting, id: number, { act, at }: Change): Promise<void> {
  const delivery = await findDelivery(tx, id);
  if (delivery === undefined) throw notFound(`Delivery ${id}`);
  await checkMay(tx, acting, { id, itemId: delivery.itemId });
  const reason = because('cancelled-by-hand');
  const done = act === 'cancel' ? await giveUp(tx, { id, reason }) : await postpone(tx, { id, at });
  if (!done) throw conflict('run-state', `Only a delivery that waits can be changed; this one is ${delivery.state}`);
  if (act === 'cancel') await reportTrouble(tx, { delivery, state: 'failed', reason, now: acting.now });
  else await queueDelivery(tx, { workspaceId: acting.workspaceId, outboxId: id, ...(act === 'move' && { runAt: at }) });
  if (delivery.itemId !== null) announce(tx, { topic: 'deliveries', kind: 'changed', item: delivery.itemId });
}

interface Held {
  readonly id: number;
  readonly itemId: number | null;
}

async function checkMay(tx: Tx, { rights }: Acting, { id, itemId }: Held): Promise<void> {
  if (rights === undefined) return;
  if (itemId !== null) await accessItem(tx, { rights }, itemId, 'change');
  else if (!rights.areas.mail) throw notFound(`Delivery ${id}`);
}
