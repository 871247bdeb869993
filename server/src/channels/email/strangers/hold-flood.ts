import { z } from 'zod';
import { findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Classified } from '../classifying/classify.ts';
import { notifyOfFlood } from '../letters/notify-of-mail.ts';
import { isTrusted } from '../letters/trusted-senders.store.ts';
import { countNewSender } from './new-senders.store.ts';

interface Stranger {
  readonly classified: Classified;
  /** Lower case; undefined when the letter names nobody. */
  readonly from: string | undefined;
  readonly mailboxId: number;
  readonly at: Date;
}

const saved = z.object({ newSenders: z.number().catch(1_000), unknownClient: z.string().optional().catch(undefined) });

/**
 * A letter of somebody unknown that would make a lead is held back when the mailbox has had more of them in this hour than it is set to. The
 * first of them is told in the bell; a person lets it through (docs/email.md).
 */
export async function holdFlood(tx: Tx, { classified, from, mailboxId, at }: Stranger): Promise<Classified> {
  if (classified.classification !== 'person' || from === undefined) return classified;
  const mailbox = await findChannel(tx, mailboxId);
  const { newSenders, unknownClient } = saved.parse(mailbox?.settings ?? {});
  if (mailbox === undefined || unknownClient === 'ignore' || (await isTrusted(tx, from))) return classified;

  const count = await countNewSender(tx, { mailboxId, at });
  if (count <= newSenders) return classified;
  if (count === newSenders + 1) await notifyOfFlood(tx, { mailbox, most: newSenders, at });
  const detail = `${count} letters of new senders in this hour; the mailbox takes ${newSenders}`;
  return { classification: 'flood', evidence: [...classified.evidence, { what: 'flood', weight: 100, detail }] };
}
