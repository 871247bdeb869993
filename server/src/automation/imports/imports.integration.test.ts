import { importSettings } from '@signalbox/contract/imports.ts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { engineBench } from '../drain/testing-drain.ts';
import { importBatch } from './import-batch.ts';
import { findImport, listNotedRows } from './job/imports.store.ts';
import { previewImport } from './preview-import.ts';
import { startImport } from './start-import.ts';
import { uploadImport } from './testing-import.ts';

const bench = engineBench();

const deals = [
  'Id;Deal Name;Stage;Amount;Closing Date;Contact Name;E-mail;Deal Owner',
  '1;First;NEW;€ 3.500,00;31.01.2026;Cleo;cleo@client.test;Anna',
  '2;Second;Payment Done;1000;;Cleo;CLEO@client.test;Nobody',
  '3;Third;Lost;a lot;;;;anna',
  '1;First again;NEW;1;;;;',
  '5;Fifth;;"1.234";;;;;;more',
].join('\r\n');

interface Wish {
  readonly text: string;
  readonly target?: 'deal' | 'contact';
  readonly settings?: object;
}

async function run({ text, target = 'deal', settings = {} }: Wish) {
  const { workspaceId, employeeId, inside } = bench.here();
  const now = bench.clock.now();
  const id = await uploadImport(bench.here(), { employeeId, target, fileName: 'x.csv', bytes: Buffer.from(text), now });
  const draft = await inside((tx) => findImport(tx, id));
  const guessed = {
    columns: draft?.source.columns.map(({ guess }) => guess) ?? [],
    stages: Object.fromEntries(draft?.source.stages.map(({ text: stage, guess }) => [stage, guess]) ?? []),
    runRules: false,
  };
  const wanted = importSettings.parse({ ...guessed, ...settings });
  const preview = await inside((tx) => previewImport(tx, id, { settings: wanted, now, workspaceId }));
  await inside((tx) => startImport(tx, id, { settings: wanted, now }));
  while ((await batch(id)) === 'more') {}
  const job = await inside((tx) => findImport(tx, id));
  const noted = await inside((tx) => listNotedRows(tx, id, { from: 0, limit: 1_000 }));
  return { id, job, draft, preview, noted };
}

const batch = (importId: number) =>
  importBatch(bench.context(), { workspaceId: bench.here().workspaceId, importId, nextInMs: 0 });

const items = () =>
  bench.rows(sql<Record<string, unknown>>`
    select i.title, s.code as stage, i.amount::float as amount, i.currency, c.name as contact, i.fields
    from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id
    left join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.workspace_id = ${bench.here().workspaceId} order by i.id`);

test('brings dirty rows in or says why not', async () => {
  const { job, preview, noted } = await run({ text: deals });
  expect(preview).toMatchObject({ withProblems: 3, rows: [{ problems: [] }, {}, {}, {}, {}] });
  expect(job).toMatchObject({ state: 'done', done: 5, results: { created: 2, skipped: 1, refused: 2 } });
  expect(job?.reasons).toEqual({
    'bad-money': 1,
    duplicate: 1,
    'too-many-cells': 1,
    'unknown-person': 1,
  });
  expect(noted.map(({ line, state }) => [line, state])).toEqual([
    [3, 'created'],
    [4, 'refused'],
    [5, 'skipped'],
    [6, 'refused'],
  ]);
  expect(await items()).toEqual([
    {
      title: 'First',
      stage: 'NEW',
      amount: 3500,
      currency: 'EUR',
      contact: 'Cleo',
      fields: { closing_date: '2026-01-31' },
    },
    { title: 'Second', stage: 'WON', amount: 1000, currency: 'EUR', contact: 'Cleo', fields: {} },
  ]);
});

test('leaves bad cells empty when asked to', async () => {
  const { job } = await run({ text: deals, settings: { badCells: 'empty', duplicates: 'make' } });
  expect(job?.results).toEqual({ created: 5 });
  expect(await items()).toHaveLength(5);
});

