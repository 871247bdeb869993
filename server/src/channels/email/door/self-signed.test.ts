import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeSelfSigned } from './self-signed.ts';

it.each(['mail.corp.test', 'x', 'a'.repeat(60)])('a certificate of %s that its own key signed', (name) => {
  const { cert, key } = makeSelfSigned(name, new Date('2026-12-01T10:00:00Z'));
  const read = new X509Certificate(cert);
  expect(read.subject).toBe(`CN=${name}`);
  expect(read.checkHost(name)).toBe(name);
  expect(read.checkHost('other.test')).toBeUndefined();
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(makeSelfSigned(name, new Date()).key))).toBe(false);
  expect([read.validFromDate.toISOString(), read.validToDate.getUTCFullYear()]).toEqual([
    '2026-11-30T10:00:00.000Z',
    2036,
  ]);
});
