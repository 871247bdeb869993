import { expect, test } from 'vitest';
import { insertField } from '../../crm/fields/fields.store.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { bringFileIn, exported, type Home, rowsOf } from './testing-import.ts';

const bench = engineBench();

const home = (): Home => ({ context: bench.context(), here: bench.here() });
const bring = (lines: readonly string[], target: 'deal' | 'contact', more = {}) =>
  bringFileIn(home(), { bytes: Buffer.from(lines.join('\r\n')), target, ...more });
const contacts = async () => rowsOf(await exported(home(), { type: 'contact' }));

test('a first line that says the delimiter is none of the rows', async () => {
  const job = await bring(['sep=;', 'Title;Amount;Stage', 'One;100;NEW', 'Two;200,5;OFFER'], 'deal');
  expect(job).toMatchObject({ rowCount: 2, results: { created: 2 }, reasons: {}, source: { delimiter: ';' } });
  const rows = rowsOf(await exported(home(), { type: 'deal' }));
  expect(rows.map(({ title, amount }) => [title, amount])).toEqual([
    ['One', '100'],
    ['Two', '200.5'],
  ]);
});

test('numbers that a spreadsheet keeps as texts are texts, quoted or not, with blanks after the commas', async () => {
  const job = await bring(
    [
      'Name, "Customer no", "Phone","Email"',
      'A, "=""00123""", "=""+48600100200""", "a@client.test"',
      'B,="00124","0048600100201",b@client.test',
      "C,'00125,'+48600100202,c@client.test",
    ],
    'contact',
  );
  expect(job).toMatchObject({ results: { created: 3 }, reasons: {} });
  expect(await contacts()).toMatchObject([
    { name: 'A', customer_no: '00123', phone: '+48600100200', email: 'a@client.test' },
    { name: 'B', customer_no: '00124', phone: '0048600100201' },
    { name: 'C', customer_no: '00125', phone: '+48600100202' },
  ]);
});

test('a number that a spreadsheet cut is told and not stored; as a key it keeps the row out', async () => {
  const phones = await bring(['Name,Phone', 'Cut,4.86E+10', 'Whole,+48600100200; 4.86E+10'], 'contact');
  expect(phones).toMatchObject({ results: { created: 2 }, reasons: { 'rounded-phone': 2 } });
  expect((await contacts()).map(({ phone }) => phone)).toEqual(['', '+48600100200']);

  const keys = await bring(
    ['Id,Name', '1.23457E+15,One', '1.23457E+15,Another', '5.8050280000438999E+18,Right'],
    'contact',
  );
  expect(keys).toMatchObject({ results: { created: 1, refused: 2 }, reasons: { 'rounded-key': 2 } });
});

test('several addresses and choices stand in a cell however people part them', async () => {
  const options = ['Red', 'Green', 'Red, dark'].map((name) => ({ value: name, name }));
  const field = { type: 'contact', code: 'colours', name: 'Colours', kind: 'multiChoice' } as const;
  await bench.here().inside((tx) => insertField(tx, { ...field, multiple: false, options, requiredStages: [] }));
  const job = await bring(
    [
      'Name;Email;Phone;Colours',
      'Comma;a1@client.test, a2@client.test;+48600100200, +48600100201;Red, Green',
      'Slash;b1@client.test/b2@client.test;600100202/600100203;Red, dark',
      'Google;c1@client.test ::: c2@client.test;+48600100204 ::: +48600100205;Red ::: Red, dark',
      'Quoted;"d1@client.test;d2@client.test";"030/1234567";"green;red"',
      'Wrong;e1@client.test, nobody;+48600100206;Red, blue',
    ],
    'contact',
  );
  expect(job).toMatchObject({ results: { created: 4, refused: 1 }, reasons: { 'bad-email': 1, 'unknown-option': 1 } });
  expect((await contacts()).map(({ email, phone, colours }) => [email, phone, colours])).toEqual([
    ['a1@client.test; a2@client.test', '+48600100200; +48600100201', 'Red; Green'],
    ['b1@client.test; b2@client.test', '600100202; 600100203', '"Red, dark"'],
    ['c1@client.test; c2@client.test', '+48600100204; +48600100205', 'Red; "Red, dark"'],
    ['d1@client.test; d2@client.test', '"030/1234567"', 'Green; Red'],
  ]);
});

test('a stage that begins like a formula is known again by its name', async () => {
  await bring(['Title,Stage', 'One,"-hold; =now"'], 'deal');
  const file = await exported(home(), { type: 'deal' });
  expect(file).toContain(`"'-hold; '=now"`);
  const again = await bring([file], 'deal', { settings: { duplicates: 'make' } });
  expect(again).toMatchObject({ results: { created: 1 }, reasons: {} });
  expect(again.source.stages).toMatchObject([{ text: '-hold; =now', guess: 'HOLD_NOW' }]);
});
