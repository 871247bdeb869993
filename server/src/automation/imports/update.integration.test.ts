import { importSettings } from '@signalbox/contract/imports.ts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { insertField } from '../../crm/fields/fields.store.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { findImport } from './job/imports.store.ts';
import { previewImport } from './preview-import.ts';
import { bringFileIn, exported, type Home, rowsOf, uploadImport } from './testing-import.ts';

const bench = engineBench();

const home = (): Home => ({ context: bench.context(), here: bench.here() });
type Kind = 'deal' | 'contact' | 'company';
const bring = (lines: readonly string[], target: Kind, settings: object = {}) =>
  bringFileIn(home(), {
    ...{ bytes: Buffer.from(lines.join('\r\n')), target },
    settings: { duplicates: 'update', ...settings },
  });
const all = async (type: Kind) => rowsOf(await exported(home(), { type }));

async function preview(lines: readonly string[], target: Kind, more: object = {}) {
  const { workspaceId, employeeId, inside } = bench.here();
  const now = bench.clock.now();
  const bytes = Buffer.from(lines.join('\r\n'));
  const id = await uploadImport(bench.here(), { employeeId, target, fileName: 'x.csv', bytes, now });
  const source = (await inside((tx) => findImport(tx, id)))?.source;
  const columns = source?.columns.map(({ guess }) => guess) ?? [];
  const stages = Object.fromEntries(source?.stages.map(({ text, guess }) => [text, guess]) ?? []);
  const settings = importSettings.parse({ columns, stages, runRules: false, duplicates: 'update', ...more });
  return inside((tx) => previewImport(tx, id, { settings, now, workspaceId }));
}

const cleo = [
  'Id,Name,First name,Last name,Email,Phone,Company,Tier',
  ',Dr Cleo Client,Cleo,Client,cleo@client.test; second@client.test,+48600500101; +48600500102,Acme,gold',
];

test('a column that is not there and an empty cell change nothing, and no name is made of an address', async () => {
  await bring(cleo, 'contact');
  const [before] = await all('contact');
  for (const file of [
    ['Email,Phone', 'second@client.test,'],
    ['Name,Email,Phone,Tier', ',SECOND@client.test,,'],
    ['Phone', '+48600500102'],
    ['Email,First name', 'cleo@client.test,Cleo'],
    ['Email,Owner', 'cleo@client.test,Nobody we know'],
  ]) {
    expect(await bring(file, 'contact', { unknownOwners: 'leave' })).toMatchObject({ results: { updated: 1 } });
    expect(await all('contact')).toEqual([before]);
  }
  expect(await bench.rows(sql`select 1 from client_history`)).toHaveLength(0);
});

test('lists are added to, or replaced when that is chosen', async () => {
  await bring(cleo, 'contact');
  const file = ['Email,Phone', 'second@client.test; third@client.test,+48600500103'];
  await bring(file, 'contact');
  expect(await all('contact')).toMatchObject([
    {
      name: 'Dr Cleo Client',
      email: 'cleo@client.test; second@client.test; third@client.test',
      phone: '+48600500101; +48600500102; +48600500103',
    },
  ]);
  await bring(file, 'contact', { lists: 'replace' });
  expect(await all('contact')).toMatchObject([
    { name: 'Dr Cleo Client', email: 'second@client.test; third@client.test', phone: '+48600500103' },
  ]);
  await bring(['Email,Phone', 'third@client.test,'], 'contact', { lists: 'replace' });
  expect(await all('contact')).toMatchObject([{ email: 'third@client.test', phone: '+48600500103' }]);
});

test('what a file of another shape does not say stays as well', async () => {
  await bring(cleo, 'contact');
  const [before] = await all('contact');
  // A number of another spelling, a column that nobody reads, blanks, a dash for nothing, a first name alone, columns in another order.
  for (const file of [
    ['Phone,Email', '0048 (600) 500-101,'],
    ['Email;Name;Phone', ' Cleo@Client.TEST ;  ;'],
    ['Tier,Email', ',cleo@client.test'],
    ['E-mail 1 - Value,E-mail 2 - Value', 'cleo@client.test,second@client.test'],
    ['"Email";"Company"', '"second@client.test";""'],
  ]) {
    expect([file, (await bring(file, 'contact')).results]).toEqual([file, { updated: 1 }]);
    expect(await all('contact')).toEqual([before]);
  }
});

test('of companies too: their name, their addresses and their fields stay', async () => {
  await bring(['Name,Email,Phone,Industry', 'Acme,a@acme.test; b@acme.test,+48600500110,Doors'], 'company');
  const [before] = await all('company');
  for (const file of [
    ['Email,Phone', 'b@acme.test,'],
    ['Phone', '+48 600-500-110'],
    ['Name,Email,Industry', ',a@acme.test,'],
  ]) {
    expect((await bring(file, 'company')).results).toEqual({ updated: 1 });
    expect(await all('company')).toEqual([before]);
  }
  await bring(['Email,Industry', 'a@acme.test,Windows'], 'company');
  expect(await all('company')).toEqual([{ ...before, industry: 'Windows' }]);
});

