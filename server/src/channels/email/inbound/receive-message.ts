import pg from 'pg';
import { listMailboxesOfDomains } from '../../../connections/channels.store.ts';
import { domainOfAddress, SANDBOX_DOMAIN } from '../../../connections/domain-names.ts';
import { listHolders } from '../../../connections/mail-domains.store.ts';
import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import type { Judge, Origin } from '../judging/judge-letter.ts';
import type { Authentication } from '../judging/verdict.ts';
import { domainOf, normalAddress } from '../reading/addresses.ts';
import type { ReadLetter } from './letter-work.ts';
import { letterReader } from './read-letter.ts';
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
  /** Where it came from; left out, nobody asks who sent it. */
  readonly origin?: Origin;
}

/**
 * Where mail for these recipients goes: the mailbox of the address, else the domain's first; nothing for foreign domains (surroundings.md,
 * E-mail). Only in the workspace that has the domain (docs/adr/0021): another's mailbox of the same address gets nothing.
 */
export async function findMailboxesFor(
  { databases }: Context,
  recipients: readonly string[],
): Promise<(MailboxRef | undefined)[]> {
  const wanted = recipients.map(readRecipient);
  const domains = [...new Set(wanted.flatMap((one) => one?.domain ?? []))];
  const known = await inSystem(databases.system, async (tx) => {
    const holders = await listHolders(tx, domains);
    const mailboxes = await listMailboxesOfDomains(tx, domains);
    return mailboxes.filter(({ workspaceId, address }) => {
      const domain = domainOf(address);
      return domain === SANDBOX_DOMAIN || holders.get(domain) === workspaceId;
    });
  });
  return wanted.map((one) => {
    if (one === undefined) return undefined;
    const here = known.filter(({ address }) => domainOf(address) === one.domain);
    return here.find(({ address }) => address === one.address) ?? here[0];
  });
}

// However it is written: in capitals, in letters of other alphabets, with a last dot.
function readRecipient(recipient: string): { address: string; domain: string } | undefined {
  const address = normalAddress(recipient);
  const domain = address === undefined ? undefined : domainOfAddress(address);
  if (address === undefined || domain === undefined) return undefined;
  return { domain, address: `${address.slice(0, address.lastIndexOf('@'))}@${domain}` };
}

const readLetter = letterReader();

/**
 * Takes a message in for each workspace, a transaction each; when it returns all are committed. Delivered twice it answers the first
 * signals. Whatever the message is, it is taken: what it says may not be storable, it itself always is.
 */
export async function receiveMessage(context: Context, message: IncomingMessage, judge?: Judge): Promise<Received[]> {
  const { raw, envelopeFrom, origin } = message;
  const asker = {
    workspace: message.mailboxes[0]?.workspaceId ?? null,
    ...{ who: envelopeFrom?.toLowerCase() ?? '', lane: 'strangers' as const },
  };
  const letter = await readLetter({ raw, envelopeFrom }, asker);
  const proof = { raw, signs: letter.signs, envelopeFrom: envelopeFrom ?? '' };
  const authentication = judge && origin ? await judge({ ...proof, origin }, asker) : null;
  const received: Received[] = [];
  for (const [mailbox, ...alsoFor] of byWorkspace(message.mailboxes, letter.email)) {
    const take = (read: ReadLetter) => takeOnce(context, { message, mailbox, alsoFor, letter: read, authentication });
    const answer = take(letter).catch(async (error: unknown) => {
      if (!isOfItsContent(error)) throw error;
      context.log.error({ err: error, mailbox: mailbox.id }, 'a message could not be stored as it was read');
      return take(await readLetter({ raw, envelopeFrom, plainly: 'not-storable' }, asker));
    });
    received.push(await answer);
  }
  return received;
}

type OfOne = [MailboxRef, ...MailboxRef[]];

// One letter is one signal of a workspace, whichever of its mailboxes it is for; the first that the letter names takes it.
function byWorkspace(mailboxes: readonly MailboxRef[], { to, cc }: ReadLetter['email']): OfOne[] {
  const named = [...to, ...cc];
  const place = ({ address }: MailboxRef) => (named.includes(address) ? named.indexOf(address) : named.length);
  const distinct = [...new Map(mailboxes.map((one) => [one.id, one])).values()];
  const groups = Map.groupBy(distinct, ({ workspaceId }) => workspaceId);
  return [...groups.values()].flatMap((group): OfOne[] => {
    const [first, ...others] = group.toSorted((one, other) => place(one) - place(other));
    return first === undefined ? [] : [[first, ...others]];
  });
}

interface Taking {
  readonly message: IncomingMessage;
  readonly mailbox: MailboxRef;
  readonly alsoFor: readonly MailboxRef[];
  readonly letter: ReadLetter;
  readonly authentication: Authentication | null;
}

async function takeOnce(context: Context, { message, letter, ...target }: Taking): Promise<Received> {
  const { raw, envelopeFrom } = message;
  const take = () =>
    inWorkspace(context.databases.app, target.mailbox.workspaceId, (tx) =>
      receiveEmail(tx, { ...letter, ...target, raw, envelopeFrom, at: context.clock.now() }),
    );
  return take().catch((error) => (error instanceof ReceivedBefore ? take() : Promise.reject(error)));
}

// Classes of SQLSTATE that mean the data, not the server or the moment: they would be refused for ever.
const ofContent = ['22', '54'];

function isOfItsContent(error: unknown): boolean {
  if ([TypeError, RangeError, SyntaxError, ReferenceError].some((kind) => error instanceof kind)) return true;
  return error instanceof pg.DatabaseError && ofContent.includes((error.code ?? '').slice(0, 2));
}
