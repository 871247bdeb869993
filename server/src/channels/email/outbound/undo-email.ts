import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { removeTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import { findDelivery, withdraw } from '../../../outbox/outbox.store.ts';
import { findHeld } from '../../../parts/find-held.ts';
import type { Undo, UndoOf } from '../../../parts/undoing.ts';
import { announce } from '../../../platform/realtime.ts';
import { findEmail, removeEmail } from '../letters/emails.store.ts';

// A letter that has not left yet goes back; what has left, or may have, can't.
const takeBack: Undo<'email'> = async ({ tx, item }, deed) => {
  const letter = await findEmail(tx, deed.email);
  if (letter === undefined) return [{ about: '', reason: because('undo-gone') }];
  const to = letter.to_addresses.join(', ');
  // What employees are written is not for everybody who sees the item.
  const about = letter.audience === 'client' ? letter.subject : to;
  if (!(await withdraw(tx, deed.outbox))) {
    const state = (await findDelivery(tx, deed.outbox))?.state;
    const reason = state === 'sent' ? because('undo-sent', { to }) : because('undo-perhaps-sent', { to });
    return [{ about, reason }];
  }
  await removeEmail(tx, letter.id);
  await removeTimeline(tx, { itemId: item.id, kinds: ['email', 'delivery-failed'], of: { email: letter.id } });
  announce(tx, { topic: 'emails', kind: 'removed', email: letter.id });
  return [{ about, reason: null }];
};

export const undoEmail: UndoOf<'email'> = { undo: takeBack, findRestorable: findHeld };
