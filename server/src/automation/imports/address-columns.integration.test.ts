import { expect, test } from 'vitest';
import { engineBench } from '../drain/testing-drain.ts';
import { bringFileIn, exported, type Home, rowsOf } from './testing-import.ts';

const bench = engineBench();

const home = (): Home => ({ context: bench.context(), here: bench.here() });
const bring = (lines: readonly string[], target: 'deal' | 'contact' | 'company') =>
  bringFileIn(home(), { bytes: Buffer.from(lines.join('\r\n')), target });
const all = async (type: string) => rowsOf(await exported(home(), { type }));

test('several columns of addresses fill the lists, of this file and of the next', async () => {
  const first = await bring(['Name,Email,Email', 'A,a1@client.test,a2@client.test'], 'contact');
  expect(first).toMatchObject({ results: { created: 1 }, reasons: {} });
  const next = await bring(['Name,Email,Phone', 'B,b@client.test,+48600111222'], 'contact');
  expect(next).toMatchObject({ results: { created: 1 } });
  expect(await all('contact')).toMatchObject([
    { name: 'A', email: 'a1@client.test; a2@client.test' },
    { name: 'B', email: 'b@client.test', phone: '+48600111222' },
  ]);
  expect(Object.keys((await all('contact'))[0] ?? {})).toEqual([
    ...['key', 'name', 'firstName', 'lastName', 'company.key', 'company.name', 'email', 'phone'],
    ...['responsible', 'createdAt'],
  ]);
});

test('who is here already is known by every spelling of an address, a number or a name, and nobody else is', async () => {
  await bring(['Name,Email,Phone', 'Zażółć,anna@müller.test,', 'B,,+48600111222'], 'contact');
  const again = await bring(
    [
      'Name,Email,Phone',
      'Anna,Anna@xn--mller-kva.test.,',
      'B,,0048 (600) 111-222',
      'B,,+48\u00a0600 111 222',
      'C,anna@mueller.test,',
      'D,,+48600111223',
    ],
    'contact',
  );
  expect(again).toMatchObject({ results: { created: 2, skipped: 3 } });
  await bring(['Name', 'Zaz\u0307o\u0301łc\u0301\u00a0 Mill'], 'company');
  expect(await bring(['Name', 'ZAŻÓŁĆ Mill', 'Zazolc Mill'], 'company')).toMatchObject({ results: { created: 1 } });
});

test('an address book of Google comes in whole', async () => {
  await bring(
    [
      'Name,Given Name,Family Name,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value,Organization 1 - Name',
      'Cleo Client,Cleo,Client,c1@client.test ::: c3@client.test,c2@client.test,Mobile,+48600200101,+48600200102,Acme',
      'Dora,,,d@client.test,d@client.test,,,,',
    ],
    'contact',
  );
  expect(await all('contact')).toMatchObject([
    {
      ...{ name: 'Cleo Client', firstName: 'Cleo', lastName: 'Client', 'company.name': 'Acme' },
      ...{ email: 'c1@client.test; c3@client.test; c2@client.test', phone: '+48600200101; +48600200102' },
    },
    { name: 'Dora', email: 'd@client.test' },
  ]);
});

test('deals of HubSpot and Bitrix24 are joined to whom they are with', async () => {
  const hubspot = await bring(
    [
      'Deal Name,Deal Stage,Amount,Close Date,Deal owner,Associated Contact,Pipeline,Create Date,Record ID',
      'One,NEW,"1,500.00",2026-01-31 14:45,Anna,Jane (jane@client.test),Sales Pipeline,2026-01-05 09:30,9001',
      'Two,NEW,5,,Anna,Jane (jane@client.test);Bob (bob@client.test),Sales Pipeline,2026-01-05 09:30,9002',
      'Three,NEW,5,,Anna,Tom (the tall),Sales Pipeline,2026-01-05 09:30,9003',
    ],
    'deal',
  );
  expect(hubspot).toMatchObject({ results: { created: 3 }, reasons: { 'more-clients': 1 } });
  const bitrix = await bring(
    [
      '"ID";"Deal Name";"Stage";"Currency";"Total";"Created on";"Contact: First name";"Contact: Last name";"Contact: Work E-mail";"Contact: Mobile";"Company: Company Name"',
      '"88";"Four";"NEW";"EUR";"1500.00";"31.01.2026 14:45:00";"Bit";"Rix";"bit@client.test";"+48600200103";"Comp"',
    ],
    'deal',
  );
  expect(bitrix).toMatchObject({ results: { created: 1 }, reasons: {} });
  await bring(['Associated Contact', 'solo@client.test'], 'deal');
  expect((await all('deal')).find(({ title }) => title === 'solo@client.test')).toMatchObject({
    'contact.email': 'solo@client.test',
  });
  const deals = (await all('deal'))
    .filter(({ key }) => key !== '')
    .sort((a, b) => (a.key ?? '').localeCompare(b.key ?? ''));
  expect(deals).toMatchObject([
    { key: '88', title: 'Four', 'contact.name': 'Bit Rix', 'contact.phone': '+48600200103', 'company.name': 'Comp' },
    { key: '9001', title: 'One', amount: '1500', 'contact.name': 'Jane', 'contact.email': 'jane@client.test' },
    { key: '9002', 'contact.name': 'Jane' },
    { key: '9003', 'contact.name': 'Tom (the tall)', 'contact.email': '' },
  ]);
  expect((await all('contact')).find(({ name }) => name === 'Bit Rix')).toMatchObject({
    firstName: 'Bit',
    lastName: 'Rix',
  });
});

test.each([
  [
    'Outlook',
    'First Name,Last Name,E-mail Address,E-mail 2 Address,Business Phone,Mobile Phone,Company',
    'Cleo,Client,c1@client.test,c2@client.test,+48600200101,+48600200102,Acme',
  ],
  [
    'Pipedrive',
    'Person - Name,Person - Email - Work,Person - Email - Home,Person - Phone - Work,Person - Phone - Mobile,Person - Organization',
    'Cleo Client,c1@client.test,c2@client.test,+48600200101,+48600200102,Acme',
  ],
  [
    'HubSpot',
    'First Name,Last Name,Email,Additional email addresses,Phone Number,Mobile Phone Number,Company Name',
    'Cleo,Client,c1@client.test,c2@client.test,+48600200101,+48600200102,Acme',
  ],
  [
    'a Polish sheet',
    'Imię,Nazwisko,E-mail,E-mail 2,Telefon,Telefon komórkowy,Firma',
    'Cleo,Client,c1@client.test,c2@client.test,+48600200101,+48600200102,Acme',
  ],
])('all addresses of %s fill the lists, and the next plain file knows the client', async (_, header, row) => {
  await bring([header, row], 'contact');
  const [first] = await all('contact');
  expect(first).toMatchObject({
    ...{ email: 'c1@client.test; c2@client.test', phone: '+48600200101; +48600200102' },
    'company.name': 'Acme',
  });
  expect(`${first?.firstName} ${first?.lastName} ${first?.name}`).toContain('Cleo');

  const again = await bring(['Name,Email', 'Cleo Client,c2@client.test'], 'contact');
  expect(again.results).toEqual({ skipped: 1 });
  expect(await all('contact')).toEqual([first]);
});
