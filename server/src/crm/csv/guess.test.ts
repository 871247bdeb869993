import { expect, it } from 'vitest';
import { guessKind } from './guess-kind.ts';
import { guessMapping } from './guess-mapping.ts';
import { guessStage, makeCode } from './guess-stages.ts';

it.each([
  [['a@b.test', 'c@d.test'], 'email'],
  [['31.01.2026', '01.02.2026'], 'date'],
  [['31.01.2026 10:00'], 'dateTime'],
  [['+48 600 100 200'], 'phone'],
  [['1000', '12,5'], 'number'],
  [['1000', '€ 3.500,00'], 'money'],
  [['https://a.test/b'], 'link'],
  [['5805028000056832357'], 'text'],
  [['007', '008'], 'text'],
  [['00:26:43'], 'text'],
  [['10', 'twelve'], 'text'],
  [[], 'text'],
])('takes %j for a column of its kind', (values, kind) => {
  expect(guessKind(values)).toBe(kind);
});

const toOf = (target: 'deal' | 'contact' | 'company', header: string, values: string[] = ['x', 'y']) =>
  guessMapping({ target, columns: [{ header, values }], fields: [] })[0]?.to;

it.each([
  ['Deal Name', 'title'],
  ['dealStage', 'stage'],
  ['Etap', 'stage'],
  ['Wartość', 'amount'],
  ['Responsável', 'responsible'],
  ['Correo electrónico', 'contact.email'],
  ['Azienda', 'company.name'],
  ['Telefone', 'contact.phone'],
  ['Opportunity ID', 'key'],
  ['Shoe size', 'new'],
])('knows the deal column %s', (header, to) => {
  expect(toOf('deal', header)).toBe(to);
});

it.each([
  ['Contact Owner Name', 'responsible'],
  ['Imię i nazwisko', 'name'],
  ['Cognome', 'lastName'],
  ['Company', 'company.name'],
  ['Full name', 'name'],
  ['E-mail', 'email'],
])('knows the contact column %s', (header, to) => {
  expect(toOf('contact', header)).toBe(to);
});

it.each(['Company', 'Account name', 'Azienda', 'Company name'])('knows the company column %s', (header) => {
  expect(toOf('company', header)).toBe('name');
});

it('looks at the values where the header says little', () => {
  expect(toOf('deal', 'Contact Name', ['5805028000056854421'])).toBe('contact.key');
  expect(toOf('deal', 'Where to write', ['a@b.test'])).toBe('contact.email');
  expect(toOf('deal', 'Id', ['1', '1', '1', '2'])).toBe('new');
  expect(toOf('deal', 'Nothing', [])).toBe('');
  const numbered = (...headers: string[]) => {
    const columns = headers.map((header) => ({ header, values: ['5805028000056854421'] }));
    return guessMapping({ target: 'deal', columns, fields: [] }).map(({ to }) => to);
  };
  expect(numbered('contact.key', 'contact.name')).toEqual(['contact.key', 'contact.name']);
  expect(numbered('Contact Name', 'contact_key')).toEqual(['contact.key', 'new']);
  const origins = ['Lead Origin', 'Lead Source'].map((header) => ({ header, values: ['x'] }));
  const guessed = guessMapping({ target: 'lead', columns: origins, fields: [] });
  expect(guessed.map(({ to }) => to)).toEqual(['new', 'source']);
  expect([toOf('deal', 'pipeline'), toOf('deal', 'itemId'), toOf('contact', 'clientId')]).toEqual(['', '', '']);
});

const stages = [
  { code: 'NEW', name: 'New', kind: 'open' },
  { code: 'WON', name: 'Success', kind: 'won' },
  { code: 'LOST', name: 'Failure', kind: 'lost' },
] as const;

it.each([
  ['new', 'NEW'],
  ['Payment Done', 'WON'],
  ['Przegrana', 'LOST'],
  ['Perdida', 'LOST'],
  ['Call Delayed', '+'],
])('finds the stage of %s', (text, code) => {
  expect(guessStage(text, stages)).toBe(code);
});

it('makes codes that are free and begin with a letter', () => {
  expect(makeCode('Wartość (zł)', new Set(), 'field')).toBe('wartosc_zl');
  expect(makeCode('2nd call', new Set(['field_2nd_call']), 'field')).toBe('field_2nd_call_2');
  expect(makeCode('价格', new Set(), 'field')).toBe('field');
});
