import type { ImportTarget } from '@signalbox/contract/imports.ts';
import { expect, test } from 'vitest';
import { makeFixture } from '../../platform/fixtures.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { bringFileIn, exported, type Home, rowsOf, throughAnother } from './testing-import.ts';

const bench = engineBench();

const contacts = [
  'Id,First name,Last name,E-mail,Phone,Company,Shoe size',
  'c1,Cleo,Client,cleo@client.test; cleo@home.test,+48 600 100 200,Acme,38',
  'c2,Cleo,Client,other@client.test,,Acme,41',
  ',Anon,,anon@client.test,,,',
].join('\n');

const deals = [
  'Id;Deal Name;Stage;Amount;Currency;Contact Id;Created;Owner;Visit;Tags;Ready;Price;Notes',
  'd1;First;NEW;1234.5;EUR;c1;31.01.2024 14:45;Anna;01.02.2024;a;yes;€ 3.500,00;"two',
  'lines, ""quoted"""',
  'd2;=SUM(A1);WON;1.234;USD;c2;01.02.2024;;;b;no;€ 12,50;-5',
  "d3;'@home;Lost;0;EUR;;02.02.2024;;29.02.2024;;;;+48 1",
  'd4;Zażółć gęślą – 漢字 🐙;OFFER;;;c1;03.02.2024;;;c;;;',
].join('\r\n');

const home = (here = bench.here()): Home => ({ context: bench.context(), here });
const bring = async (file: string, target: ImportTarget, more: Partial<Parameters<typeof bringFileIn>[1]> = {}) =>
  bringFileIn(home(), { bytes: Buffer.from(file), target, ...more });

test('what was exported and brought into a fresh pipeline is the same items', async () => {
  await bring(contacts, 'contact');
  await bring(deals, 'deal');
  const first = await exported(home(), { type: 'deal', pipeline: 'Sales' });
  expect(rowsOf(first).map(({ title }) => title)).toEqual(['First', "'=SUM(A1)", "'@home", 'Zażółć gęślą – 漢字 🐙']);

  await bench.here().addPipeline({ name: 'Again' });
  const again = await bring(first, 'deal', { settings: { pipeline: 'Again', duplicates: 'make' } });
  expect(again).toMatchObject({ results: { created: 4 }, reasons: {} });
  expect(again.source.columns.filter(({ guess }) => guess.to === 'new')).toEqual([]);
  const second = await exported(home(), { type: 'deal', pipeline: 'Again' });
  // The keys stay with the first ones.
  expect(rowsOf(second)).toEqual(rowsOf(first).map((row) => ({ ...row, key: '' })));
});

test('what was exported and brought into a fresh workspace is the same, and once more changes nothing', async () => {
  await bring(contacts, 'contact');
  await bring(deals, 'deal');
  const away = home(await makeFixture(bench.database()));
  const { before, after, results } = await throughAnother(home(), {
    ...{ kinds: ['company', 'contact', 'deal'], times: 2, away },
  });
  expect(after).toEqual(before);
  const all = (what: string) => [{ [what]: 1 }, { [what]: 3 }, { [what]: 4 }];
  expect(results).toEqual([...all('created'), ...all('skipped')]);
});
