import { z } from 'zod';
import { findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Classification } from '../classifying/classify.ts';
import type { Forwarded } from './find-forwarded.ts';
import type { NamedWriters } from './named-writers.ts';
import { loadOurs, type OurAddresses } from './ours.store.ts';
import { type Writer, whoWrote } from './who-wrote.ts';

interface Asked {
  readonly named: NamedWriters;
  /** The letters in it that it may pass on. */
  readonly enclosed: readonly Forwarded[];
  readonly mailboxId: number;
  readonly classification: Classification;
}

export interface FoundWriter extends Writer {
  /** Given of mail of ours: an employee, or null where a mailbox of ours wrote. Such mail is never a client's (semantics.md 9.2). */
  readonly ours: { readonly employeeId: number | null } | null;
  /** The client's letter that mail of ours passes on. */
  readonly forwarded: Forwarded | null;
}

const setting = z.enum(['rule', 'from', 'replyTo']).catch('rule');

/** Who wrote a letter, by the rule that its mailbox is set to. The report of a mail server comes from that server, whomever it names. */
export async function findWriter(tx: Tx, { named, enclosed, mailboxId, classification }: Asked): Promise<FoundWriter> {
  const known = await loadOurs(tx, addressesOf(named));
  if (classification === 'bounce') return { ...whoWrote(named, known, 'from'), ours: null, forwarded: null };

  const mailbox = await findChannel(tx, mailboxId);
  const writer = whoWrote(named, known, setting.parse(mailbox?.settings.writer));
  const ours = writer.by === undefined ? null : oursBehind(writer.by.address, known);
  return { ...writer, ours, forwarded: ours === null ? null : await findClientsLetter(tx, enclosed, named) };
}

function addressesOf({ from, originalFrom, sender, replyTo }: NamedWriters): string[] {
  return [from, originalFrom, sender, ...replyTo].flatMap((one) => one?.address ?? []);
}

function oursBehind(address: string, known: OurAddresses): FoundWriter['ours'] {
  const employeeId = known.employeeOf(address);
  if (employeeId !== undefined) return { employeeId };
  return known.isMailbox(address) ? { employeeId: null } : null;
}

// The first that is none of ours. What goes to its writer as well is an answer, and our copy of it.
async function findClientsLetter(
  tx: Tx,
  enclosed: readonly Forwarded[],
  { receivers }: NamedWriters,
): Promise<Forwarded | null> {
  const letters = enclosed.filter(({ from }) => !receivers.includes(from.address));
  if (letters.length === 0) return null;
  const known = await loadOurs(
    tx,
    letters.map(({ from }) => from.address),
  );
  return letters.find(({ from }) => oursBehind(from.address, known) === null) ?? null;
}
