import { z } from 'zod';
import { findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Classification } from '../classifying/classify.ts';
import type { ParsedEmail } from '../reading/parsed-email.ts';
import { namedWriters } from './named-writers.ts';
import { loadOurs } from './ours.store.ts';
import { type Writer, whoWrote } from './who-wrote.ts';

interface Asked {
  readonly email: ParsedEmail;
  readonly mailboxId: number;
  readonly classification: Classification;
}

const setting = z.enum(['rule', 'from', 'replyTo']).catch('rule');

/** Who wrote a letter, by the rule that its mailbox is set to. The report of a mail server comes from that server, whomever it names. */
export async function findWriter(tx: Tx, { email, mailboxId, classification }: Asked): Promise<Writer> {
  const named = namedWriters(email);
  const ours = await loadOurs(tx, named);
  const mailbox = await findChannel(tx, mailboxId);
  const rule = classification === 'bounce' ? 'from' : setting.parse(mailbox?.settings.writer);
  return whoWrote(named, ours, rule);
}
