import { BlockList, isIP } from 'node:net';

// Published by the makers of mail scanners for firewalls; no person browses from there.
const networks: Readonly<Record<string, readonly string[]>> = {
  'Microsoft Exchange Online Protection': ['40.92.0.0/15', '40.107.0.0/16', '52.100.0.0/14', '104.47.0.0/17'],
  Proofpoint: [
    '67.231.144.0/20',
    '148.163.128.0/19',
    '185.132.180.0/22',
    '185.183.28.0/22',
    '91.207.212.0/22',
    '208.86.201.0/24',
  ],
  Mimecast: [
    ...[
      '205.139.110.0/23',
      '207.211.30.0/23',
      '216.205.24.0/24',
      '170.10.128.0/21',
      '63.128.21.0/24',
      '195.130.217.0/24',
    ],
    ...['91.220.42.0/24', '146.101.78.0/24', '185.58.84.0/22', '51.163.158.0/23', '103.96.20.0/22'],
  ],
  Barracuda: ['64.235.144.0/20', '209.222.80.0/21'],
};

const lists = Object.entries(networks).map(([owner, subnets]) => ({ owner, list: listOf(subnets) }));

/** Whose scanner has this address; undefined for everybody else's. */
export function scannerAt(ip: string | null): string | undefined {
  const address = ip?.replace(/^::ffff:/i, '') ?? '';
  const family = isIP(address);
  if (family === 0) return undefined;
  return lists.find(({ list }) => list.check(address, family === 4 ? 'ipv4' : 'ipv6'))?.owner;
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), 'ipv4');
  }
  return list;
}
