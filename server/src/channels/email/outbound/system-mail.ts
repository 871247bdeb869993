import { setTimeout as sleep } from 'node:timers/promises';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { SystemLetter, SystemMail } from '../../../people/entrance/system-mail.ts';
import type { Config } from '../../../platform/config/config.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { newMessageId } from '../reading/message-ids.ts';
import { insertSandboxMail } from './sandbox-mail.store.ts';
import { sendBySmtp } from './send-by-smtp.ts';
import { parseSmtpUrl, type SmtpServer } from './smtp-server-of.ts';

const WAITS_MS = [0, 2_000, 15_000];

/** By SMTP_URL, else - with the sandbox on - into the sandbox of the reader's workspace. */
export function createSystemMail({ config, databases, clock }: Context): SystemMail {
  const server = config.smtpUrl === undefined ? undefined : parseSmtpUrl(config.smtpUrl);
  return {
    works: server !== undefined || config.sandbox,
    staysHere: server === undefined,
    async send(letter) {
      const at = clock.now();
      const message = await build(letter, { from: senderOf(config, server), at });
      if (server !== undefined) return sendPatiently(server, message);
      if (!config.sandbox) throw new Error('There is no SMTP_URL to send system mail by');
      const { subject, text, workspaceId } = letter;
      const kept = { ...message, subject, text, html: null, headers: {}, outboxId: null, at };
      await inWorkspace(databases.app, workspaceId, (tx) => insertSandboxMail(tx, kept));
    },
  };
}

function senderOf({ publicUrl, smtpFrom }: Config, server: SmtpServer | undefined): string {
  if (smtpFrom !== undefined) return smtpFrom;
  const user = server?.user ?? '';
  return user.includes('@') ? user : `signalbox@${new URL(publicUrl).hostname}`;
}

interface Sealed {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

async function build({ to, subject, text }: SystemLetter, { from, at }: { from: string; at: Date }): Promise<Sealed> {
  const composer = new MailComposer({
    ...{ from: { address: from, name: 'Signalbox' }, to, subject, text, date: at },
    messageId: newMessageId(from.split('@')[1] ?? 'localhost'),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to: [to], raw: await composer.compile().build() };
}

async function sendPatiently(server: SmtpServer, message: Sealed): Promise<void> {
  let failed = '';
  for (const waitMs of WAITS_MS) {
    await sleep(waitMs, undefined, { ref: false });
    const result = await sendBySmtp(server, message);
    if (result.outcome === 'sent') return;
    failed = JSON.stringify(result.reason);
    if (result.outcome === 'permanent') break;
  }
  throw new Error(`The server of SMTP_URL did not take a system mail: ${failed}`);
}
