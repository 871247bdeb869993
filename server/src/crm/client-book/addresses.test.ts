import { guessCountry, normalPhone } from '@signalbox/automation/kit/values/phones.ts';
import { expect, it } from 'vitest';
import { readAddresses } from './addresses.ts';
import { guessLocale } from './country.ts';

it('reads a local number as one of the workspace’s country, an international one as it is', () => {
  expect(normalPhone('22 123 45 67', 'PL')).toBe('+48221234567');
  expect(normalPhone('(11) 91234-5678', 'BR')).toBe('+5511912345678');
  expect(normalPhone('0048 22 123 45 67', 'ES')).toBe('+48221234567');
  expect(normalPhone('+44 20 7946 0101', 'PL')).toBe('+442079460101');
  expect(normalPhone('112', 'PL')).toBe('112');
});

it('guesses the country from the time zone, then from the language', () => {
  expect(guessCountry({ timeZone: 'America/Sao_Paulo', language: 'pt' })).toBe('BR');
  expect(guessCountry({ timeZone: 'UTC', language: 'pl' })).toBe('PL');
  expect(guessCountry({ timeZone: 'UTC', language: 'en' })).toBeUndefined();
});

it('keeps each address once, in the first spelling', () => {
  const { emails } = readAddresses({ emails: ['Ana <ANA@example.com>', 'ana@EXAMPLE.com'] }, undefined);
  expect(emails).toEqual([{ kind: 'email', value: 'Ana <ANA@example.com>', normal: 'ana@example.com' }]);
  const { phones } = readAddresses({ phones: ['601100200', '+48 601 100 200', '601100201'] }, 'PL');
  expect(phones.map(({ value }) => value)).toEqual(['601100200', '601100201']);
});

it('says which address is none', () => {
  expect(() => readAddresses({ emails: ['a@b.test', 'nope'], phones: ['none'] }, undefined)).toThrow('emails[1]');
});

it.each([
  ['en', 'America/New_York', 'en-US'],
  ['en', 'UTC', 'en-GB'],
  ['pl', 'UTC', 'pl-PL'],
  ['pt', 'America/Sao_Paulo', 'pt-BR'],
])('takes %s in %s for %s', (language, timeZone, tag) => {
  expect(guessLocale({ language, timeZone })).toBe(tag);
});
