import { domainToASCII } from 'node:url';

/** Each workspace has mailboxes there, and its mail never leaves the machine. */
export const SANDBOX_DOMAIN = 'sandbox.test';

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const MAX_LENGTH = 253;

/** Lower case and in punycode, without a last dot, so that one domain has one name; undefined for what is none. */
export function normalDomain(text: string): string | undefined {
  const bare = text.trim().replace(/[.\u3002\uFF0E\uFF61]$/u, '');
  // What follows these is no name to a URL, and would be left out silently.
  const ascii = /[\s/\\:?#@%[\]]/.test(bare) ? '' : domainToASCII(bare).toLowerCase();
  const labels = ascii.split('.');
  const isName = labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
  return isName && ascii.length <= MAX_LENGTH ? ascii : undefined;
}

/** That of an e-mail address, in its normal form. */
export function domainOfAddress(address: string): string | undefined {
  return normalDomain(address.slice(address.lastIndexOf('@') + 1));
}

/** The domain and those above it, the nearest first, without the last label: `a.b.test`, `b.test`. */
export function withParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
