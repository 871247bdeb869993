import { z } from 'zod';
import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import type { Binding } from '../../../signals/binding.ts';
import { noteNowhere } from '../letters/all-mail.store.ts';
import { tieEmail } from '../letters/change-email.store.ts';
import { findEmail, type StoredEmail } from '../letters/emails.store.ts';
import { notifyOfReceived } from '../letters/notify-of-mail.ts';

const ofEmail = z.object({ emailId: z.number().int() });

/** Called by the drain in its transaction: the e-mail shows on the chosen items, or on none, with why (semantics.md 2.5). */
export async function bindSignals(tx: Tx, bindings: readonly Binding[]): Promise<void> {
  for (const { kind, payload, itemIds, why } of bindings) {
    const parsed = ofEmail.safeParse(payload);
    if (!kind.startsWith('email.') || !parsed.success) continue;
    const email = await findEmail(tx, parsed.data.emailId);
    // What was tied when it came in stands there already.
    if (email !== undefined && email.item_id === null) await bind(tx, { email, itemIds, why });
  }
}

async function bind(
  tx: Tx,
  { email, itemIds, why }: { email: StoredEmail; itemIds: readonly number[]; why: object },
): Promise<void> {
  const [first] = itemIds;
  if (first === undefined) return noteNowhere(tx, { id: email.id, why: { how: 'client', ...why } });
  await tieEmail(tx, { id: email.id, itemId: first, tiedBy: { how: 'client', ...why, items: itemIds } });
  await showOnTimeline(tx, email, itemIds);
  if (email.classification === 'person') {
    const from = { address: email.from_address, name: email.from_name ?? '' };
    await notifyOfReceived(tx, { itemIds, from, subject: email.subject, at: email.at });
  }
}

export async function showOnTimeline(tx: Tx, email: StoredEmail, itemIds: readonly number[]): Promise<void> {
  const data = {
    email: email.id,
    direction: 'in',
    sender: email.from_address,
    subject: email.subject,
    classification: email.classification,
  };
  const entry = { kind: 'email' as const, at: email.at, authorId: null, text: email.subject, data };
  await appendTimeline(
    tx,
    itemIds.map((itemId) => ({ ...entry, itemId })),
  );
  announce(tx, { topic: 'emails', kind: 'tied', email: email.id });
}
