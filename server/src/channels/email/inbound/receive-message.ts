import { listMailboxesOfDomains } from '../../../connections/channels.store.ts';
import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import { domainOf, normalAddress } from '../reading/addresses.ts';
import { parseEmail } from '../reading/parse-email.ts';
import { type Received, ReceivedBefore, receiveEmail } from './receive-email.ts';

export interface MailboxRef {
  readonly workspaceId: number;
  readonly id: number;
  readonly address: string;
}

export interface IncomingMessage {
  readonly raw: Buffer;
  /** MAIL FROM; '' is the null sender. */
  readonly envelopeFrom: string | undefined;
  readonly mailboxes: readonly MailboxRef[];
}

/** Where mail for these recipients goes: the mailbox of the address, else the domain's first; nothing for foreign domains (surroundings.md, E-mail). */
export async function findMailboxesFor(
  { databases }: Context,
  recipients: readonly string[],
): Promise<(MailboxRef | undefined)[]> {
  const addresses = recipients.map((recipient) => normalAddress(recipient));
  const domains = [...new Set(addresses.flatMap((address) => (address === undefined ? [] : domainOf(address))))];
  const known = await inSystem(databases.system, (tx) => listMailboxesOfDomains(tx, domains));
  return addresses.map((address) => {
    if (address === undefined) return undefined;
    return (
      known.find((mailbox) => mailbox.address === address) ??
      known.find((mailbox) => domainOf(mailbox.address) === domainOf(address))
    );
  });
}

/** Takes a message in for each mailbox, a transaction each; when it returns all are committed. Delivered twice it answers the first signals. */
export async function receiveMessage(context: Context, message: IncomingMessage): Promise<Received[]> {
  const email = await parseEmail(message.raw);
  const received: Received[] = [];
  for (const mailbox of new Map(message.mailboxes.map((one) => [one.id, one])).values()) {
    const take = () =>
      inWorkspace(context.databases.app, mailbox.workspaceId, (tx) =>
        receiveEmail(tx, {
          mailbox,
          email,
          raw: message.raw,
          envelopeFrom: message.envelopeFrom,
          at: context.clock.now(),
        }),
      );
    received.push(await take().catch((error) => (error instanceof ReceivedBefore ? take() : Promise.reject(error))));
  }
  return received;
}
