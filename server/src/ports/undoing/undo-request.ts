import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { findDelivery, withdraw } from '../../outbox/outbox.store.ts';
import { findWebhook, removeWebhook } from '../../outside/kept/webhooks.store.ts';
import { findHeld } from '../../parts/find-held.ts';
import type { Undo, UndoOf } from '../../parts/undoing.ts';

/** A request that has not left yet goes back; what the other system has, or may have, it keeps. */
const takeBack: Undo<'request'> = async ({ tx }, deed) => {
  const request = await findWebhook(tx, { id: deed.request });
  if (request === undefined) return [{ about: '', reason: because('undo-gone') }];
  // The rest of the address may hold what not everybody is to see.
  const to = URL.canParse(request.url) ? new URL(request.url).host : '';
  if (!(await withdraw(tx, deed.outbox))) {
    const state = (await findDelivery(tx, deed.outbox))?.state;
    const reason = state === 'sent' ? because('undo-sent', { to }) : because('undo-perhaps-sent', { to });
    return [{ about: to, reason }];
  }
  await removeWebhook(tx, request.id);
  return [{ about: to, reason: null }];
};

export const undoRequest: UndoOf<'request'> = { undo: takeBack, findRestorable: findHeld };
