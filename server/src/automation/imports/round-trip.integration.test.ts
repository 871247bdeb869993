import type { ImportTarget } from '@signalbox/contract/imports.ts';
import { expect, test } from 'vitest';
import { parseCsv } from '../../crm/csv/parse-csv.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import { engineBench } from '../testing-drain.ts';
import { bringFileIn, exported, type Home } from './testing-import.ts';

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

/** Without the columns that say where it was. */
function plain(text = '') {
  const [header, ...rows] = parseCsv(text, ',').records.map(({ cells }) => cells);
  const ofPlace = new Set(['pipeline', 'itemId', 'clientId']);
  return rows.map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => (ofPlace.has(header?.[index] ?? '') ? [] : [[header?.[index], cell]])),
    ),
  );
}

const home = async (here = bench.here()): Promise<Home> => ({ context: bench.context(), here });
const bring = async (file: string, target: ImportTarget, more: Partial<Parameters<typeof bringFileIn>[1]> = {}) =>
  bringFileIn(await home(), { bytes: Buffer.from(file), target, ...more });

test('what was exported and brought into a fresh pipeline is the same items', async () => {
  await bring(contacts, 'contact');
  await bring(deals, 'deal');
  const first = await exported(await home(), { type: 'deal', pipeline: 'Sales' });
  expect(plain(first).map(({ title }) => title)).toEqual(['First', "'=SUM(A1)", "'@home", 'Zażółć gęślą – 漢字 🐙']);

  await bench.here().addPipeline({ name: 'Again' });
  const again = await bring(first, 'deal', { settings: { pipeline: 'Again', duplicates: 'make' } });
  expect(again).toMatchObject({ results: { created: 4 }, reasons: {} });
  expect(again.source.columns.filter(({ guess }) => guess.to === 'new')).toEqual([]);
  const second = await exported(await home(), { type: 'deal', pipeline: 'Again' });
  // The keys stay with the first ones.
  expect(plain(second)).toEqual(plain(first).map((row) => ({ ...row, key: '' })));
});

test('what was exported and brought into a fresh workspace is the same clients and items, and once more changes nothing', async () => {
  await bring(contacts, 'contact');
  await bring(deals, 'deal');
  const kinds = ['company', 'contact', 'deal'] as const;
  const files = await everything(await home());

  const other = await makeFixture(bench.database());
  const away = await home(other);
  // The people have to be there first.
  await other.inside((tx) =>
    tx
      .updateTable('employees')
      .set({ email: anna(files[2]) })
      .where('workspace_id', '=', other.workspaceId)
      .execute(),
  );
  for (const results of ['created', 'skipped']) {
    for (const [index, target] of kinds.entries()) {
      const job = await bringFileIn(away, { bytes: Buffer.from(files[index] ?? ''), target });
      expect([target, job.results]).toEqual([target, { [results]: plain(files[index]).length }]);
    }
    expect((await everything(away)).map(plain)).toEqual(files.map(plain));
  }

  async function everything(where: Home) {
    const texts: string[] = [];
    for (const type of kinds) texts.push(await exported(where, { type }));
    return texts;
  }
});

const anna = (text = '') => String(plain(text)[0]?.responsible);
