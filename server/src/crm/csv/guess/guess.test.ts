import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
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
  ['Nazwa transakcji', 'title'],
  ['Nombre del negocio', 'title'],
  ['Nome do negócio', 'title'],
  ['Nome trattativa', 'title'],
  ['Data creazione', 'createdAt'],
  ['Organización', 'company.name'],
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
  ['Tel. kom.', 'phone'],
  ['WhatsApp Phone Number', 'phone'],
  ['Organizacja', 'company.name'],
])('knows the contact column %s', (header, to) => {
  expect(toOf('contact', header)).toBe(to);
});

const columnsOf = (headers: string, values: readonly string[] = []) =>
  headers.split(',').map((header, index) => ({ header, values: [values[index] ?? `${header} 1`, `${header} 2`] }));
const guesses = (target: 'deal' | 'contact' | 'company', headers: string, fields: FieldSpec[] = []) =>
  guessMapping({ target, columns: columnsOf(headers), fields })
    .map(({ to }) => to)
    .join(',');
const fieldOf = (code: string, name: string, kind: FieldSpec['kind'] = 'text'): FieldSpec => ({
  ...{ code, name, kind, custom: true },
});

it.each<[string, 'deal' | 'contact' | 'company', string, string]>([
  [
    'Google, old',
    'contact',
    'Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value,Organization 1 - Name',
    'name,firstName,lastName,,email,email,,phone,phone,company.name',
  ],
  [
    'Google, new',
    'contact',
    'First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name',
    'firstName,lastName,,email,,phone,company.name',
  ],
  [
    'Outlook',
    'contact',
    'First Name,Last Name,Company,Business Fax,Business Phone,Business Phone 2,Company Main Phone,Home Phone,Mobile Phone,Other Phone,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address',
    'firstName,lastName,company.name,new,phone,phone,phone,phone,phone,phone,email,,,email',
  ],
  [
    'HubSpot contacts',
    'contact',
    'Record ID,First Name,Last Name,Email,Additional email addresses,Phone Number,Mobile Phone Number,Contact owner,Associated Company,Create Date',
    'key,firstName,lastName,email,email,phone,phone,responsible,company.name,createdAt',
  ],
  [
    'HubSpot deals',
    'deal',
    'Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Associated Contact,Associated Company,Create Date',
    'key,title,stage,amount,new,responsible,contact.name,company.name,createdAt',
  ],
  [
    'Pipedrive people',
    'contact',
    'Person - Name,Person - Email - Work,Person - Email - Home,Person - Phone - Mobile,Person - Owner,Organization - Name,Person - ID',
    'name,email,email,phone,responsible,company.name,key',
  ],
  [
    'Pipedrive deals',
    'deal',
    'Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Owner,Deal - Contact person,Person - Email - Work,Person - ID,Deal - Organization,Deal - ID,Deal - Deal created',
    'title,amount,currency,stage,new,responsible,contact.name,contact.email,contact.key,company.name,key,createdAt',
  ],
  [
    'Bitrix24 deals',
    'deal',
    'ID,Deal Name,Stage,Probability,Currency,Total,Responsible,Created on,Contact: First name,Contact: Last name,Contact: Work E-mail,Contact: Home E-mail,Contact: Mobile,Company: Company Name,Company: Work E-mail',
    'key,title,stage,new,currency,amount,responsible,createdAt,contact.firstName,contact.lastName,contact.email,contact.email,contact.phone,company.name,new',
  ],
  [
    'Bitrix24 contacts',
    'contact',
    'ID,First name,Last name,Work Phone,Mobile,Fax,Home Phone,Work E-mail,Home E-mail,E-mail for newsletters,Company,Responsible',
    'key,firstName,lastName,phone,phone,new,phone,email,email,email,company.name,responsible',
  ],
  [
    'Polish',
    'contact',
    'Imię i nazwisko,Adres e-mail,Drugi adres e-mail,Telefon służbowy,Telefon komórkowy,Firma',
    'name,email,email,phone,phone,company.name',
  ],
  [
    'Spanish',
    'contact',
    'Nombre completo,Correo electrónico,Correo electrónico 2,Teléfono del trabajo,Móvil personal,Empresa',
    'name,email,email,phone,phone,company.name',
  ],
  [
    'Portuguese',
    'contact',
    'Nome completo,Endereço de e-mail,E-mail comercial,Telefone residencial,Celular,Empresa',
    'name,email,email,phone,phone,company.name',
  ],
  [
    'Italian',
    'contact',
    'Nome e cognome,Indirizzo di posta elettronica,E-mail personale,Telefono ufficio,Cellulare,Azienda',
    'name,email,email,phone,phone,company.name',
  ],
])('knows the headings of %s', (_program, target, headers, targets) => {
  expect(guesses(target, headers)).toBe(targets);
});

it('fills the lists by several columns, and never a field of somebody’s own instead of a standard one', () => {
  const fields = [fieldOf('email_2', 'Email'), fieldOf('phone_2', 'Phone'), fieldOf('sales_owner', 'Owner')];
  expect(guesses('contact', 'Name,Email,Email', fields)).toBe('name,email,email');
  expect(guesses('contact', 'Name,Email,Phone,Owner', fields)).toBe('name,email,phone,responsible');
  expect(guesses('deal', 'Title,Email,Amount', [fieldOf('amount_2', 'Amount')])).toBe('title,contact.email,amount');
  expect(guesses('contact', 'Name,Shoe size', [fieldOf('shoes', 'Shoe size')])).toBe('name,shoes');
  expect(guesses('contact', 'Name,Owner,Manager', [fieldOf('boss', 'Manager')])).toBe('name,responsible,boss');
  expect(guesses('contact', 'Name,Manager,Owner', [fieldOf('boss', 'Manager')])).toBe('name,boss,responsible');
});

it('takes the columns of its own export word by word', () => {
  const fields = [fieldOf('email_2', 'Email'), fieldOf('Mobile', 'Mobile'), fieldOf('email', 'Other')];
  expect(guesses('contact', 'name,email,email_2,Mobile,email,clientId', fields)).toBe(
    'name,email,email_2,Mobile,email,',
  );
  expect(guesses('contact', 'name,createdAt,clientId')).toBe('name,createdAt,id');
  expect(guesses('company', 'name,createdAt,itemId')).toBe('name,createdAt,');
  expect(guesses('deal', 'title,pipeline,stage,dealKind,unknown,itemId', [fieldOf('dealKind', 'Kind')])).toBe(
    'title,,stage,dealKind,new,',
  );
});

it('takes addresses by what they look like only where they are the client’s', () => {
  const mail = ['a@b.test', 'c@d.test'];
  const guess = (...headers: string[]) =>
    guessMapping({ target: 'contact', columns: headers.map((header) => ({ header, values: mail })), fields: [] }).map(
      ({ to }) => to,
    );
  expect(guess('Where to write', 'Where else')).toEqual(['email', 'new']);
  expect(guess('Assistant’s e-mail', 'Referrer')).toEqual(['new', 'new']);
  expect(guess('Email', 'Where to write')).toEqual(['email', 'new']);
});

it('leaves a pipeline out that is the same in every row', () => {
  const pipeline = (...values: string[]) =>
    guessMapping({ target: 'deal', columns: [{ header: 'Pipeline', values }], fields: [] })[0]?.to;
  expect([pipeline('Sales', 'Sales'), pipeline('Sales', 'Service')]).toEqual(['', 'new']);
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
