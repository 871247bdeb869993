import { BlockList, isIP } from 'node:net';

const named: Readonly<Record<string, readonly (readonly [net: string, bits: number])[]>> = {
  loopback: [
    ['127.0.0.0', 8],
    ['::1', 128],
  ],
  linklocal: [
    ['169.254.0.0', 16],
    ['fe80::', 10],
  ],
  uniquelocal: [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['fc00::', 7],
  ],
};

/** Whether an address lies in one of the networks: names, addresses and `10.0.0.0/8`, as the settings write them. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const [net, bits] of networks.flatMap(readNetwork)) list.addSubnet(net, bits, familyOf(net));
  return (address) => isIP(plain(address)) !== 0 && list.check(plain(address), familyOf(plain(address)));
}

function readNetwork(text: string): readonly (readonly [string, number])[] {
  const [net = '', bits] = text.split('/');
  return named[text] ?? [[net, bits === undefined ? (isIP(net) === 4 ? 32 : 128) : Number(bits)]];
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** What one customer of a provider has: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const bare = plain(address);
  if (isIP(bare) !== 6) return bare;
  const [head = '', tail] = bare.toLowerCase().split('%')[0]?.split('::') ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
