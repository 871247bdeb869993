import { type Selectable, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { sendBytes } from '../../../platform/long-bytes/send-bytes.store.ts';
import type { DB } from '../../../platform/schema.ts';
import type { NewWords } from '../replies/new-words.ts';
import type { Evidence } from './evidence.ts';

type Row = Omit<Selectable<DB['emails']>, 'raw'>;
export type StoredEmail = Row;
/** Without what may be long: many can be held at once. */
export type EmailHead = Omit<Row, 'text' | 'html' | 'shown_html' | 'evidence' | 'headers' | 'links' | 'authentication'>;

export interface NewEmail {
  readonly direction: 'in' | 'out';
  readonly audience?: 'client' | 'employee';
  readonly mailboxId: number;
  readonly itemId: number | null;
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly authorId?: number | null;
  readonly runId?: number | null;
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly threadId: number | null;
  readonly from: { readonly address: string; readonly name: string | null };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly classification?: Row['classification'];
  readonly evidence?: readonly Evidence[];
  readonly tiedBy?: object | null;
  readonly headers?: object;
  readonly track?: boolean;
  readonly links?: readonly string[];
  readonly raw?: Buffer | null;
  /** Why not all of it could be read. */
  readonly unreadable?: string | null;
  /** What is new in it; nothing given: all of it. */
  readonly fresh?: NewWords;
  /** Whom an answer goes to, and why `from` is taken for the writer; of mail that came in. */
  readonly replyTo?: string | null;
  readonly writer?: object;
  /** The client's letter that it passes on. */
  readonly forwarded?: object | null;
  /** Whether its writer is proved, and what was found; null: nobody looked. */
  readonly verified?: boolean | null;
  readonly authentication?: object | null;
  /** Its row in the outbox; of a mail that goes out. */
  readonly outboxId?: number;
  readonly at: Date;
}

export async function insertEmail(tx: Tx, email: NewEmail): Promise<number> {
  const { id } = await tx
    .insertInto('emails')
    .values({
      workspace_id: workspaceOf(tx),
      ...{
        direction: email.direction,
        audience: email.audience ?? 'client',
        mailbox_id: email.mailboxId,
        item_id: email.itemId,
      },
      ...{
        contact_id: email.contactId,
        company_id: email.companyId,
        author_id: email.authorId ?? null,
        run_id: email.runId ?? null,
      },
      ...{
        message_id: email.messageId,
        in_reply_to: email.inReplyTo,
        reference_ids: [...email.references],
        thread_id: email.threadId,
      },
      ...{
        from_address: email.from.address,
        from_name: email.from.name,
        to_addresses: [...email.to],
        subject: email.subject,
      },
      ...{ text: email.text, html: email.html, classification: email.classification ?? 'person', at: email.at },
      ...{
        evidence: JSON.stringify(email.evidence ?? []),
        tied_by: email.tiedBy ? JSON.stringify(email.tiedBy) : null,
      },
      ...{
        headers: JSON.stringify(email.headers ?? {}),
        track: email.track ?? false,
        links: [...(email.links ?? [])],
        raw: await sendBytes(tx, email.raw ?? null),
        unreadable: email.unreadable ?? null,
        new_text: email.fresh?.text ?? null,
        new_html_length: email.fresh?.htmlLength ?? null,
        reply_to: email.replyTo ?? null,
        writer: email.writer ? JSON.stringify(email.writer) : null,
        forwarded: email.forwarded ? JSON.stringify(email.forwarded) : null,
        verified: email.verified ?? null,
        authentication: email.authentication ? JSON.stringify(email.authentication) : null,
        outbox_id: email.outboxId ?? null,
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findEmail(tx: Tx, id: number): Promise<StoredEmail | undefined> {
  return selectEmails(tx).where('id', '=', id).executeTakeFirst();
}

export async function findEmailInOutbox(tx: Tx, outboxId: number): Promise<StoredEmail | undefined> {
  return selectEmails(tx).where('outbox_id', '=', outboxId).executeTakeFirst();
}

/** Locked until the transaction ends; take its item's lock first (semantics.md 4). */
export async function lockEmail(tx: Tx, id: number): Promise<StoredEmail | undefined> {
  return selectEmails(tx).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** An e-mail with its links in the order of their tokens, without what may be long. */
export type LinkedEmail = EmailHead & Pick<Row, 'links'>;

export async function findLinked(tx: Tx, id: number, { lock = false } = {}): Promise<LinkedEmail | undefined> {
  return selectHeads(tx)
    .select('links')
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Those with one of the Message-IDs, the newest first. */
export async function findByMessageIds(tx: Tx, messageIds: readonly string[]): Promise<EmailHead[]> {
  if (messageIds.length === 0) return [];
  return selectHeads(tx)
    .where('message_id', 'in', [...messageIds])
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
}

/** The newest e-mails exchanged with an address since then. */
export async function listExchangedWith(
  tx: Tx,
  { address, since, limit }: { address: string; since: Date; limit: number },
): Promise<EmailHead[]> {
  return selectHeads(tx)
    .where('at', '>=', since)
    .where((is) =>
      is.or([is('from_address', '=', address), is('to_addresses', '@>', sql<string[]>`array[${address}]`)]),
    )
    .where('audience', '=', 'client')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

const headColumns = [
  ...([
    'workspace_id',
    'id',
    'direction',
    'audience',
    'mailbox_id',
    'item_id',
    'contact_id',
    'company_id',
    'author_id',
    'run_id',
  ] as const),
  ...([
    'message_id',
    'in_reply_to',
    'reference_ids',
    'thread_id',
    'from_address',
    'from_name',
    'to_addresses',
    'subject',
  ] as const),
  ...([
    'classification',
    'tied_by',
    'track',
    'at',
    'first_opened_at',
    'open_count',
    'click_count',
    'fetch_count',
    'machine_count',
    'was_opened',
    'clicked_links',
    'bounced_at',
    'unreadable',
    'new_text',
    'new_html_length',
    'reply_to',
    'writer',
    'forwarded',
    'verified',
    'held',
    'outbox_id',
  ] as const),
] as const;

/** All e-mails of the workspace, to be narrowed; without their raw messages. */
export function selectEmails(tx: Tx) {
  return selectHeads(tx).select(['text', 'html', 'shown_html', 'evidence', 'headers', 'links', 'authentication']);
}

/** The same without what may be long. */
export function selectHeads(tx: Tx) {
  return tx.selectFrom('emails').select(headColumns).where('workspace_id', '=', workspaceOf(tx));
}

/** Of a mail that never left. */
export async function removeEmail(tx: Tx, id: number): Promise<void> {
  const workspace = workspaceOf(tx);
  await tx.deleteFrom('email_attachments').where('workspace_id', '=', workspace).where('email_id', '=', id).execute();
  await tx.deleteFrom('emails').where('workspace_id', '=', workspace).where('id', '=', id).execute();
}
