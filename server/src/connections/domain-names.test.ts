import { describe, expect, it } from 'vitest';
import { domainOfAddress, normalDomain, withParents } from './domain-names.ts';

describe('a domain has one name', () => {
  it.each([
    ['corp.test', 'corp.test'],
    ['CORP.Test', 'corp.test'],
    [' corp.test. ', 'corp.test'],
    ['łódź.test', 'xn--d-uga0v4h.test'],
    ['ŁÓDŹ.TEST.', 'xn--d-uga0v4h.test'],
    ['XN--D-UGA0V4H.test', 'xn--d-uga0v4h.test'],
    ['corp。test', 'corp.test'],
    ['ｃｏｒｐ.test', 'corp.test'],
    ['mail.corp.test', 'mail.corp.test'],
  ])('%s', (text, name) => {
    expect(normalDomain(text)).toBe(name);
  });

  it.each([
    '',
    'test',
    'corp',
    '.',
    'corp..test',
    '-corp.test',
    'corp.test-',
    '127.0.0.1',
    '[::1]',
    'a b.test',
    'corp.test/x',
    `${'a'.repeat(64)}.test`,
    'x'.repeat(300),
    'corp.test:25',
    'a@corp.test',
  ])('but not what is none: %s', (text) => {
    expect(normalDomain(text)).toBeUndefined();
  });

  it('is what stands behind the last @ of an address', () => {
    expect(domainOfAddress('"a@b"@Corp.test')).toBe('corp.test');
    expect(domainOfAddress('nobody')).toBeUndefined();
  });

  it('has those above it, without the last label', () => {
    expect(withParents('a.b.corp.test')).toEqual(['a.b.corp.test', 'b.corp.test', 'corp.test']);
  });
});