test('makes the stages that are missing, in front of the end of the pipeline', async () => {
  await run({ text: 'Title,Stage\na,Call Back\nb,call back\nc,Offer\n' });
  const stages = await bench.rows(sql<{ code: string }>`
    select code from stages where workspace_id = ${bench.here().workspaceId} order by position`);
  expect(stages.map(({ code }) => code)).toEqual(['NEW', 'OFFER', 'WARM', 'CALL_BACK', 'WON', 'LOST']);
  expect((await items()).map(({ stage }) => stage)).toEqual(['CALL_BACK', 'CALL_BACK', 'OFFER']);
});

test('knows its own rows again by their key: skips or updates them', async () => {
  const text = 'Id,Title,Amount\nk1,One,1\nk2,Two,2\n';
  await run({ text });
  expect((await run({ text })).job?.results).toEqual({ skipped: 2 });
  const again = await run({ text: text.replace('Two,2', 'Zwei,22'), settings: { duplicates: 'update' } });
  expect(again.job?.results).toEqual({ updated: 2 });
  expect((await items()).map(({ title, amount }) => [title, amount])).toEqual([
    ['One', 1],
    ['Zwei', 22],
  ]);
});

test('runs the rules of the stage, or does not, as chosen', async () => {
  await bench
    .here()
    .saveBoard({ rules: [{ id: 'r1', do: 'alerts/notify', stage: 'NEW', settings: { text: 'hello' } }] });
  const runs = () => bench.rows(sql`select 1 from runs where workspace_id = ${bench.here().workspaceId}`);
  await run({ text: 'Title\na\nb\n' });
  expect(await runs()).toHaveLength(0);
  await run({ text: 'Title\nc\nd\n', settings: { runRules: true } });
  expect(await runs()).toHaveLength(2);
});

test('brings contacts in, and joins deals to them by key', async () => {
  const contacts =
    'Id,Name,E-mail,Phone\n7,Cleo,cleo@client.test,+48 600 100 200\n8,Cleo again,cleo@client.test,\n9,,not an address,\n';
  const { job } = await run({ text: contacts, target: 'contact' });
  expect(job?.results).toEqual({ created: 2, refused: 1 });
  await run({ text: 'Title,Contact Id\na,7\nb,70\n' });
  expect((await items()).map(({ contact }) => contact)).toEqual(['Cleo', null]);
});

test('finds clients that are here by their address', async () => {
  await bench.here().addContact({ name: 'Old', emails: ['old@client.test'] });
  const { job, noted } = await run({
    text: 'Name,E-mail\nOld one,OLD@client.test\nNew,new@client.test\nTwice,new@client.test\n',
    target: 'contact',
  });
  expect(job?.results).toEqual({ created: 1, skipped: 2 });
  expect(noted.map(({ notes }) => notes[0]?.code)).toEqual(['duplicate', 'duplicate']);
});

test('goes on where it was, each row once, however many workers ask', async () => {
  const text = `Id,Title\n${Array.from({ length: 600 }, (_, n) => `${n},Deal ${n}`).join('\n')}`;
  const { inside, employeeId } = bench.here();
  const now = bench.clock.now();
  const id = await uploadImport(bench.here(), {
    employeeId,
    target: 'deal',
    fileName: 'x.csv',
    bytes: Buffer.from(text),
    now,
  });
  const settings = importSettings.parse({ columns: [{ column: 1, to: 'title' }], runRules: false });
  await inside((tx) => startImport(tx, id, { settings, now }));
  expect(await batch(id)).toBe('more');
  const both = await Promise.all([batch(id), batch(id)]);
  expect(both).toContain('more');
  while ((await batch(id)) !== 'ended') {}
  expect((await inside((tx) => findImport(tx, id)))?.results).toEqual({ created: 600 });
  const { length } = await items();
  expect(length).toBe(600);
});

test('refuses a file without rows, or whose quotation never ends', async () => {
  await expect(run({ text: 'Title\n' })).rejects.toMatchObject({ code: 'empty-file' });
  await expect(run({ text: 'Title\n"a\nb\n' })).rejects.toMatchObject({ code: 'open-quote' });
});
