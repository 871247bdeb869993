import type { Tx } from '../../../platform/db.ts';
import { notFound } from '../../../platform/errors.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { findSignalAbout, judgeAgain } from '../../../signals/judge-again.ts';
import { tieEmail } from '../letters/change-email.store.ts';
import { lockEmail, type StoredEmail } from '../letters/emails.store.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { showOnTimeline } from './bind-signals.ts';

export interface Rebinding {
  readonly emailId: number;
  readonly itemId: number;
  readonly employeeId: number;
}

/** Ties an incoming e-mail to another item, and has its signal judged again there (semantics.md 2.5). Answers that signal. */
export async function rebindEmail(tx: Tx, { emailId, itemId, employeeId }: Rebinding): Promise<number> {
  const [item] = await lockItems(tx, [itemId]);
  if (item === undefined) throw invalidAt('item', 'unknown-item', `There is no item ${itemId}`);
  const email = await lockEmail(tx, emailId);
  if (email === undefined) throw notFound(`E-mail ${emailId}`);
  if (email.direction === 'out')
    throw invalidAt('item', 'not-incoming', 'Only a received e-mail can be tied to another item');
  if (email.item_id === itemId) throw invalidAt('item', 'already-there', 'The e-mail is tied to this item already');

  const signalId = await signalOf(tx, email);
  await tieEmail(tx, { id: emailId, itemId, tiedBy: { how: 'person', by: employeeId, before: email.item_id } });
  await showOnTimeline(tx, email, [itemId]);
  await judgeAgain(tx, { signalId, itemId });
  return signalId;
}

async function signalOf(tx: Tx, { id, item_id: itemId }: StoredEmail): Promise<number> {
  const signalId = await findSignalAbout(tx, { kind: 'email.received', payload: { emailId: id }, itemId });
  if (signalId === undefined) throw new Error(`the signal of e-mail ${id} was not found`);
  return signalId;
}
