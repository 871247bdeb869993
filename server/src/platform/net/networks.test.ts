import { describe, expect, it } from 'vitest';
import { inNetworks, networkOf } from './networks.ts';

describe('a network is what one customer has', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('networks of the settings', () => {
  it.each([
    [['loopback'], '127.0.0.9', true],
    [['loopback'], '::1', true],
    [['loopback'], '10.0.0.1', false],
    [['uniquelocal'], '192.168.4.4', true],
    [['10.1.0.0/16', '2001:db8::/32'], '10.1.200.3', true],
    [['10.1.0.0/16', '2001:db8::/32'], '10.2.0.1', false],
    [['10.1.0.0/16', '2001:db8::/32'], '2001:db8:9::1', true],
    [['10.1.0.7'], '::ffff:10.1.0.7', true],
    [['10.1.0.7'], '10.1.0.8', false],
    [[], '127.0.0.1', false],
    [['loopback'], '', false],
  ])('%j hold %s: %s', (networks, address, expected) => {
    expect(inNetworks(networks)(address)).toBe(expected);
  });
});
