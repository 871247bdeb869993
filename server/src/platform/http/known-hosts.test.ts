import { expect, it } from 'vitest';
import { isOurs } from './known-hosts.ts';

const known = new Set(['crm.firm.test', 'old.firm.test']);

it.each([
  'crm.firm.test',
  'CRM.firm.test:443',
  'old.firm.test.',
  'localhost:3000',
  'a.localhost',
  '127.0.0.1:3000',
  '[::1]:3000',
  'signalbox:3000',
])('takes %s for itself', (host) => {
  expect(isOurs(host, known)).toBe(true);
});

it.each([
  'evil.test',
  'crm.firm.test.evil.test',
  'localhost.evil.test:3000',
  '127.0.0.1.evil.test',
  'a b',
  'crm.firm.test@evil.test',
])('does not take %s for itself', (host) => {
  expect(isOurs(host, known)).toBe(false);
});
