import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { insertNotifications } from '../../../collaboration/notifications/notifications.store.ts';
import { findChannel, type StoredChannel } from '../../../connections/channels.store.ts';
import { findLanguage, listAdmins } from '../../../people/employees.store.ts';
import { findStandIn } from '../../../people/stand-in.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Mailbox } from '../reading/addresses.ts';
import { type EmailHead, findEmail } from './emails.store.ts';
import { readForwarded } from './forwarded-letter.ts';
import { lockItems } from './lock-items.store.ts';
import strings from './notify-of-mail.strings.json' with { type: 'json' };

type Occasion = 'received' | 'opened' | 'clicked' | 'bounced' | 'forwarded' | 'flood';

const phrases: Spoken<Readonly<Record<Occasion | 'left', string>>> = strings;

interface ReceivedLetter {
  readonly itemIds: readonly number[];
  readonly from: Mailbox | undefined;
  /** The employee who wrote it: they know. */
  readonly authorId?: number | null;
  readonly subject: string;
  readonly at: Date;
}

/** The responsible learns of a client's letter, and of a colleague's on their item (surroundings.md, Channels). */
export async function notifyOfReceived(tx: Tx, letter: ReceivedLetter): Promise<void> {
  const client = letter.from?.name || letter.from?.address || '?';
  for (const { id, responsibleId } of await lockItems(tx, letter.itemIds)) {
    if (responsibleId === null || responsibleId === letter.authorId) continue;
    await notify(tx, {
      employeeId: responsibleId,
      itemId: id,
      at: letter.at,
      occasion: 'received',
      parts: { client, subject: letter.subject },
    });
  }
}

/** Whoever passed on a client's letter, and whoever is responsible for the mailbox, may say that it is the client's. */
export async function notifyOfForwarded(
  tx: Tx,
  { emailId, mailboxId }: { emailId: number; mailboxId: number },
): Promise<void> {
  const email = await findEmail(tx, emailId);
  const forwarded = readForwarded(email?.forwarded);
  if (email === undefined || forwarded === null) return;
  const responsible = (await findChannel(tx, mailboxId))?.settings.responsible;
  const told = new Set([email.author_id, typeof responsible === 'number' ? responsible : null]);
  const parts = { client: forwarded.from.name || forwarded.from.address, subject: email.subject };
  for (const employeeId of told)
    if (employeeId !== null)
      await notify(tx, { employeeId, itemId: email.item_id, at: email.at, occasion: 'forwarded', parts });
}

/** Letters of new senders are held back from now on: whoever is responsible for the mailbox is told, else every administrator. */
export async function notifyOfFlood(
  tx: Tx,
  { mailbox, most, at }: { mailbox: StoredChannel; most: number; at: Date },
): Promise<void> {
  const { responsible } = mailbox.settings;
  const told = typeof responsible === 'number' ? [responsible] : (await listAdmins(tx)).map(({ id }) => id);
  const parts = { mailbox: mailbox.name, most: String(most) };
  for (const employeeId of told) await notify(tx, { employeeId, itemId: null, at, occasion: 'flood', parts });
}

interface Seen {
  readonly email: EmailHead;
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
  bounce: { email: EmailHead; address: string; reason: string; at: Date },
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
async function notifySender(tx: Tx, email: EmailHead, notice: Notice): Promise<void> {
  const { item_id: itemId } = email;
  const [item] = itemId === null ? [] : await lockItems(tx, [itemId]);
  const employeeId = email.author_id ?? item?.responsibleId ?? null;
  if (employeeId !== null) await notify(tx, { ...notice, employeeId, itemId });
}

async function notify(
  tx: Tx,
  { employeeId, itemId, at, occasion, parts }: Notice & { employeeId: number; itemId: number | null },
): Promise<void> {
  const told = await findStandIn(tx, employeeId);
  const spoken = told === undefined ? undefined : await findLanguage(tx, told.id);
  if (told === undefined || spoken === undefined) return;
  const words = phrases[parseLanguage(spoken)];
  const said = fillIn(words[occasion], parts);
  // Work of somebody who has left, until somebody takes it over.
  const text = told.insteadOf === null ? said : fillIn(words.left, { said, name: told.insteadOf });
  await insertNotifications(tx, [{ employeeId: told.id, text, senderId: null, itemId, runId: null, at }]);
}
