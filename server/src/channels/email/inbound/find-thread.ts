import type { Tx } from '../../../platform/db.ts';
import { findByMessageIds, listExchangedWith, type StoredEmail } from '../letters/emails.store.ts';

export interface Letter {
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: string | undefined;
  readonly at: Date;
}

export interface Thread {
  readonly id: number;
  /** The e-mail of ours or of the client that this one goes on from. */
  readonly previous: StoredEmail;
  readonly by: 'headers' | 'subject';
}

const SUBJECT_DAYS = 90;

/** By In-Reply-To and References, then by subject and client (surroundings.md, E-mail). */
export async function findThread(tx: Tx, letter: Letter): Promise<Thread | undefined> {
  const named = [letter.inReplyTo ?? [], letter.references.toReversed()].flat();
  const found = await findByMessageIds(tx, named);
  // In the order in which the message names them: the answered one first.
  const previous = named.flatMap((id) => found.filter((email) => email.message_id === id))[0];
  if (previous !== undefined) return { id: previous.thread_id ?? previous.id, previous, by: 'headers' };
  return findBySubject(tx, letter);
}

// Only what calls itself an answer: two letters headed "Invoice" are two matters.
async function findBySubject(tx: Tx, { subject, from, at }: Letter): Promise<Thread | undefined> {
  const bare = bareSubject(subject);
  if (from === undefined || bare === '' || bare === foldSubject(subject)) return undefined;

  const since = new Date(at.getTime() - SUBJECT_DAYS * 86_400_000);
  const exchanged = await listExchangedWith(tx, { address: from, since, limit: 200 });
  const previous = exchanged.find((email) => bareSubject(email.subject) === bare);
  return previous && { id: previous.thread_id ?? previous.id, previous, by: 'subject' };
}

const PREFIX =
  /^(re|aw|antw|sv|vs|odp|rif|res|ref|r|fw|fwd|wg|pd|tr|rv|enc|i|vb|doorst|ynt|ilt|回复|回覆|答复|转发|轉寄|отв|на|пересл)\s*(\[\d+\]|\(\d+\))?\s*[:：]\s*/i;

/** Without the prefixes that mail programs of many languages put before it, in lower case. */
export function bareSubject(subject: string): string {
  let bare = foldSubject(subject);
  while (PREFIX.test(bare)) bare = bare.replace(PREFIX, '');
  return bare;
}

function foldSubject(subject: string): string {
  return subject.replace(/\s+/g, ' ').trim().toLowerCase();
}
