import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { SandboxMailRow } from '../outbound/sandbox-mail.store.ts';
import { domainOf } from '../reading/addresses.ts';
import { newMessageId, referencesAfter } from '../reading/message-ids.ts';

export interface Answer {
  readonly text: string;
  readonly subject?: string | undefined;
  /** As a machine would on the client's behalf. */
  readonly auto: boolean;
  readonly at: Date;
}

/** The client's answer to a mail in the sandbox, as their mail program would send it. */
export async function answerLetter(
  mail: SandboxMailRow,
  { text, subject, auto, at }: Answer,
): Promise<{ messageId: string; from: string; raw: Buffer }> {
  const from = mail.to[0] ?? 'client@sandbox.test';
  const messageId = newMessageId(domainOf(from));
  const answered = {
    messageId: mail.headers['Message-ID'] ?? '',
    references: (mail.headers.References ?? '').split(/\s+/).filter((id) => id !== ''),
  };
  const quoted = mail.text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  const composer = new MailComposer({
    ...{
      from,
      to: mail.from,
      messageId,
      date: at,
      inReplyTo: answered.messageId,
      references: referencesAfter(answered),
    },
    subject: subject ?? (auto ? `Automatic reply: ${mail.subject}` : `Re: ${mail.subject}`),
    text: auto ? text : `${text}\n\n${quoted}\n`,
    headers: auto ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
  });
  return { messageId, from, raw: await composer.compile().build() };
}
