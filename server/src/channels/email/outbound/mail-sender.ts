import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { findChannel, type StoredChannel } from '../../../connections/channels.store.ts';
import { domainOfAddress } from '../../../connections/domain-names.ts';
import { type DomainState, getDomainState } from '../../../connections/mail-domains.store.ts';
import { PrivateHost, reachHost } from '../../../connections/reach-host.ts';
import type { Delivery } from '../../../outbox/outbox.store.ts';
import type { Sender, SendResult } from '../../../outbox/sender.ts';
import type { Config } from '../../../platform/config/config.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace, type Tx } from '../../../platform/db.ts';
import { createStorage } from '../../../platform/files/create-storage.ts';
import type { Storage } from '../../../platform/files/storage.ts';
import { readAttachments, type StoredAttachment } from '../letters/attachments.store.ts';
import { findEmailInOutbox, type StoredEmail } from '../letters/emails.store.ts';
import { type BuiltMessage, buildMessage, type Tracking } from './build-message.ts';
import { FileGone, loadAttachments } from './load-attachments.ts';
import { insertSandboxMail } from './sandbox-mail.store.ts';
import { sendBySmtp } from './send-by-smtp.ts';
import { type SmtpServer, smtpServerOf } from './smtp-server-of.ts';

type MailDelivery = Pick<Delivery, 'id' | 'workspaceId' | 'channelId'>;

export interface MailSender extends Sender {
  send(delivery: MailDelivery): Promise<SendResult>;
  sendInside(tx: Tx, delivery: MailDelivery): Promise<SendResult>;
}

/** The sender of outbox rows of kind `mail`. */
export function createMailSender({ databases, config, clock }: Context, tracking: Tracking): MailSender {
  const parts = { tracking, storage: createStorage(config) };
  return {
    async send(delivery) {
      const letter = await inWorkspace(databases.app, delivery.workspaceId, (tx) => load(tx, delivery));
      if (letter === undefined) return gone;
      const server = smtpServerOf(letter.mailbox, config);
      if (server === undefined) return { outcome: 'permanent', reason: noServer(letter.mailbox) };
      const foreign = whyNotAs(letter, server);
      if (foreign !== undefined) return { outcome: 'permanent', reason: foreign };
      const reached = await reach(server, config);
      if ('outcome' in reached) return reached;
      const message = await build(letter, parts);
      return 'outcome' in message ? message : sendBySmtp(reached, message);
    },
    async sendInside(tx, delivery) {
      const letter = await load(tx, delivery);
      if (letter === undefined) return gone;
      const message = await build(letter, parts);
      if ('outcome' in message) return message;
      await insertSandboxMail(tx, {
        ...message,
        outboxId: delivery.id,
        subject: letter.email.subject,
        at: clock.now(),
      });
      return { outcome: 'sent' };
    },
  };
}

async function reach(server: SmtpServer, config: Pick<Config, 'privateHosts'>): Promise<SmtpServer | SendResult> {
  if (server.isOperators) return server;
  const { host } = server;
  try {
    const address = await reachHost(host, config);
    return address === host ? server : { ...server, host: address, certifiedAs: host };
  } catch (error) {
    if (error instanceof PrivateHost) return { outcome: 'permanent', reason: because('private-host', { host }) };
    const answer = error instanceof Error ? error.message : String(error);
    return { outcome: 'temporary', reason: because('no-connection', { answer }), ofProvider: true };
  }
}

// In another's name nobody sends; the system's own server sends only in a name that is known to be the workspace's (docs/adr/0021).
function whyNotAs({ domain, domainState }: Loaded, { isOperators }: SmtpServer): Reason | undefined {
  if (domainState === 'foreign') return because('foreign-domain', { domain });
  return domainState === 'unclaimed' && isOperators ? because('unclaimed-domain', { domain }) : undefined;
}

const gone: SendResult = { outcome: 'permanent', reason: because('mail-gone') };

const noServer = ({ name }: StoredChannel) => because('no-smtp', { mailbox: name });

interface Loaded {
  readonly email: StoredEmail;
  readonly attachments: readonly StoredAttachment[];
  readonly mailbox: StoredChannel;
  /** Of its From. */
  readonly domain: string;
  readonly domainState: DomainState;
}

async function load(tx: Tx, { id, channelId }: MailDelivery): Promise<Loaded | undefined> {
  const email = await findEmailInOutbox(tx, id);
  const mailbox = channelId === null ? undefined : await findChannel(tx, channelId);
  if (email === undefined || mailbox === undefined) return undefined;
  const domain = domainOfAddress(email.from_address) ?? email.from_address;
  const domainState = await getDomainState(tx, domain);
  return { email, mailbox, domain, domainState, attachments: await readAttachments(tx, email.id) };
}

// Nothing has been sent yet, so whatever goes wrong here is known: a lost file for good, a storage that is away until later.
async function build(
  { email, attachments }: Loaded,
  { tracking, storage }: { tracking: Tracking; storage: Storage },
): Promise<BuiltMessage | SendResult> {
  try {
    return await buildMessage(email, await loadAttachments(storage, attachments), tracking);
  } catch (error) {
    if (error instanceof FileGone)
      return { outcome: 'permanent', reason: because('file-deleted', { file: error.file }) };
    const answer = error instanceof Error ? error.message : String(error);
    return { outcome: 'temporary', reason: because('files-unreadable', { answer }) };
  }
}
