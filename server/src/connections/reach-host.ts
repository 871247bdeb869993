import dns from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** The host of a channel leads to this machine or into a network that strangers cannot reach. */
export class PrivateHost extends Error {
  override readonly name = 'PrivateHost';
}

const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6');

/**
 * The address at which a host that somebody typed is spoken to: looked up once and kept, so that a name that changes its mind in between
 * gains nothing. Throws PrivateHost for one that is not public, and what the look-up says when there is none.
 */
export async function reachHost(host: string, { privateHosts }: { readonly privateHosts: boolean }): Promise<string> {
  if (privateHosts) return host;
  const found = await dns.lookup(host, { all: true, verbatim: true });
  const [first] = found;
  if (first === undefined || found.some(({ address }) => isInner(address))) throw new PrivateHost(host);
  return first.address;
}

/** Loopback, private, link-local, shared, multicast and those that stand for IPv4 addresses. */
export function isInner(address: string): boolean {
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  const plain = mapped ?? address;
  return isIP(plain) === 4 ? inner.check(plain, 'ipv4') : inner.check(plain, 'ipv6');
}
