import type { Language } from '@signalbox/contract/common.ts';
import { language } from '@signalbox/contract/common.ts';
import { insertNotifications } from '../../../collaboration/notifications/notifications.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Mailbox } from '../reading/addresses.ts';
import type { StoredEmail } from './emails.store.ts';
import { lockItems } from './lock-items.store.ts';

type Phrase = (parts: { client: string; subject: string; url: string; reason: string }) => string;
type Occasion = 'received' | 'opened' | 'clicked' | 'bounced';

const phrases: Readonly<Record<Language, Readonly<Record<Occasion, Phrase>>>> = {
  en: {
    received: ({ client, subject }) => `${client} wrote: ${subject}`,
    opened: ({ client, subject }) => `${client} opened your e-mail "${subject}"`,
    clicked: ({ client, url }) => `${client} clicked ${url}`,
    bounced: ({ client, subject, reason }) => `"${subject}" did not reach ${client}: ${reason}`,
  },
  pl: {
    received: ({ client, subject }) => `${client} – nowa wiadomość: ${subject}`,
    opened: ({ client, subject }) => `${client} – wiadomość „${subject}” została otwarta`,
    clicked: ({ client, url }) => `${client} – kliknięto ${url}`,
    bounced: ({ client, subject, reason }) => `„${subject}” – wiadomość nie dotarła do ${client}: ${reason}`,
  },
  es: {
    received: ({ client, subject }) => `${client} ha escrito: ${subject}`,
    opened: ({ client, subject }) => `${client} ha abierto su correo «${subject}»`,
    clicked: ({ client, url }) => `${client} ha hecho clic en ${url}`,
    bounced: ({ client, subject, reason }) => `«${subject}» no ha llegado a ${client}: ${reason}`,
  },
  pt: {
    received: ({ client, subject }) => `${client} escreveu: ${subject}`,
    opened: ({ client, subject }) => `${client} abriu o seu e-mail "${subject}"`,
    clicked: ({ client, url }) => `${client} clicou em ${url}`,
    bounced: ({ client, subject, reason }) => `"${subject}" não chegou a ${client}: ${reason}`,
  },
  it: {
    received: ({ client, subject }) => `${client} ha scritto: ${subject}`,
    opened: ({ client, subject }) => `${client} ha aperto la tua e-mail "${subject}"`,
    clicked: ({ client, url }) => `${client} ha cliccato ${url}`,
    bounced: ({ client, subject, reason }) => `"${subject}" non è arrivata a ${client}: ${reason}`,
  },
};

/** The responsible learns of a client's letter (surroundings.md, Channels). */
export async function tellOfReceived(
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
      say: (words) => words.received({ ...nothing, client, subject: letter.subject }),
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
export async function tellOfVisit(tx: Tx, { email, at, url }: Seen): Promise<void> {
  const parts = { ...nothing, client: email.to_addresses.join(', '), subject: email.subject, url: url ?? '' };
  await tellSender(tx, email, { at, say: (words) => (url === null ? words.opened(parts) : words.clicked(parts)) });
}

export async function tellOfBounce(
  tx: Tx,
  bounce: { email: StoredEmail; address: string; reason: string; at: Date },
): Promise<void> {
  const parts = { ...nothing, client: bounce.address, subject: bounce.email.subject, reason: bounce.reason };
  await tellSender(tx, bounce.email, { at: bounce.at, say: (words) => words.bounced(parts) });
}

const nothing = { client: '', subject: '', url: '', reason: '' };

interface Notice {
  readonly at: Date;
  say(words: Readonly<Record<Occasion, Phrase>>): string;
}

// Mail that nobody wrote, a rule's without an author, concerns the responsible.
async function tellSender(tx: Tx, email: StoredEmail, notice: Notice): Promise<void> {
  const { item_id: itemId } = email;
  const [item] = itemId === null ? [] : await lockItems(tx, [itemId]);
  const employeeId = email.author_id ?? item?.responsibleId ?? null;
  if (employeeId !== null) await notify(tx, { ...notice, employeeId, itemId });
}

async function notify(
  tx: Tx,
  { employeeId, itemId, at, say }: Notice & { employeeId: number; itemId: number | null },
): Promise<void> {
  const spoken = await findLanguage(tx, employeeId);
  if (spoken === undefined) return;
  await insertNotifications(tx, [{ employeeId, text: say(phrases[spoken]), senderId: null, itemId, runId: null, at }]);
}

async function findLanguage(tx: Tx, employeeId: number): Promise<Language | undefined> {
  const row = await tx
    .selectFrom('employees as e')
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .select((of) => of.fn.coalesce('e.language', 'w.language').as('language'))
    .where('e.workspace_id', '=', workspaceOf(tx))
    .where('e.id', '=', employeeId)
    .where('e.dismissed_at', 'is', null)
    .executeTakeFirst();
  return row && language.catch('en').parse(row.language);
}