test('two rows of one client add to each other', async () => {
  await bring(cleo, 'contact');
  await bring(['Email,Phone', 'cleo@client.test,+48600500103', 'second@client.test,+48600500104'], 'contact');
  expect((await all('contact'))[0]?.phone).toBe('+48600500101; +48600500102; +48600500103; +48600500104');
});

test('empty cells clear when that is chosen: what can be without, of columns that are there, and cells that say nothing', async () => {
  await bring(cleo, 'contact');
  await bring(['Id,Name,Email,Phone,Company,Tier', ',,cleo@client.test,,,'], 'contact', { emptyCells: 'clear' });
  expect(await all('contact')).toMatchObject([
    {
      ...{ name: 'Dr Cleo Client', firstName: 'Cleo', phone: '', 'company.name': '', tier: '' },
      email: 'cleo@client.test; second@client.test',
    },
  ]);
  await bring(['Email,Phone', 'cleo@client.test,+48600500109'], 'contact');
  const cut = await bring(['Email,Phone', 'cleo@client.test,4.86E+10'], 'contact', { emptyCells: 'clear' });
  const short = await bring(['Email,Phone', 'cleo@client.test'], 'contact', { emptyCells: 'clear' });
  expect([cut.results, short.results]).toEqual([{ updated: 1 }, { updated: 1 }]);
  expect((await all('contact'))[0]?.phone).toBe('+48600500109');
});

test('a given name changes what is given; a name of its own is not made of its parts', async () => {
  await bring(['Email,First name,Last name', 'a@client.test,Anna,Nowak', 'b@client.test,Bob,Bee'], 'contact');
  await bring(['Email,Name', 'b@client.test,Mr Bee'], 'contact');
  await bring(['Email,Last name', 'a@client.test,Kowalska', 'b@client.test,Been'], 'contact');
  expect((await all('contact')).map(({ name, firstName, lastName }) => [name, firstName, lastName])).toEqual([
    ['Anna Kowalska', 'Anna', 'Kowalska'],
    ['Mr Bee', 'Bob', 'Been'],
  ]);
});

test('a company and a responsible that are given are changed', async () => {
  const eve = await bench.here().addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  await bring(cleo, 'contact');
  await bring(['Email,Company,Owner', 'cleo@client.test,Zoo,Eve'], 'contact');
  expect(await all('contact')).toMatchObject([{ 'company.name': 'Zoo', responsible: 'eve@firm.test' }]);
  expect(eve).toBeGreaterThan(0);
});

test('of items too: what is not given stays, money keeps its currency, lists are added to', async () => {
  const options = ['red', 'green', 'blue'].map((name) => ({ value: name, name }));
  const field = { type: 'deal', code: 'colours', name: 'Colours', kind: 'multiChoice' } as const;
  await bench.here().inside((tx) => insertField(tx, { ...field, multiple: false, options, requiredStages: [] }));
  await bring(['Id,Title,Amount,Stage,Email,Colours,Price', 'd1,One,5 USD,OFFER,c@client.test,red,7 USD'], 'deal');
  const [before] = await all('deal');

  await bring(['Id,Title,Amount,Stage,Email,Colours,Price', 'd1,,,,,,'], 'deal');
  await bring(['Id', 'd1'], 'deal');
  expect(await all('deal')).toEqual([before]);

  await bring(['Id,Amount,Colours,Price', 'd1,6,green,8'], 'deal');
  expect(await all('deal')).toEqual([{ ...before, amount: '6', colours: 'red; green', price: '8 USD' }]);
  await bring(['Id,Currency,Colours', 'd1,EUR,blue'], 'deal', { lists: 'replace' });
  expect(await all('deal')).toEqual([{ ...before, amount: '6', currency: 'EUR', colours: 'blue', price: '8 USD' }]);
  await bring(['Id,Title,Amount,Email,Colours', 'd1,,,,'], 'deal', { emptyCells: 'clear' });
  expect(await all('deal')).toMatchObject([
    { title: 'One', amount: '', 'contact.name': '', colours: '', stage: 'OFFER' },
  ]);
});

