import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { insertNotifications } from '../../../collaboration/notifications/notifications.store.ts';
import { findLanguage } from '../../../people/employees.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Mailbox } from '../reading/addresses.ts';
import type { StoredEmail } from './emails.store.ts';
import { lockItems } from './lock-items.store.ts';
import strings from './notify-of-mail.strings.json' with { type: 'json' };

type Occasion = 'received' | 'opened' | 'clicked' | 'bounced';

const phrases: Spoken<Readonly<Record<Occasion, string>>> = strings;

/** The responsible learns of a client's letter (surroundings.md, Channels). */
export async function notifyOfReceived(
  tx: Tx,
  letter: { itemIds: readonly number[]; from: Mailbox | undefined; subject: string; at: Date },
): Promise<void> {
  const client = letter.from?.name || letter.from?.address || '?';
  for (const { id, responsibleId } of await lockItems(tx, letter.itemIds)) {
    if (responsibleId === null) continue;
    await notify(tx, {
      employeeId: responsibleId,
      itemId: id,
      at: letter.at,
      occasion: 'received',
      parts: { client, subject: letter.subject },
    });
  }
}

interface Seen {
  readonly email: StoredEmail;
  readonly at: Date;
  /** The link; null for an open. */
  readonly url: string | null;
}

/** "The client opened your e-mail", to its sender; the caller sees to it that it is once per e-mail (semantics.md 9.4). */
export async function notifyOfFetch(tx: Tx, { email, at, url }: Seen): Promise<void> {
  const parts = { client: email.to_addresses.join(', '), subject: email.subject, url };
  await notifySender(tx, email, { at, occasion: url === null ? 'opened' : 'clicked', parts });
}

export async function notifyOfBounce(
  tx: Tx,
  bounce: { email: StoredEmail; address: string; reason: string; at: Date },
): Promise<void> {
  const parts = { client: bounce.address, subject: bounce.email.subject, reason: bounce.reason };
  await notifySender(tx, bounce.email, { at: bounce.at, occasion: 'bounced', parts });
}

interface Notice {
  readonly at: Date;
  readonly occasion: Occasion;
  /** What the phrase names. */
  readonly parts: Readonly<Record<string, string | null>>;
}

// Mail that nobody wrote, a rule's without an author, concerns the responsible.
async function notifySender(tx: Tx, email: StoredEmail, notice: Notice): Promise<void> {
  const { item_id: itemId } = email;
  const [item] = itemId === null ? [] : await lockItems(tx, [itemId]);
  const employeeId = email.author_id ?? item?.responsibleId ?? null;
  if (employeeId !== null) await notify(tx, { ...notice, employeeId, itemId });
}

async function notify(
  tx: Tx,
  { employeeId, itemId, at, occasion, parts }: Notice & { employeeId: number; itemId: number | null },
): Promise<void> {
  const spoken = await findLanguage(tx, employeeId);
  if (spoken === undefined) return;
  const text = fillIn(phrases[parseLanguage(spoken)][occasion], parts);
  await insertNotifications(tx, [{ employeeId, text, senderId: null, itemId, runId: null, at }]);
}
