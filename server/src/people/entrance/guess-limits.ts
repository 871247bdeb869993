import { isIPv6 } from 'node:net';

/** So many wrong passwords of one account (or of one device of its owner) cost nothing. */
const FREE_OF_ACCOUNT = 5;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 1_800;
/** Of one network: whole offices stand behind one address. */
const FREE_OF_NETWORK = 60;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** How long after so many wrong passwords in a row an account takes no further one: doubled each time, up to half an hour. */
export function waitSecondsAfter(failures: number): number {
  if (failures < FREE_OF_ACCOUNT) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (failures - FREE_OF_ACCOUNT));
}

/** Is this the failure after which the owner is told? Once a row of failures, and again each time it has doubled. */
export function isWorthTelling(failures: number): boolean {
  return failures >= FREE_OF_ACCOUNT && Number.isInteger(Math.log2(failures / FREE_OF_ACCOUNT));
}

/** How long an answer to a network takes that has guessed so often: slower and slower, but a right password comes through. */
export function delayMsAfter(failures: number): number {
  if (failures <= FREE_OF_NETWORK) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.floor((failures - FREE_OF_NETWORK - 1) / 10));
}

/** The network of an address: of IPv6 the first 64 bits, for who has one address has them all; of IPv4 the address. */
export function networkOf(ip: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip) ?? [];
  if (mapped !== undefined) return mapped;
  const [address = ip] = ip.split('%');
  if (!isIPv6(address)) return ip;
  return `${groupsOf(address).slice(0, 4).join(':')}::/64`;
}

function groupsOf(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}