test('what a list of numbers, addresses or links holds is not added in another spelling', async () => {
  await bench.here().inside((tx) => sql`update workspaces set time_zone = 'Europe/Warsaw'`.execute(tx));
  for (const kind of ['phone', 'email', 'link'] as const) {
    const field = { type: 'deal', code: `our_${kind}`, name: `Our ${kind}`, kind, options: [], multiple: true };
    await bench.here().inside((tx) => insertField(tx, { ...field, requiredStages: [] }));
  }
  const header = 'Id,Title,Our phone,Our email,Our link';
  await bring([header, 'd1,One,+48600500101,cleo@client.test,https://client.test/a'], 'deal');
  const [before] = await all('deal');
  for (const cells of ['600 500 101,Cleo@Client.test,HTTPS://client.test/a', '0048 600-500-101,,', '+48600500101,,'])
    await bring([header, `d1,,${cells}`], 'deal');
  expect(await all('deal')).toEqual([before]);
  const more = [
    '600 500 102; +48600500102',
    'leo@client.test; Leo@client.test',
    'https://client.test/A; https://CLIENT.test/A',
  ];
  await bring([header, `d1,,${more.join(',')}`], 'deal');
  expect(await all('deal')).toMatchObject([
    {
      our_phone: expect.stringMatching(/^\+48600500101; 600 ?500 ?102$/),
      our_email: 'cleo@client.test; leo@client.test',
      our_link: 'https://client.test/a; https://client.test/A',
    },
  ]);
});

test('what stands there unchecked stays when a file says it again; another such value is refused', async () => {
  const field = { type: 'deal', code: 'budget', name: 'Budget', kind: 'money', options: [], multiple: false } as const;
  const links = { ...field, code: 'our_link', name: 'Our link', kind: 'link', multiple: true } as const;
  for (const one of [field, links]) await bench.here().inside((tx) => insertField(tx, { ...one, requiredStages: [] }));
  await bring(['Id,Title,Amount,Currency', 'd1,One,5,EUR'], 'deal');
  const fields = JSON.stringify({ budget: { amount: '5', currency: 'ABC' }, our_link: ['not a link'] });
  await bench.here().inside((tx) => sql`update items set currency = 'ABC', fields = ${fields}::jsonb`.execute(tx));
  const header = 'Id,Title,Amount,Currency,Budget,Our link';
  const row = (cells: string) => bring([header, `d1,${cells}`], 'deal');
  expect(await row('Two,6,ABC,7 ABC,https://client.test/a')).toMatchObject({ results: { updated: 1 } });
  const stands = { title: 'Two', amount: '6', currency: 'ABC', our_link: 'not a link; https://client.test/a' };
  expect(await all('deal')).toMatchObject([stands]);
  expect((await all('deal'))[0]?.budget).toContain('ABC');
  expect(await row('Three,6,ABD,,')).toMatchObject({ results: { refused: 1 } });
  expect(await row('Three,6,,7 ABD,')).toMatchObject({ results: { refused: 1 } });
  expect(await all('deal')).toMatchObject([stands]);

  await bring(['Name,Email,Phone', 'Cleo,cleo@client.test,+48600500101'], 'contact');
  const odd = sql`update client_addresses set value = 'nobody', normal = 'nobody' where kind = 'email'`;
  await bench.here().inside((tx) => odd.execute(tx));
  expect(await bring(['Email,Phone', 'leo@client.test,+48600500101'], 'contact')).toMatchObject({
    results: { updated: 1 },
  });
  expect(await all('contact')).toMatchObject([{ email: 'nobody; leo@client.test' }]);
});

test('what is new comes with each number, address and link once too, whether added or put in its place', async () => {
  await bench.here().inside((tx) => sql`update workspaces set time_zone = 'Europe/Warsaw'`.execute(tx));
  for (const type of ['deal', 'contact'])
    for (const kind of ['phone', 'email', 'link'] as const) {
      const field = { type, code: `our_${kind}`, name: `Our ${kind}`, kind, options: [], multiple: true };
      await bench.here().inside((tx) => insertField(tx, { ...field, requiredStages: [] }));
    }
  const ours = 'Our phone,Our email,Our link';
  const cells = (n: number) =>
    [
      `60110020${n}; 601 100 20${n}; +4860110020${n}`,
      `y${n}@x.test; Y${n}@x.test`,
      `https://youtu.be/${n}w; youtu.be/${n}w; https://youtu.be/${n}W`,
    ].join(',');
  const kept = (n: number) => ({
    our_phone: `60110020${n}`,
    our_email: `y${n}@x.test`,
    our_link: `https://youtu.be/${n}w; https://youtu.be/${n}W`,
  });
  await bring([`Id,Title,${ours}`, `d1,One,${cells(1)}`], 'deal');
  expect(await all('deal')).toMatchObject([kept(1)]);
  await bring([`Id,Title,${ours}`, `d1,,${cells(2)}`], 'deal', { lists: 'replace' });
  expect(await all('deal')).toMatchObject([kept(2)]);
  const person = (n: number) => `Cleo,"c@x.test; C@x.test","60110020${n}; 601 100 20${n}",${cells(n)}`;
  const found = await preview([`Name,Email,Phone,${ours}`, person(1)], 'contact');
  expect(found.rows[0]?.values.slice(1, 4)).toEqual(['c@x.test', '601100201', '601100201']);
  await bring([`Name,Email,Phone,${ours}`, person(1)], 'contact');
  expect(await all('contact')).toMatchObject([{ email: 'c@x.test', phone: '601100201', ...kept(1) }]);
  await bring([`Name,Email,Phone,${ours}`, person(2)], 'contact', { lists: 'replace' });
  const changed = { ...kept(2), our_phone: '+48601100202' };
  expect(await all('contact')).toMatchObject([{ email: 'c@x.test', phone: '601100202', ...changed }]);
});

