import { importSettings } from '@signalbox/contract/imports.ts';
import { expect, test } from 'vitest';
import { engineBench } from '../drain/testing-drain.ts';
import { findImport } from './job/imports.store.ts';
import { previewImport } from './preview-import.ts';
import { bringFileIn, exported, type Home, rowsOf, uploadImport } from './testing-import.ts';

const bench = engineBench();

const home = (): Home => ({ context: bench.context(), here: bench.here() });
const bring = (lines: readonly string[], more = {}) =>
  bringFileIn(home(), { bytes: Buffer.from(lines.join('\r\n')), target: 'deal', ...more });
const deals = async () => rowsOf(await exported(home(), { type: 'deal' }));

async function preview(lines: readonly string[], more: object = {}) {
  const { workspaceId, employeeId, inside } = bench.here();
  const now = bench.clock.now();
  const bytes = Buffer.from(lines.join('\r\n'));
  const id = await uploadImport(bench.here(), { employeeId, target: 'deal', fileName: 'x.csv', bytes, now });
  const columns = (await inside((tx) => findImport(tx, id)))?.source.columns.map(({ guess }) => guess) ?? [];
  const settings = importSettings.parse({ columns, runRules: false, ...more });
  return inside((tx) => previewImport(tx, id, { settings, now, workspaceId }));
}

const thousands = ['Title;Amount', 'a;1.200', 'b;12.500', 'c;3.000'];
const halves = ['Title,Created', 'a,1/5/2026 2:45 PM', 'b,2/6/2026 9:10 AM', 'c,11/3/2026 1:00 PM'];
const created = async () => {
  const byTitle = (await deals()).sort((a, b) => (a.title ?? '').localeCompare(b.title ?? ''));
  return byTitle.map(({ createdAt }) => createdAt);
};

test('money in thousands by dots is thousands, and said with a switch', async () => {
  const column = { column: 1, what: 'decimal', sample: '1.200' };
  expect((await preview(thousands)).readings).toEqual([{ ...column, as: ',', by: 'habit', means: '1200 EUR' }]);
  expect((await preview(thousands, { locale: 'en-US' })).readings).toEqual([
    { ...column, as: '.', by: 'locale', means: '1.200 EUR' },
  ]);
  const to = { column: 1, to: 'amount', decimal: '.' };
  expect((await preview(thousands, { columns: [{ column: 0, to: 'title' }, to] })).readings).toMatchObject([
    { by: 'chosen', as: '.' },
  ]);

  await bring(thousands);
  expect((await deals()).map(({ amount }) => amount)).toEqual(['1200', '12500', '3000']);
});

test('a column is read by its clear cells, and a cell that does not fit is told', async () => {
  const job = await bring(['Title;Amount', 'a;1.200', 'b;12,50', 'c;€ 1.200,-', 'd;3.5']);
  expect(job).toMatchObject({ results: { created: 4 }, reasons: {} });
  expect((await deals()).map(({ amount }) => amount)).toEqual(['1200', '12.5', '1200', '3.5']);

  const dates = await bring(['Title,Created', 'e,1/5/2026', 'f,1/31/2026', 'g,2/28/2026', 'h,31/1/2026']);
  expect(dates).toMatchObject({ results: { created: 3, refused: 1 }, reasons: { 'bad-date': 1 } });
  expect((await created()).slice(4)).toEqual([
    '2026-01-05T00:00:00.000Z',
    '2026-01-31T00:00:00.000Z',
    '2026-02-28T00:00:00.000Z',
  ]);
});

test('where no cell is clear the chosen locale decides, and what is chosen for the column before it', async () => {
  const column = { column: 1, what: 'order', sample: '1/5/2026 2:45 PM' };
  expect((await preview(halves)).readings).toEqual([{ ...column, as: 'dmy', by: 'habit', means: '2026-05-01 14:45' }]);
  expect((await preview(halves, { locale: 'en-US' })).readings).toEqual([
    { ...column, as: 'mdy', by: 'locale', means: '2026-01-05 14:45' },
  ]);
  await bring(halves, { settings: { locale: 'en-US' } });
  expect(await created()).toEqual(['2026-01-05T14:45:00.000Z', '2026-02-06T09:10:00.000Z', '2026-11-03T13:00:00.000Z']);
});

test('days by number and months by name are understood where a date stands', async () => {
  const job = await bring([
    'Title,Created',
    'a,"15 Apr, 2021 00:03:00"',
    'b,15-Apr-2021',
    'c,"Apr 15, 2021"',
    'd,15 kwietnia 2021 r.',
    'e,44301',
    'f,44301.5',
    'g,20210415',
    'h,2021-04-15 2:45 PM',
    'i,2021-04-15 14:45 +02',
  ]);
  expect(job).toMatchObject({ results: { created: 9 }, reasons: {} });
  const day = '2021-04-15T00:00:00.000Z';
  expect(await created()).toEqual([
    '2021-04-15T00:03:00.000Z',
    ...[day, day, day, day],
    '2021-04-15T12:00:00.000Z',
    day,
    '2021-04-15T14:45:00.000Z',
    '2021-04-15T12:45:00.000Z',
  ]);
  const { readings } = await preview(['Title,Created', 'a,44301']);
  expect(readings).toEqual([
    { column: 1, what: 'serial', as: 'serial', by: 'cells', sample: '44301', means: '2021-04-15 00:00' },
  ]);
});

test('marks of currencies before and after are understood, the unclear ones as our own', async () => {
  const job = await bring([
    'Title,Amount',
    'a,"US$ 1,200.50"',
    'b,"Rs. 1,00,000"',
    'c,1200 zł',
    'd,100 kr',
    'e,12 pcs',
  ]);
  expect(job).toMatchObject({ results: { created: 4, refused: 1 }, reasons: { 'bad-money': 1 } });
  expect((await deals()).map(({ amount, currency }) => `${amount} ${currency}`)).toEqual([
    '1200.5 USD',
    '100000 INR',
    '1200 PLN',
    '100 SEK',
  ]);
});

test('a number of our own export is clear, whatever stands beside it', async () => {
  await bring(['Title,Weight', 'a,1.234', 'b,2.375'], { settings: { locale: 'en-US' } });
  const file = await exported(home(), { type: 'deal' });
  expect(rowsOf(file).map(({ weight }) => weight)).toEqual(['1.2340', '2.3750']);
  await bring([file], { settings: { duplicates: 'make', locale: 'pl-PL' } });
  expect((await deals()).map(({ weight }) => weight)).toEqual(['1.2340', '2.3750', '1.2340', '2.3750']);
});

test('a currency that there never was is told, and no item has it', async () => {
  const job = await bring(['Title,Amount,Currency', 'a,5,usd', 'b,6,ZZZ', 'c,7,DEM', 'd,8,dollars']);
  expect(job).toMatchObject({ reasons: { 'bad-currency': 2 } });
  const kept = (await deals()).map(({ title, currency }) => [title, currency]);
  expect(kept.filter(([title]) => title === 'a' || title === 'c')).toEqual([
    ['a', 'USD'],
    ['c', 'DEM'],
  ]);
  expect(kept.flat()).not.toContain('ZZZ');
});
