export interface Mailbox {
  readonly address: string;
  readonly name: string;
}

const MAX_ADDRESS_LENGTH = 320;

/** Lower case, no display name (semantics.md 2.3); undefined when it is no address that mail could be sent to. */
export function normalAddress(text: string): string | undefined {
  const bare = (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
  const isAddress = /^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/.test(bare);
  return isAddress && bare.length <= MAX_ADDRESS_LENGTH ? bare : undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** `Anna Nowak <anna@example.com>` -> both parts; undefined when there is no usable address. */
export function parseMailbox(text: string): Mailbox | undefined {
  const address = normalAddress(text);
  if (address === undefined) return undefined;
  const name = /^(.*)<[^<>]*>\s*$/s.exec(text)?.[1] ?? '';
  return {
    address,
    name: name
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .trim(),
  };
}