test('an item stays with its client among others like it', async () => {
  const [first, second] = [
    await bench.here().addContact({ name: 'Twin', emails: ['twin@client.test'] }),
    await bench.here().addContact({ name: 'Twin', emails: ['twin@client.test', 'other@client.test'] }),
  ];
  const id = await bench.here().addItem({ title: 'Deal', contactId: second });
  const file = await exported(home(), { type: 'deal' });
  expect(await bring([file], 'deal')).toMatchObject({ results: { updated: 1 } });
  const items = await bench.rows<{ contact: number }>(
    sql`select contact_id::int as contact from items where id = ${id}`,
  );
  expect([items[0]?.contact, first]).toEqual([second, first]);
});

test('an id is that of the same record only: of one that was made at another time nothing changes', async () => {
  await bring(['Title', 'Ours'], 'deal');
  const file = await exported(home(), { type: 'deal' });
  const [row] = rowsOf(file);
  const foreign = file.replace(row?.createdAt ?? '', '2001-01-01T00:00:00.000Z').replace('Ours', 'Theirs');
  expect(await bring([foreign], 'deal')).toMatchObject({ results: { created: 1 } });
  expect((await all('deal')).map(({ title }) => title).sort()).toEqual(['Ours', 'Theirs']);
  expect(await bring([file.replace('Ours', 'Ours now')], 'deal')).toMatchObject({ results: { updated: 1 } });
  expect((await all('deal')).map(({ title }) => title).sort()).toEqual(['Ours now', 'Theirs']);
});

test('the preview shows before and after as it will be, and writes nothing', async () => {
  await bring(cleo, 'contact');
  const lines = [
    'Email,Phone,First name,Company,Shoe size',
    'new@client.test,+48600500200,New,,38',
    'second@client.test,+48600500103,Cleopatra,Zoo,39',
    'cleo@client.test,+48600500101,,,',
    'cleo@client.test,none,,,',
  ];
  const found = await preview(lines, 'contact');
  expect(found.rows.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated', 'refused']);
  expect(found.changes).toEqual([
    {
      ...{ line: 3, name: 'Dr Cleo Client', id: expect.any(Number) },
      fields: [
        { to: 'firstName', before: 'Cleo', after: 'Cleopatra' },
        { to: 'phone', before: '+48600500101, +48600500102', after: '+48600500101, +48600500102, +48600500103' },
        { to: 'company.name', before: 'Acme', after: 'Zoo' },
        { to: 'Shoe size', before: '', after: '39' },
      ],
    },
  ]);
  expect((await all('company')).map(({ name }) => name)).toEqual(['Acme']);
  expect((await preview(lines, 'contact', { duplicates: 'skip' })).changes).toEqual([]);

  await bring(['Id,Title,Amount,Stage,Email', 'd1,One,5 USD,OFFER,c@client.test'], 'deal');
  const deal = ['Id,Title,Amount,Stage,Email,Owner', 'd1,Two,6,NEW,other@client.test,Anna', 'd2,New,,,,'];
  expect((await preview(deal, 'deal')).changes).toMatchObject([
    {
      ...{ line: 2, name: 'One' },
      fields: [
        { to: 'title', before: 'One', after: 'Two' },
        { to: 'amount', before: '5.00 USD', after: '6 USD' },
        { to: 'contact.name', before: 'c@client.test', after: 'other@client.test' },
      ],
    },
  ]);
  const withRules = await preview(deal, 'deal', { runRules: true });
  expect(withRules.changes[0]?.fields).toContainEqual({ to: 'stage', before: 'OFFER', after: 'NEW' });
});

test('the first ten changes are shown, however far down they are', async () => {
  const rows = Array.from({ length: 400 }, (_, n) => `k${n},Deal ${n}`);
  await bring(['Id,Title', ...rows], 'deal');
  const changed = rows.map((row, n) => (n < 300 ? row : `${row} anew`));
  const { changes } = await preview(['Id,Title', ...changed], 'deal');
  expect(changes.map(({ line }) => line)).toEqual(Array.from({ length: 10 }, (_, n) => 302 + n));
});
