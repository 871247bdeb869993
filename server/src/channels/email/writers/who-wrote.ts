import type { Mailbox } from '../reading/addresses.ts';
import { isSameOrganisation } from '../reading/same-organisation.ts';
import type { NamedWriters } from './named-writers.ts';

/** How a mailbox finds the writer: by the rule, or always by one header. */
export type WriterSetting = 'rule' | 'from' | 'replyTo';

/** Why somebody is taken for the writer; its words stand under `email.writtenBy`. */
export type WriterReason = 'from' | 'no-from' | 'setting' | 'group' | 'site';

export interface Ours {
  /** One of the workspace's mailboxes. */
  readonly isMailbox: (address: string) => boolean;
  /** An address of an employee. */
  readonly isEmployee: (address: string) => boolean;
}

export interface Writer {
  /** Undefined when the message names nobody. */
  readonly by: Mailbox | undefined;
  readonly reason: WriterReason;
  /** From, where somebody else is taken for the writer. */
  readonly sentBy: Mailbox | undefined;
  /** Where an answer goes to: Reply-To if it asks for it and is none of ours, else the writer. */
  readonly answersTo: string | undefined;
}

/**
 * Who wrote a letter, out of From, Reply-To, X-Original-From and Sender. Usually From; but a group that puts its own address there says
 * elsewhere who wrote, and what a web form or a shop sends comes from the visitor or buyer whom it names in Reply-To. Pure.
 */
export function whoWrote(named: NamedWriters, ours: Ours, setting: WriterSetting = 'rule'): Writer {
  const { from, sender } = named;
  const wanted = named.replyTo.filter(({ address }) => !ours.isMailbox(address));
  const [reply] = wanted;
  if (from === undefined)
    return { by: reply ?? sender, reason: 'no-from', sentBy: undefined, answersTo: reply?.address };

  const other = otherWriter(named, { ours, setting, from, reply, isOne: wanted.length === 1 });
  const by = other?.by ?? from;
  return {
    by,
    reason: other?.reason ?? 'from',
    sentBy: other === undefined ? undefined : from,
    answersTo: reply?.address ?? (ours.isMailbox(by.address) ? undefined : by.address),
  };
}

interface Question {
  readonly ours: Ours;
  readonly setting: WriterSetting;
  readonly from: Mailbox;
  readonly reply: Mailbox | undefined;
  /** Reply-To names nobody else. */
  readonly isOne: boolean;
}

function otherWriter(
  named: NamedWriters,
  { ours, setting, from, reply, isOne }: Question,
): { by: Mailbox; reason: WriterReason } | undefined {
  if (setting === 'from' || (setting === 'replyTo' && reply === undefined)) return undefined;
  if (setting === 'replyTo' && reply !== undefined)
    return reply.address === from.address ? undefined : { by: reply, reason: 'setting' };

  const original = named.originalFrom;
  if (original !== undefined && original.address !== from.address && !ours.isMailbox(original.address))
    return { by: withName(original, from), reason: 'group' };
  const one = isOne && reply !== undefined && reply.address !== from.address ? reply : undefined;
  if (ours.isMailbox(from.address) || isRewritten(from)) {
    const behind = one ?? strange(named.sender, from, ours);
    return behind && { by: withName(behind, from), reason: isRewritten(from) || named.isBulk ? 'group' : 'site' };
  }
  if (one === undefined) return undefined;
  const speaks = ours.isEmployee(from.address) ? named.isByProgram : speaksForAnother(named, from, one);
  return speaks ? { by: one, reason: 'site' } : undefined;
}

function strange(sender: Mailbox | undefined, from: Mailbox, ours: Ours): Mailbox | undefined {
  const isOther = sender !== undefined && sender.address !== from.address && !ours.isMailbox(sender.address);
  return isOther && !isNobody(sender) ? sender : undefined;
}

// "'Gina Group' via Sales" is how groups write it, each in the language of its settings.
const VIA = /^\W*(.+?)['"’]*\s+(via|por|przez|tramite|über|attraverso|através de)\s+\S/iu;

const isRewritten = ({ name }: Mailbox) => VIA.test(name);

function withName(writer: Mailbox, from: Mailbox): Mailbox {
  const told = VIA.exec(from.name)?.[1]?.trim() ?? '';
  return writer.name === '' && told !== '' && !told.includes('@') ? { ...writer, name: told } : writer;
}

// A person who wants the answer elsewhere remains the writer; a program that passes on what somebody else typed is none.
function speaksForAnother(named: NamedWriters, from: Mailbox, reply: Mailbox): boolean {
  if (isSameOrganisation(from.address, reply.address) || isSamePerson(from.address, reply.address)) return false;
  // Else whoever answers in a client's name would stand there as the client's own visitor, and get our answer.
  if (named.isAnswer) return false;
  if (isNobody(reply)) return false;
  if (named.isByProgram || named.text.toLowerCase().includes(reply.address)) return true;
  return !named.isBulk && (isNobody(from) || !isPersons(from));
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3);
const localOf = (address: string) => address.slice(0, address.lastIndexOf('@'));

const ROLE =
  /^(info|sales|office|order|orders|shop|store|support|contact|mail|email|hello|help|service|team|admin|webmaster|web|website|site|form|forms|formularz|formulario|kontakt|contacto|contato|contatti|biuro|sklep|tienda|loja|negozio|newsletter|news|marketing|notification|notifications|noreply|reply|enquiry|enquiries|request|wordpress|www|data)$/;

function isSamePerson(one: string, other: string): boolean {
  const words = wordsOf(localOf(one)).filter((word) => !ROLE.test(word));
  const others = wordsOf(localOf(other));
  return words.some((word) => others.includes(word));
}

/** An address that bears a name of its owner: `anna@` of Anna Nowak. */
function isPersons({ name, address }: Mailbox): boolean {
  const names = wordsOf(name);
  return !names.some((word) => ROLE.test(word)) && wordsOf(localOf(address)).some((word) => names.includes(word));
}

const NOBODY =
  /^(no[-_.]?reply|do[-_.]?not[-_.]?reply|wordpress|www|www-data|webmaster|web-?form|apache|nobody|mailer|postmaster|form(s|ularz|ulario)?|notification[s]?|bounces?)([-+.=_\d][^@]*)?@/i;

/** An address that nobody reads. */
export const isNobody = ({ address }: Pick<Mailbox, 'address'>) => NOBODY.test(address);
