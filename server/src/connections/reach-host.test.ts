import { describe, expect, it } from 'vitest';
import { isInner, PrivateHost, reachHost } from './reach-host.ts';

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
    ...['0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::'],
  ])('%s is an inner one', (address) => {
    expect(isInner(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8'])(
    '%s is a public one',
    (address) => {
      expect(isInner(address)).toBe(false);
    },
  );
});

describe('a host', () => {
  it.each(['localhost', '127.0.0.1', '::1', '0x7f000001', '2130706433', '127.1'])('is refused: %s', async (host) => {
    await expect(reachHost(host, { privateHosts: false })).rejects.toThrow(PrivateHost);
  });

  it('is spoken to at the address that was looked at', async () => {
    expect(await reachHost('8.8.8.8', { privateHosts: false })).toBe('8.8.8.8');
  });

  it('may lead anywhere where the operator says so', async () => {
    expect(await reachHost('localhost', { privateHosts: true })).toBe('localhost');
  });
});
