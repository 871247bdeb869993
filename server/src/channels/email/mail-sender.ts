import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { findChannel, type StoredChannel } from '../channels.store.ts';
import { insertSandboxMail } from '../sandbox/sandbox-mail.store.ts';
import { type BuiltMessage, buildMessage, type Tracking } from './build-message.ts';
import { findEmail, readAttachments } from './emails.store.ts';
import { type SendResult, sendBySmtp } from './send-by-smtp.ts';
import { smtpServerOf } from './smtp-server-of.ts';

/** What the deliverer knows of a row of the outbox. */
export interface MailDelivery {
  readonly id: number;
  readonly workspaceId: number;
  readonly channelId: number | null;
  readonly emailId: number | null;
}

export interface MailSender {
  /** Over the network, outside any transaction. */
  send(delivery: MailDelivery): Promise<SendResult>;
  /** Into the sandbox, in the transaction of the outbox row: never uncertain (semantics.md 5.8). */
  sendInside(tx: Tx, delivery: MailDelivery): Promise<SendResult>;
}

/** The sender of outbox rows of kind `mail`. */
export function createMailSender({ databases, config, clock }: Context, tracking: Tracking): MailSender {
  return {
    async send(delivery) {
      const letter = await inWorkspace(databases.app, delivery.workspaceId, (tx) => load(tx, delivery, tracking));
      if (letter === undefined) return gone;
      const server = smtpServerOf(letter.mailbox, config.smtpUrl);
      if (server === undefined) return { outcome: 'permanent', error: noServer(letter.mailbox) };
      return sendBySmtp(server, letter.message);
    },
    async sendInside(tx, delivery) {
      const letter = await load(tx, delivery, tracking);
      if (letter === undefined) return gone;
      await insertSandboxMail(tx, {
        ...letter.message,
        outboxId: delivery.id,
        subject: letter.subject,
        at: clock.now(),
      });
      return { outcome: 'sent' };
    },
  };
}

const gone: SendResult = { outcome: 'permanent', error: 'the e-mail or its mailbox has been deleted' };

const noServer = ({ name }: StoredChannel) =>
  `the mailbox "${name}" has no SMTP server: set its smtpHost, or SMTP_URL for all mailboxes`;

interface Loaded {
  readonly message: BuiltMessage;
  readonly mailbox: StoredChannel;
  readonly subject: string;
}

async function load(tx: Tx, { emailId, channelId }: MailDelivery, tracking: Tracking): Promise<Loaded | undefined> {
  const email = emailId === null ? undefined : await findEmail(tx, emailId);
  const mailbox = channelId === null ? undefined : await findChannel(tx, channelId);
  if (email === undefined || mailbox === undefined) return undefined;
  const message = await buildMessage(email, await readAttachments(tx, email.id), tracking);
  return { message, mailbox, subject: email.subject };
}
