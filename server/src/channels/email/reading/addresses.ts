import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import { storable } from '../decoding/decode.ts';
import { decodeRaw, decodeWords } from '../decoding/encoded-words.ts';

export interface Mailbox {
  readonly address: string;
  readonly name: string;
}

const MAX_ADDRESS_LENGTH = 320;

/** Lower case, no display name (semantics.md 2.3); undefined when it is no address that mail could be sent to. */
export function normalAddress(text: string): string | undefined {
  const bare = normalEmail(text);
  const isAddress = /^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/.test(bare);
  return isAddress && bare.length <= MAX_ADDRESS_LENGTH ? bare : undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

const MAX_HEADER = 64_000;
const MAX_NAME = 300;
/** Longer runs are neither a name nor an address, and to look through them takes their length squared. */
const MAX_RUN = 500;
const ENDLESS = /[^\s,;<>@"]{501,}/g;

/** The addresses of a raw header such as From or To (bytes kept one to a character), those of groups too; what is none is left out. */
export function readAddresses(source: string, declared: string | undefined): Mailbox[] {
  // Raw bytes first: in some charsets half of a letter is a quote or an @. Encoded words last: in them a comma is only a comma.
  const text = decodeRaw(source.slice(0, MAX_HEADER), declared).replace(ENDLESS, (run) => run.slice(0, MAX_RUN));
  const entries = addressparser(text, { flatten: true });
  return entries.flatMap(({ address, name }) => {
    const normal = normalAddress(address) ?? normalAddress(decodeWords(address));
    if (normal === undefined) return [];
    return [{ address: storable(normal), name: storable(decodeWords(name)).trim().slice(0, MAX_NAME).toWellFormed() }];
  });
}
