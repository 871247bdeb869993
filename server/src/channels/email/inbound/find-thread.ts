import type { Tx } from '../../../platform/db.ts';
import { type EmailHead, findByMessageIds, listExchangedWith } from '../letters/emails.store.ts';
import { joinThreads, listRepliesTo } from '../letters/threads.store.ts';
import { bareSubject, isAnswer } from './bare-subject.ts';

export interface Letter {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: string | undefined;
  readonly at: Date;
}

export interface Thread {
  readonly id: number;
  /** The e-mail of ours or of the client that this one goes on from. */
  readonly previous: EmailHead;
  /** `reply`: it is the parent of mail that came before it. */
  readonly by: 'headers' | 'subject' | 'reply';
}

const SUBJECT_DAYS = 90;

/**
 * By In-Reply-To and References; of a parent that comes after its replies, their thread; then by subject and client
 * (surroundings.md, E-mail).
 */
export async function findThread(tx: Tx, letter: Letter): Promise<Thread | undefined> {
  const named = [letter.inReplyTo ?? [], letter.references.toReversed()].flat();
  const found = await findByMessageIds(tx, named);
  // In the order in which the message names them: the answered one first.
  const previous = named.flatMap((id) => found.filter((email) => email.message_id === id))[0];
  if (previous !== undefined) return { id: previous.thread_id ?? previous.id, previous, by: 'headers' };
  return (await joinReplies(tx, letter)) ?? findBySubject(tx, letter);
}

async function joinReplies(tx: Tx, { messageId }: Letter): Promise<Thread | undefined> {
  const [first, ...others] = messageId === null ? [] : await listRepliesTo(tx, messageId);
  if (first === undefined) return undefined;
  await joinThreads(tx, { threadId: first.id, roots: others.map(({ id }) => id) });
  return { id: first.id, previous: first, by: 'reply' };
}

// Only what calls itself an answer: two letters headed "Invoice" are two matters.
async function findBySubject(tx: Tx, { subject, from, at }: Letter): Promise<Thread | undefined> {
  const bare = bareSubject(subject);
  if (from === undefined || bare === '' || !isAnswer(subject)) return undefined;

  const since = new Date(at.getTime() - SUBJECT_DAYS * 86_400_000);
  const exchanged = await listExchangedWith(tx, { address: from, since, limit: 200 });
  const previous = exchanged.find((email) => bareSubject(email.subject) === bare);
  return previous && { id: previous.thread_id ?? previous.id, previous, by: 'subject' };
}
