import { expect, it } from 'vitest';
import { partyOf } from './party.ts';

it.each([
  ['a national number of the line’s country', '22 123 45 67', 'PL', '+48221234567'],
  ['the same in international form', '+48 22 123-45-67', 'ES', '+48221234567'],
  ['with 00 before it', '0048221234567', 'IT', '+48221234567'],
  ['a SIP address', 'sip:+48221234567@pbx.firm.test;user=phone', undefined, '+48221234567'],
  ['a short number', '112', undefined, '112'],
  ['a withheld number', 'anonymous', 'PL', null],
  ['a withheld one of an exchange', '<unavailable>', 'PL', null],
  ['an empty one', '', 'PL', null],
  ['none', null, 'PL', null],
  ['a name', 'Anna', 'PL', null],
  ['200 digits', '1'.repeat(200), 'PL', null],
  ['16 digits', '1234567890123456', undefined, null],
] as const)('reads %s', (_, said, country, expected) => {
  expect(partyOf(said, country)).toBe(expected);
});
